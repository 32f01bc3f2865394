package dev.conflict.containers.tomcat;

import dev.conflict.containers.AnswerContract;
import dev.conflict.containers.EmbeddedTomcat;
import dev.conflict.containers.ServletServer;

class TomcatAnswerTest extends AnswerContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedTomcat::start;
    }
}
