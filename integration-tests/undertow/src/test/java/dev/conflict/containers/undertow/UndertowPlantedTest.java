package dev.conflict.containers.undertow;

import dev.conflict.containers.PlantedContract;
import dev.conflict.containers.ServletServer;

class UndertowPlantedTest extends PlantedContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedUndertow::start;
    }
}
