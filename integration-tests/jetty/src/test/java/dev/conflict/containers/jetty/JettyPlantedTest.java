package dev.conflict.containers.jetty;

import dev.conflict.containers.PlantedContract;
import dev.conflict.containers.ServletServer;

class JettyPlantedTest extends PlantedContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedJetty::start;
    }
}
