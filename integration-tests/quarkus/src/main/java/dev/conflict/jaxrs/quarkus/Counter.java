package dev.conflict.jaxrs.quarkus;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import dev.conflict.jaxrs.JaxrsPreconditions;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One thing with a version, written by compare-and-set, in each way that Quarkus runs a method. */
@Path("counter")
@Produces("text/plain")
public class Counter {
    private static final Target TARGET = Target.of("counter", "1");

    private record State(long version, String text) {}

    private volatile State there = new State(0, "0");

    private synchronized boolean isReplaced(State seen, State next) {
        boolean unchanged = there.equals(seen);
        if (unchanged) {
            there = next;
        }
        return unchanged;
    }

    private static EntityTag tag(State state) {
        return EntityTag.from(Revision.of(state.version()));
    }

    /** Reads it. */
    @GET
    public String read(@Context ConditionalRequest request) {
        State seen = there;
        request.require(TARGET, Validators.of(tag(seen)));
        request.respondWith(() -> Optional.of(tag(seen)));
        return seen.text();
    }

    /** Writes it, in a worker thread. */
    @PUT
    public String write(@Context ConditionalRequest request, String text) {
        return replace(request, text);
    }

    /** Writes it, in the thread of the event loop. */
    @PUT
    @Path("nonblocking")
    @NonBlocking
    public String writeAtOnce(@Context ConditionalRequest request, String text) {
        return replace(request, text);
    }

    /** Writes it later. */
    @PUT
    @Path("uni")
    public Uni<String> writeLater(@Context ContainerRequestContext context, String text) {
        ConditionalRequest request = JaxrsPreconditions.of(context);
        return Uni.createFrom().item(() -> replace(request, text));
    }

    /** Writes it in another thread. */
    @PUT
    @Path("stage")
    public CompletionStage<String> writeElsewhere(@Context ConditionalRequest request, String text) {
        return CompletableFuture.supplyAsync(() -> replace(request, text));
    }

    /** Succeeds without a look at what the request states. */
    @DELETE
    public void forget() {}

    private String replace(ConditionalRequest request, String text) {
        State seen = there;
        request.require(TARGET, Validators.of(tag(seen)));
        request.arm(TARGET, () -> Validators.of(tag(there)));
        State next = new State(seen.version() + 1, text);
        request.respondWith(() -> Optional.of(tag(next)));
        if (!isReplaced(seen, next)) {
            throw new IllegalStateException(ConflictException.version().target(TARGET));
        }
        return text;
    }
}
