package dev.conflict.jaxrs;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** One thing with a version, written by compare-and-set. */
@Path("things")
@Produces("text/plain")
public class Things {
    /** What stands there. */
    record Version(long number, String text) {}

    private static volatile Version there = new Version(0, "first");

    static Version there() {
        return there;
    }

    static void startAgain() {
        there = new Version(0, "first");
    }

    private static synchronized boolean replace(Version seen, Version next) {
        boolean unchanged = there.equals(seen);
        if (unchanged) {
            there = next;
        }
        return unchanged;
    }

    private static final Target TARGET = Target.of("thing", "1");

    private static EntityTag tag(Version version) {
        return EntityTag.from(Revision.of(version.number()));
    }

    /** Reads it. */
    @GET
    @Path("1")
    public Response read(@Context ConditionalRequest request, @QueryParam("cache") @DefaultValue("") String cache) {
        Version seen = there();
        request.require(TARGET, Validators.of(tag(seen)));
        request.respondWith(() -> Optional.of(tag(seen)));
        Response.ResponseBuilder answer = Response.ok(seen.text()).header("Content-Language", "en");
        return (cache.isEmpty() ? answer : answer.header("Cache-Control", cache)).build();
    }

    /** Writes it. */
    @PUT
    @Path("1")
    public String write(@Context ConditionalRequest request, String text) {
        Version seen = there();
        request.require(TARGET, Validators.of(tag(seen)));
        request.arm(TARGET, () -> Validators.of(tag(there())));
        Version next = new Version(seen.number() + 1, text);
        request.respondWith(() -> Optional.of(tag(next)));
        if (text.equals("as sent")) {
            request.storedAsSent();
        }
        if (!replace(seen, next)) {
            throw new IllegalStateException(ConflictException.version().target(TARGET));
        }
        return text;
    }

    /** Succeeds without a look at what the request states. */
    @DELETE
    @Path("{id}")
    public void forget(@PathParam("id") String id) {}
}
