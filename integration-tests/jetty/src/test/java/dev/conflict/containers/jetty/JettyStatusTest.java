package dev.conflict.containers.jetty;

import dev.conflict.containers.ServletServer;
import dev.conflict.containers.StatusContract;

class JettyStatusTest extends StatusContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedJetty::start;
    }
}
