package dev.conflict.containers.undertow;

import dev.conflict.containers.ConditionalContract;
import dev.conflict.containers.ServletServer;

class UndertowConditionalTest extends ConditionalContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedUndertow::start;
    }
}
