package dev.conflict.servlet;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

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
 * ({@link Preconditions#required()}), unless {@link ConflictFilter.Builder#preconditions} or
 * {@link ConditionalRequest#under} says otherwise.
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

    /**
     * Answers 304, if the reader has the current representation already (RFC 9110 §15.4.5).
     *
     * <pre>{@code
     * Document document = documents.find(em, id, conditional);
     * documents.respondWithTag(em, document, conditional);
     * if (!ServletPreconditions.sendNotModified(request, response)) {
     *     write(response, document);
     * }
     * }</pre>
     *
     * <p>The answer has the tag that was offered with {@link ConditionalRequest#respondWith}, else the one that was evaluated,
     * unless the application has set one, and says {@code Cache-Control: private, no-cache}, unless the application has set {@code Cache-Control},
     * {@code Expires} or {@code Pragma}. Header fields stay, but for those that describe the content, which does not come,
     * and {@code Last-Modified} beside a tag; what was written so far is dropped. The response is committed then.
     *
     * @param request the request, or a wrapper of it
     * @param response the response, or a wrapper of it
     * @return true if 304 was sent; false, and nothing done, if the last evaluation of the request's preconditions said
     *     otherwise, or there was none
     * @throws IllegalStateException if 304 is the answer and the response is committed already
     * @throws IOException if it cannot be sent
     */
    public static boolean sendNotModified(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ConditionalRequest ledger = Exchange.of(request).ledger();
        if (ledger == null || !ledger.isNotModified()) {
            return false;
        }
        NotModified.send(response, ledger);
        return true;
    }
}
