package dev.conflict.jaxrs.quarkus;

import io.quarkus.arc.profile.IfBuildProfile;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The three kinds of mapper that Quarkus has, each for everything of its class. */
final class CatchAlls {
    private CatchAlls() {}

    private static Response sorry(String who) {
        return Response.status(500).type("text/plain").entity(who).build();
    }

    /** That of the specification. */
    @Provider
    @IfBuildProfile("caught")
    public static class OfUnchecked implements ExceptionMapper<RuntimeException> {
        @Override
        public Response toResponse(RuntimeException thrown) {
            return sorry("runtime");
        }
    }

    /** That of Quarkus. */
    @IfBuildProfile("caught")
    public static class OfExceptions {
        /** Answers at once. */
        @ServerExceptionMapper
        public Response answer(Exception thrown) {
            return sorry("exception");
        }
    }

    /** That of Quarkus for an answer that comes later. */
    @IfBuildProfile("caught")
    public static class OfAnything {
        /** Answers later. */
        @ServerExceptionMapper
        public Uni<Response> answer(Throwable thrown) {
            return Uni.createFrom().item(() -> sorry("throwable"));
        }
    }

    /** For one class. */
    public static class OfUnpacked {
        /** Answers at once. */
        @ServerExceptionMapper
        public Response answer(Failures.Unpacked thrown) {
            return Response.status(418).type("text/plain").entity("unpacked").build();
        }
    }
}
