package dev.conflict.containers;

/** Tomcat 10.1, Servlet 6.0. */
class Tomcat10FilterTest extends FilterContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedTomcat::start;
    }
}
