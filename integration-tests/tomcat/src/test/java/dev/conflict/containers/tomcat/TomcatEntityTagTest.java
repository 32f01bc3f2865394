package dev.conflict.containers.tomcat;

import dev.conflict.containers.EmbeddedTomcat;
import dev.conflict.containers.EntityTagContract;
import dev.conflict.containers.ServletServer;

class TomcatEntityTagTest extends EntityTagContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedTomcat::start;
    }
}
