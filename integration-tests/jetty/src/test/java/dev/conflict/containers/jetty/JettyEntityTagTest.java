package dev.conflict.containers.jetty;

import dev.conflict.containers.EntityTagContract;
import dev.conflict.containers.ServletServer;

class JettyEntityTagTest extends EntityTagContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedJetty::start;
    }
}
