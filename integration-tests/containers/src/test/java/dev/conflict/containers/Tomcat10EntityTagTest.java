package dev.conflict.containers;

/** Tomcat 10.1, Servlet 6.0. */
class Tomcat10EntityTagTest extends EntityTagContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedTomcat::start;
    }
}
