package dev.conflict.jaxrs;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** The mappers that applications have, which make 500 of everything. */
final class CatchAll {
    private CatchAll() {}

    static Response broken(Throwable thrown) {
        return Response.status(500).type("text/plain").entity("Sorry").build();
    }

    /** For exceptions. */
    public static final class OfExceptions implements ExceptionMapper<Exception> {
        @Override
        public Response toResponse(Exception thrown) {
            return broken(thrown);
        }
    }

    /** For everything. */
    public static final class OfThrowables implements ExceptionMapper<Throwable> {
        @Override
        public Response toResponse(Throwable thrown) {
            return broken(thrown);
        }
    }

    /** For what is unchecked. */
    public static final class OfRuntimeExceptions implements ExceptionMapper<RuntimeException> {
        @Override
        public Response toResponse(RuntimeException thrown) {
            return broken(thrown);
        }
    }
}
