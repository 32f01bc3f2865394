package dev.conflict.jaxrs;

import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** One application on a server, on a port of its own. */
public interface RestServer extends AutoCloseable {
    /** The port that it listens to on the loopback interface. */
    int port();

    /** Stops it. */
    @Override
    void close();

    /** A make of server. */
    @FunctionalInterface
    interface Make {
        /** Starts it with an application at the root. */
        RestServer start(Application application) throws Exception;
    }

    /** An application of the resources of the contract. */
    final class Contract extends Application {
        private final Set<Class<?>> classes;
        private final Set<Object> singletons;
        private final Map<String, Object> properties;

        Contract(Set<Class<?>> classes, Set<Object> singletons, Map<String, Object> properties) {
            this.classes = classes;
            this.singletons = singletons;
            this.properties = properties;
        }

        @Override
        public Set<Class<?>> getClasses() {
            return classes;
        }

        @Override
        @Deprecated
        public Set<Object> getSingletons() {
            return singletons;
        }

        @Override
        public Map<String, Object> getProperties() {
            return properties;
        }
    }
}
