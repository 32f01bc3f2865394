package dev.conflict.containers.undertow;

import dev.conflict.containers.FilterContract;
import dev.conflict.containers.ServletServer;

class UndertowFilterTest extends FilterContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedUndertow::start;
    }
}
