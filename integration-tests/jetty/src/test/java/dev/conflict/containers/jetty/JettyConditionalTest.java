package dev.conflict.containers.jetty;

import dev.conflict.containers.ConditionalContract;
import dev.conflict.containers.ServletServer;

class JettyConditionalTest extends ConditionalContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedJetty::start;
    }
}
