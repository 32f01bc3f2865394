package dev.conflict.jaxrs;

import dev.conflict.event.ConflictEvent;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts on a success what the request's ledger knows, when the other filters have had their say: the tag that was offered
 * (RFC 9110 §8.8.3, §9.3.4), 304 for a reader who has the representation (§15.4.5), {@code Cache-Control} if the
 * application says nothing to caches. Tells the listeners of writes, unless a filter further out does.
 */
@Priority(Order.FIRST)
final class SuccessFilter implements ContainerResponseFilter {
    private static final String ETAG = "ETag";
    private static final String CACHE_CONTROL = "Cache-Control";
    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Set<String> NO_WRITES = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "CONNECT");
    private static final Set<String> OF_CONTENT = Set.of("accept-ranges", "digest", "repr-digest", "trailer");

    private final Installed installed;

    SuccessFilter(Installed installed) {
        this.installed = installed;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        int status = response.getStatus();
        Exchange exchange = Exchange.known(request);
        boolean write = !NO_WRITES.contains(request.getMethod());
        if (exchange == null && write && isSuccess(status)) {
            exchange = Exchange.of(request, installed.edge()); // nobody asked for what the request may state
        }
        if (exchange == null || exchange.isRefused() || !isSuccess(status)) {
            return;
        }
        ConditionalRequest ledger = exchange.ledger();
        if (status != 303) {
            tag(ledger, request.getMethod(), response);
        }
        if (write) {
            report(exchange, request.getMethod());
        }
    }

    private static boolean isSuccess(int status) {
        return (status >= 200 && status <= 299) || status == 303 || status == 304;
    }

    private static void tag(ConditionalRequest ledger, String method, ContainerResponseContext response) {
        MultivaluedMap<String, Object> fields = response.getHeaders();
        boolean notModified = READS.contains(method)
                && ledger.isNotModified()
                && response.getStatus() == 200
                && isOfTheSame(fields.getFirst(ETAG), ledger);
        if (!fields.containsKey(ETAG)) {
            ledger.responseTag()
                    .or(() -> notModified ? ledger.selected().map(Validators::tag) : Optional.empty())
                    .ifPresent(tag -> fields.putSingle(ETAG, tag.toString()));
        } else if (!ledger.isEvaluated()) {
            return;
        }
        if (READS.contains(method)
                && fields.containsKey(ETAG)
                && List.of(CACHE_CONTROL, "Expires", "Pragma").stream().noneMatch(fields::containsKey)) {
            fields.putSingle(CACHE_CONTROL, "private, no-cache");
        }
        if (notModified) {
            response.setEntity(null);
            response.setStatus(304);
            fields.keySet().removeIf(name -> ofContent(name, fields.containsKey(ETAG)));
        }
    }

    /** Whether a tag that the resource sent, if it did, is that of what was compared. */
    private static boolean isOfTheSame(@Nullable Object sent, ConditionalRequest ledger) {
        return sent == null
                || ledger.selected()
                        .map(Validators::tag)
                        .filter(tag -> opaque(tag.toString()).equals(opaque(sent.toString())))
                        .isPresent();
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    /** What describes content that a 304 does not have, and a date beside a tag that says it more exactly. */
    private static boolean ofContent(String name, boolean tagged) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OF_CONTENT.contains(lower)
                || (lower.startsWith("content-")
                        && !lower.equals("content-location")
                        && !lower.startsWith("content-security-policy"))
                || (tagged && lower.equals("last-modified"));
    }

    private void report(Exchange exchange, String method) {
        ConditionalRequest ledger = exchange.ledger();
        String stated = ledger.statedIn().orElse(null);
        if (stated == null || exchange.outer() != null || !exchange.isReportedFirst()) {
            return;
        }
        installed
                .edge()
                .listener()
                .on(
                        ledger.isGuarded()
                                ? new ConflictEvent.GuardedWrite(method)
                                : new ConflictEvent.UnguardedWrite(method, stated));
    }
}
