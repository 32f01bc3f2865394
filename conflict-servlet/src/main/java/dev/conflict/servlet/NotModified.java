package dev.conflict.servlet;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers that the reader has the current representation (RFC 9110 §15.4.5).
 *
 * <p>A 304 repeats what the 200 would have said to caches, and drops the content with everything that describes it.
 * {@code Last-Modified} goes too where an entity tag says the same more exactly.
 */
final class NotModified {
    private NotModified() {}

    /**
     * Sends a 304 with the tag that the ledger was offered, else that which it was held against, unless the answer has one.
     *
     * @throws IllegalStateException if the response is committed already
     */
    static void send(HttpServletResponse response, ConditionalRequest ledger) throws IOException {
        if (!response.containsHeader("ETag")) {
            ledger.responseTag()
                    .or(() -> ledger.selected().map(Validators::tag))
                    .ifPresent(tag -> response.setHeader("ETag", tag.toString()));
        }
        if (response.containsHeader("ETag")) {
            Caching.setDefault(response, ledger.method());
        }
        send(response);
    }

    /**
     * Sends a 304 in place of the answer; what was written so far is dropped, and the response is committed.
     *
     * @throws IllegalStateException if the response is committed already
     */
    static void send(HttpServletResponse response) throws IOException {
        boolean tagged = response.containsHeader("ETag");
        Fields.resetExcept(
                response, name -> Fields.ofContent(name) || (tagged && name.equalsIgnoreCase("Last-Modified")));
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        // Without a flush Jetty says "Content-Length: 0", and Undertow does to a HEAD, which RFC 9110 §8.6 forbids:
        // caches heed it.
        response.flushBuffer();
    }
}
