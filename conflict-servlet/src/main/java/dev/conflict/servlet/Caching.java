package dev.conflict.servlet;

import jakarta.servlet.http.HttpServletResponse;

/**
 * What the answer to a read says to caches if its application says nothing: {@code private, no-cache}.
 *
 * <p>An answer that is silent may be stored by every cache on the way, and reused for a time that the cache guesses (RFC
 * 9111 §4.2.2). A reader who is given an old tag that way has his write refused, however often he reads again.
 */
final class Caching {
    static final String FIELD = "Cache-Control";

    private static final String DEFAULT = "private, no-cache";

    /** What Jetty puts beside a cookie; it is nobody's decision, and lets a cache keep no more than the default does. */
    private static final String LONG_AGO = "Thu, 01 Jan 1970 00:00:00 GMT";

    private Caching() {}

    /**
     * Sets the default on the answer to a GET or HEAD, unless the application has decided.
     *
     * @return true if it was set
     */
    static boolean setDefault(HttpServletResponse response, String method) {
        if (!(method.equals("GET") || method.equals("HEAD"))
                || response.containsHeader(FIELD)
                || expires(response)
                || response.containsHeader("Pragma")) {
            return false;
        }
        response.setHeader(FIELD, DEFAULT);
        return true;
    }

    private static boolean expires(HttpServletResponse response) {
        return response.containsHeader("Expires") && !LONG_AGO.equals(response.getHeader("Expires"));
    }
}
