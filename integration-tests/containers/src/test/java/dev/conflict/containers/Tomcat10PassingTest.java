package dev.conflict.containers;

/** Tomcat 10.1, Servlet 6.0. */
class Tomcat10PassingTest extends PassingContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedTomcat::start;
    }

    @Override
    protected boolean wrappersShowInForwards() {
        return true;
    }

    /** What is thrown in {@code AsyncContext.start} races with Tomcat's own thread: a page, an empty 500, or no answer. */
    @Override
    protected boolean isSteady(String scenario) {
        return !scenario.startsWith("start-throws");
    }
}
