package dev.conflict.containers;

/** Tomcat 10.1, Servlet 6.0. */
class Tomcat10PlantedTest extends PlantedContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedTomcat::start;
    }
}
