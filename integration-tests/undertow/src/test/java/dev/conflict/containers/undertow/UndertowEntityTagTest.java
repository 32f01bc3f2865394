package dev.conflict.containers.undertow;

import dev.conflict.containers.EntityTagContract;
import dev.conflict.containers.ServletServer;

class UndertowEntityTagTest extends EntityTagContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedUndertow::start;
    }
}
