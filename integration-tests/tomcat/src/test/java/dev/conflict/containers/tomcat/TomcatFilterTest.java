package dev.conflict.containers.tomcat;

import dev.conflict.containers.EmbeddedTomcat;
import dev.conflict.containers.FilterContract;
import dev.conflict.containers.ServletServer;

class TomcatFilterTest extends FilterContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedTomcat::start;
    }
}
