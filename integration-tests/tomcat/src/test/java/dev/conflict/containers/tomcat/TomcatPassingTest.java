package dev.conflict.containers.tomcat;

import dev.conflict.containers.EmbeddedTomcat;
import dev.conflict.containers.PassingContract;
import dev.conflict.containers.ServletServer;

class TomcatPassingTest extends PassingContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedTomcat::start;
    }

    /** What is thrown in {@code AsyncContext.start} races with Tomcat's own thread: a page, an empty 500, or no answer. */
    @Override
    protected boolean isSteady(String scenario) {
        return !scenario.startsWith("start-throws");
    }
}
