package dev.conflict.containers.tomcat;

import dev.conflict.containers.ConditionalContract;
import dev.conflict.containers.EmbeddedTomcat;
import dev.conflict.containers.ServletServer;

class TomcatConditionalTest extends ConditionalContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedTomcat::startContinuingOnRead;
    }
}
