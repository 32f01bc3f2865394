package dev.conflict.containers.undertow;

import dev.conflict.containers.AnswerContract;
import dev.conflict.containers.ServletServer;

class UndertowAnswerTest extends AnswerContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedUndertow::start;
    }
}
