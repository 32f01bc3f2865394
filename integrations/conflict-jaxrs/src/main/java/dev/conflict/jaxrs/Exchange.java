package dev.conflict.jaxrs;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.FieldLines;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.OuterEdge;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the filters and the resource of one request share, in a property of the request. A servlet container keeps its
 * properties with the attributes of its own request, so a filter further out is found there.
 */
final class Exchange implements FieldLines {
    private static final String PROPERTY = "dev.conflict.jaxrs.exchange";

    private final ConditionalRequest ledger;
    private final @Nullable OuterEdge outer;
    private final Map<String, List<String>> fields;
    private boolean reported;
    private boolean refused;

    private Exchange(ContainerRequestContext request, @Nullable Edge edge) {
        fields = request.getHeaders();
        OuterEdge passed = request.getProperty(OuterEdge.ATTRIBUTE) instanceof OuterEdge found ? found : null;
        Optional<ConditionalRequest> shared = passed == null ? Optional.empty() : passed.sharedLedger();
        outer = shared.isPresent() ? passed : null;
        Preconditions rules = edge == null
                ? Preconditions.required()
                : edge.rules().match(request.getUriInfo().getPath());
        ledger = shared.orElseGet(() -> ConditionalRequest.of(request.getMethod(), this, rules));
        if (edge != null && edge.is(Option.TAG_ON_PUT)) {
            ledger.storedAsSent();
        }
    }

    /** Returns the exchange of a request, a new one if nobody asked yet. */
    static Exchange of(ContainerRequestContext request, @Nullable Edge edge) {
        if (request.getProperty(PROPERTY) instanceof Exchange exchange) {
            return exchange;
        }
        Exchange exchange = new Exchange(request, edge);
        request.setProperty(PROPERTY, exchange);
        return exchange;
    }

    /** Returns the exchange of a request, null if nobody asked for it. */
    static @Nullable Exchange known(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) instanceof Exchange exchange ? exchange : null;
    }

    ConditionalRequest ledger() {
        return ledger;
    }

    /** Says that the request was refused, whatever status the answer has: a neutral one looks like a success. */
    synchronized void refuse() {
        refused = true;
    }

    synchronized boolean isRefused() {
        return refused;
    }

    /** The edge further out, null if the request has passed none. */
    @Nullable OuterEdge outer() {
        return outer;
    }

    /** Tells whether the write has not been reported yet, and takes it for reported from now on. */
    synchronized boolean isReportedFirst() {
        boolean first = !reported;
        reported = true;
        return first;
    }

    @Override
    public @Nullable Enumeration<String> of(String name) {
        List<String> lines = lines(name);
        return lines == null ? null : Collections.enumeration(lines);
    }

    private @Nullable List<String> lines(String name) {
        List<String> lines = fields.get(name);
        if (lines != null) {
            return lines;
        }
        for (Map.Entry<String, List<String>> field : fields.entrySet()) {
            if (name.equalsIgnoreCase(field.getKey())) { // the specification does not say how the map compares names
                return field.getValue();
            }
        }
        return null;
    }
}
