package dev.conflict.containers.tomcat;

import dev.conflict.containers.EmbeddedTomcat;
import dev.conflict.containers.PlantedContract;
import dev.conflict.containers.ServletServer;

class TomcatPlantedTest extends PlantedContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedTomcat::start;
    }
}
