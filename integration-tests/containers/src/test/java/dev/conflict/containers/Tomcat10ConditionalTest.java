package dev.conflict.containers;

/** Tomcat 10.1, Servlet 6.0. */
class Tomcat10ConditionalTest extends ConditionalContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedTomcat::startContinuingOnRead;
    }
}
