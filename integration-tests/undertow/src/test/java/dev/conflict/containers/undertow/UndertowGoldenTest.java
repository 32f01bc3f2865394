package dev.conflict.containers.undertow;

import dev.conflict.containers.GoldenContract;
import dev.conflict.containers.ServletServer;

class UndertowGoldenTest extends GoldenContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedUndertow::start;
    }

    @Override
    protected boolean wrappersShowInForwards() {
        return true;
    }
}
