package dev.conflict.containers.tomcat;

import dev.conflict.containers.EmbeddedTomcat;
import dev.conflict.containers.ServletServer;
import dev.conflict.containers.StatusContract;

class TomcatStatusTest extends StatusContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedTomcat::start;
    }
}
