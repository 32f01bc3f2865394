package dev.conflict.jaxrs;

import jakarta.ws.rs.core.Response;

/**
 * Stands in the place of the entity from the mapper, which sees an exception and no request, to the filter, which sees the
 * request and no exception. A mapper's answer passes the filters of responses (JAX-RS 3.1 §4.4, §6.2). It has nothing
 * that a writer of entities would find, should it ever reach one.
 */
final class Refused {
    private final Throwable thrown;

    private Refused(Throwable thrown) {
        this.thrown = thrown;
    }

    Throwable thrown() {
        return thrown;
    }

    static Response by(Throwable thrown) {
        return Response.serverError().entity(new Refused(thrown)).build();
    }
}
