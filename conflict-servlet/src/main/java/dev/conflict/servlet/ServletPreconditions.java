package dev.conflict.servlet;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Gives a servlet the preconditions of its request (RFC 9110 §13).
 *
 * <pre>{@code
 * ConditionalRequest conditional = ServletPreconditions.of(request);
 * conditional.require(Target.of(Document.class, id), Validators.of(EntityTag.from(document.version())));
 * }</pre>
 *
 * <p>A request has one ledger: whoever asks for it, in a forwarded servlet, behind a wrapped request or after an
 * asynchronous dispatch, gets the same. PUT, PATCH and DELETE of something that exists must state {@code If-Match}
 * ({@link Preconditions#required()}).
 *
 * <p>Works without {@link ConflictFilter} too; then the application itself answers the exceptions, and sends the tag that
 * was offered with {@link ConditionalRequest#respondWith}. Safe for use by many threads; where no filter made the first
 * call, the first call for a request must have returned before another thread makes one.
 */
public final class ServletPreconditions {
    private ServletPreconditions() {}

    /**
     * Returns the ledger of a request.
     *
     * @param request the request, or a wrapper of it
     * @return the one ledger of the request, kept in a request attribute
     */
    public static ConditionalRequest of(HttpServletRequest request) {
        return Exchange.of(request).ledger(request);
    }
}
