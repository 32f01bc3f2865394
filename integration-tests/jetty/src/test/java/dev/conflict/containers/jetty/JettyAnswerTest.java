package dev.conflict.containers.jetty;

import dev.conflict.containers.AnswerContract;
import dev.conflict.containers.ServletServer;

class JettyAnswerTest extends AnswerContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedJetty::start;
    }
}
