package dev.conflict.containers.jetty;

import dev.conflict.containers.GoldenContract;
import dev.conflict.containers.ServletServer;

class JettyGoldenTest extends GoldenContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedJetty::start;
    }
}
