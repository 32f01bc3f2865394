package dev.conflict.containers.undertow;

import dev.conflict.containers.PassingContract;
import dev.conflict.containers.ServletServer;

class UndertowPassingTest extends PassingContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedUndertow::start;
    }

    @Override
    protected boolean wrappersShowInForwards() {
        return true;
    }
}
