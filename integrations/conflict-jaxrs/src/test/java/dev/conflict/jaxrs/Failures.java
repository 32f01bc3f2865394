package dev.conflict.jaxrs;

import dev.conflict.ConflictException;
import dev.conflict.problem.ProblemDetail;
import dev.conflict.problem.ProblemException;
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
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Resources that fail in every way there is. */
@Path("fail")
@Produces("text/plain")
public class Failures {
    /** What fails in a way that nobody knows. */
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unknown() {
            super("a secret of the application");
        }
    }

    static Exception of(String kind) {
        ConflictException conflict = ConflictException.state("ORDER_ALREADY_SHIPPED");
        return switch (kind) {
            case "conflict" -> conflict;
            case "wrapped" -> new IllegalStateException("wrapped", conflict);
            case "twice" -> new IllegalArgumentException(new RuntimeException(conflict));
            case "completion" -> new CompletionException(conflict);
            case "execution" -> new ExecutionException(conflict);
            case "checked" -> new Exception(conflict);
            case "problem" ->
                new ProblemException(
                        ProblemDetail.builder(402).title("Payment Required").build());
            case "fault" -> new ProblemException(ProblemDetail.builder(500).build());
            case "answered" ->
                new WebApplicationException(
                        "answered",
                        conflict,
                        Response.status(418).entity("short and stout").build());
            case "bare" -> new WebApplicationException(conflict, 418);
            case "absent" -> new NotFoundException();
            case "unknown" -> new Unknown();
            default -> new IOException("a secret of the disk");
        };
    }

    /** Throws. */
    @GET
    @Path("now/{kind}")
    public String now(@PathParam("kind") String kind) throws Exception {
        throw of(kind);
    }

    /** Resumes with an exception in a thread of its own. */
    @GET
    @Path("resumed/{kind}")
    public void resumed(@PathParam("kind") String kind, @Suspended AsyncResponse answer) {
        new Thread(() -> answer.resume(of(kind))).start();
    }

    /** Ends a stage with an exception. */
    @GET
    @Path("stage/{kind}")
    public CompletionStage<String> stage(@PathParam("kind") String kind) {
        CompletableFuture<String> stage = new CompletableFuture<>();
        new Thread(() -> stage.completeExceptionally(of(kind))).start();
        return stage;
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
}
