package dev.conflict.containers.jetty;

import dev.conflict.containers.PassingContract;
import dev.conflict.containers.ServletServer;

class JettyPassingTest extends PassingContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedJetty::start;
    }
}
