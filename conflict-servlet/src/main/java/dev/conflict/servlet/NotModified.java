package dev.conflict.servlet;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Answers that the reader has the current representation (RFC 9110 §15.4.5).
 *
 * <p>A 304 repeats what the 200 would have said to caches, and drops the content with everything that describes it.
 * {@code Last-Modified} goes too where an entity tag says the same more exactly.
 */
final class NotModified {
    private NotModified() {}

    /**
     * Turns the answer into a 304; what was written so far is dropped.
     *
     * @throws IllegalStateException if the response is committed
     */
    static void send(HttpServletResponse response) {
        boolean tagged = response.containsHeader("ETag");
        Fields.resetExcept(
                response, name -> Fields.ofContent(name) || (tagged && name.equalsIgnoreCase("Last-Modified")));
        response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
    }
}
