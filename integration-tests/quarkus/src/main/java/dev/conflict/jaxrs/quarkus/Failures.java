package dev.conflict.jaxrs.quarkus;

import dev.conflict.ConflictException;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Resources that fail in every way there is. */
@Path("fail")
@Produces("text/plain")
public class Failures {
    private static Exception of(String kind) {
        ConflictException conflict = ConflictException.state("ORDER_ALREADY_SHIPPED");
        return switch (kind) {
            case "conflict" -> conflict;
            case "wrapped" -> new IllegalStateException("wrapped", conflict);
            case "completion" -> new CompletionException(conflict);
            case "execution" -> new ExecutionException(conflict);
            case "undeclared" -> new UndeclaredThrowableException(conflict);
            case "checked" -> new Exception(conflict);
            case "answered" ->
                new WebApplicationException(
                        "answered",
                        conflict,
                        Response.status(418).entity("short and stout").build());
            case "bare" -> new WebApplicationException(conflict, 418);
            case "absent" -> new NotFoundException();
            case "unknown" -> new IllegalStateException("a secret of the application");
            case "unpacked" -> new UndeclaredThrowableException(new Unpacked());
            default -> new IOException("a secret of the disk");
        };
    }

    /** What the application has a mapper of its own for. */
    public static final class Unpacked extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Throws in a worker thread. */
    @GET
    @Path("blocking/{kind}")
    @Blocking
    public String blocking(@PathParam("kind") String kind) throws Exception {
        throw of(kind);
    }

    /** Throws in the thread of the event loop. */
    @GET
    @Path("nonblocking/{kind}")
    @NonBlocking
    public String nonBlocking(@PathParam("kind") String kind) throws Exception {
        throw of(kind);
    }

    /** Throws where a promise was to be returned. */
    @GET
    @Path("early/{kind}")
    public Uni<String> early(@PathParam("kind") String kind) throws Exception {
        throw of(kind);
    }

    /** Fails later. */
    @GET
    @Path("uni/{kind}")
    public Uni<String> uni(@PathParam("kind") String kind) {
        return Uni.createFrom().failure(() -> of(kind));
    }

    /** Ends a stage with an exception, in a thread of its own. */
    @GET
    @Path("stage/{kind}")
    public CompletionStage<String> stage(@PathParam("kind") String kind) {
        CompletableFuture<String> stage = new CompletableFuture<>();
        new Thread(() -> stage.completeExceptionally(of(kind))).start();
        return stage;
    }

    /** Resumes with an exception, in a thread of its own. */
    @GET
    @Path("resumed/{kind}")
    public void resumed(@PathParam("kind") String kind, @Suspended AsyncResponse answer) {
        new Thread(() -> answer.resume(of(kind))).start();
    }

    /** Fails before the first part. */
    @GET
    @Path("multi/{kind}")
    public Multi<String> multi(@PathParam("kind") String kind) {
        return Multi.createFrom().failure(() -> of(kind));
    }

    /** Fails when a part has been sent. */
    @GET
    @Path("streamed/{kind}")
    public StreamingOutput streamed(@PathParam("kind") String kind) {
        return out -> {
            byte[] part = "part of what was to come ".repeat(400).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 30; i++) {
                out.write(part);
                out.flush();
            }
            throw new IllegalStateException(of(kind));
        };
    }

    /** Fails with what is no exception. */
    @GET
    @Path("error")
    public String error() {
        throw new AssertionError("a secret of the application");
    }
}
