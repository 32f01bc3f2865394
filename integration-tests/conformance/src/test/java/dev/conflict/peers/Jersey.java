package dev.conflict.peers;

import dev.conflict.conformance.ConformanceCase;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.internal.Version;
import org.glassfish.jersey.message.internal.HeaderValueException;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;
import org.jspecify.annotations.Nullable;

/** Jersey's {@code ContainerRequest.evaluatePreconditions}. */
final class Jersey implements Peer {
    private static final URI BASE = URI.create("http://localhost/");

    Jersey() {
        RuntimeDelegate.setInstance(new RuntimeDelegateImpl());
    }

    @Override
    public String name() {
        return "jersey";
    }

    @Override
    public String version() {
        return Version.getVersion();
    }

    @Override
    public Optional<String> notApplicable(ConformanceCase asked) {
        if (asked.now() != null) {
            return Optional.of("has no clock to set");
        }
        if (Peer.isAboutRanges(asked)) {
            return Optional.of("does not evaluate If-Range");
        }
        boolean known = asked.state().etag() != null || asked.state().lastModified() != null;
        return asked.state().exists() && !known
                ? Optional.of("has no call for what has neither tag nor date")
                : Optional.empty();
    }

    @Override
    public String outcome(ConformanceCase asked) {
        ContainerRequest request =
                new ContainerRequest(BASE, BASE, asked.method(), null, new MapPropertiesDelegate(), null);
        for (String line : asked.lines()) {
            String name = line.substring(0, line.indexOf(':'));
            if (!request.getHeaders().containsKey(name)) {
                request.getHeaders().addAll(name, asked.values(name));
            }
        }
        try {
            Response.@Nullable ResponseBuilder refusal = evaluate(request, asked.state());
            return refusal == null
                    ? "proceed"
                    : Servlets.refusal(refusal.build().getStatus());
        } catch (HeaderValueException unreadable) {
            return "malformed"; // which Jersey answers with 400
        }
    }

    private static Response.@Nullable ResponseBuilder evaluate(ContainerRequest request, ConformanceCase.State state) {
        String etag = state.etag();
        Instant lastModified = state.lastModified();
        if (etag != null && lastModified != null) {
            return request.evaluatePreconditions(Date.from(lastModified), tag(etag));
        }
        if (etag != null) {
            return request.evaluatePreconditions(tag(etag));
        }
        return lastModified != null
                ? request.evaluatePreconditions(Date.from(lastModified))
                : request.evaluatePreconditions();
    }

    private static EntityTag tag(String text) {
        return new EntityTag(text.substring(text.indexOf('"') + 1, text.length() - 1), text.startsWith("W/"));
    }
}
