package dev.conflict.jaxrs;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.problem.Answer;
import dev.conflict.problem.Occurrence;
import dev.conflict.problem.Occurrence.Caller;
import dev.conflict.problem.OuterEdge;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the problem of what a mapper has let through, before any other filter of responses looks at it. */
@Priority(Order.LAST)
final class RefusalFilter implements ContainerResponseFilter {
    private static final String VARY = "Vary";
    private static final Annotation[] NONE = {};

    private final Installed installed;

    RefusalFilter(Installed installed) {
        this.installed = installed;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof Refused refused) {
            Edge edge = installed.edge();
            Exchange exchange = Exchange.of(request, edge);
            exchange.refuse();
            OuterEdge outer = exchange.outer();
            Optional<Answer> shared =
                    outer == null ? Optional.empty() : outer.answer(Violations.translated(refused.thrown()));
            if (outer != null && shared.isPresent()) {
                send(shared.get(), outer.codeField(shared.get()).orElse(null), response);
            } else {
                send(edge, exchange.ledger(), refused.thrown(), request, response);
            }
        }
    }

    private static void send(
            Edge edge,
            ConditionalRequest ledger,
            Throwable thrown,
            ContainerRequestContext request,
            ContainerResponseContext response) {
        String path = path(request);
        Answer answer = edge.translator()
                .translate(Violations.translated(thrown), ledger, occurrence(edge, request, path))
                .orElseThrow(() -> new IllegalStateException("A reader no longer knows what it knew", thrown));
        send(answer, fits(answer) ? edge.errorCodeHeader() : null, response);
        RefusalLog.write(answer, request.getMethod(), path, thrown);
    }

    private static void send(Answer answer, @Nullable String codeField, ContainerResponseContext response) {
        response.setStatus(answer.status());
        if (answer.mediaType().isPresent()) {
            response.setEntity(
                    answer.body(), NONE, MediaType.valueOf(answer.mediaType().get()));
        } else {
            response.setEntity(null);
        }
        // only now: in Quarkus, another entity is another response
        MultivaluedMap<String, Object> fields = response.getHeaders();
        answer.fields().forEach(fields::putSingle);
        vary(fields, answer.varies());
        if (codeField != null) {
            fields.putSingle(codeField, answer.problem().code().orElseThrow());
        }
    }

    private static void vary(MultivaluedMap<String, Object> fields, List<String> names) {
        if (!names.isEmpty()) {
            fields.add(VARY, String.join(", ", names));
        }
    }

    private static boolean fits(Answer answer) {
        return !answer.isNeutral()
                && answer.problem().code().filter(RefusalLog::isToken).isPresent();
    }

    private static Occurrence occurrence(Edge edge, ContainerRequestContext request, String path) {
        return Occurrence.of(request.getMethod(), path)
                .by(caller(edge, request, path))
                .withAcceptLanguage(request.getHeaderString("Accept-Language"))
                .withAccept(request.getHeaderString("Accept"))
                .withTraceId(traceId(edge, request, path));
    }

    /** Who asks; whoever cannot be told is told no more than anybody. */
    private static Caller caller(Edge edge, ContainerRequestContext request, String path) {
        try {
            return Objects.requireNonNull(edge.callers().apply(request), "the caller is null");
        } catch (RuntimeException unknown) {
            RefusalLog.warn(
                    "as for an anonymous caller, since the application failed to tell who calls", path, unknown);
            return Caller.ANONYMOUS;
        }
    }

    /** The id under which the application traces the request, null if it does not, or cannot tell. */
    private static @Nullable String traceId(Edge edge, ContainerRequestContext request, String path) {
        try {
            return edge.traces().apply(request).orElse(null);
        } catch (RuntimeException unknown) {
            RefusalLog.warn("without a trace, since the application failed to tell it", path, unknown);
            return null;
        }
    }

    /** The path that the client asked for, without parameters: they may hold its session. */
    private static String path(ContainerRequestContext request) {
        String path = request.getUriInfo().getRequestUri().getRawPath();
        StringBuilder plain = new StringBuilder(path.length());
        boolean parameter = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            parameter = c == ';' || (parameter && c != '/');
            if (!parameter) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
