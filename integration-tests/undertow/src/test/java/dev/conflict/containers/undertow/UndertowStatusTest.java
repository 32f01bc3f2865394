package dev.conflict.containers.undertow;

import dev.conflict.containers.ServletServer;
import dev.conflict.containers.StatusContract;

class UndertowStatusTest extends StatusContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedUndertow::start;
    }
}
