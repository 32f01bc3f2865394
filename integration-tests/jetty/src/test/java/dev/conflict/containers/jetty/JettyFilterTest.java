package dev.conflict.containers.jetty;

import dev.conflict.containers.FilterContract;
import dev.conflict.containers.ServletServer;

class JettyFilterTest extends FilterContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedJetty::start;
    }
}
