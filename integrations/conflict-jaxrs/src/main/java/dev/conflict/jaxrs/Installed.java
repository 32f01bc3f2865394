package dev.conflict.jaxrs;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of an application, which every part of the feature looks at. A feature that was found and one that was
 * registered by hand meet here, in whichever order their server configures them: the latter counts, and the parts are
 * registered once.
 */
final class Installed {
    /** The property of the application that holds it, and of the request, for whoever has no configuration at hand. */
    static final String PROPERTY = "dev.conflict.jaxrs.installed";

    private volatile Edge edge;

    Installed(Edge edge) {
        this.edge = edge;
    }

    static @Nullable Installed in(Configuration configuration) {
        return configuration.getProperty(PROPERTY) instanceof Installed installed ? installed : null;
    }

    /** The configuration that a request is answered under, null if it has not reached the feature. */
    static @Nullable Edge edge(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) instanceof Installed installed ? installed.edge : null;
    }

    Edge edge() {
        return edge;
    }

    /** Tells whether an exception is to be answered by us; what the application has an answer to already is not. */
    boolean knows(Throwable thrown) {
        return !(thrown instanceof WebApplicationException)
                && (edge.translator().knows(thrown) || Violations.areOfContent(thrown));
    }

    void replace(Edge configured) {
        edge = configured;
    }
}
