package dev.conflict.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Takes header fields off a response.
 *
 * <p>Servlet 6.0 cannot remove a field ({@code setHeader(name, null)} does so from 6.1 on), but {@code reset()} removes all
 * of them, on every container; so those that stay are put back.
 */
final class Fields {
    private static final String VARY = "Vary";
    private static final String SECURITY_POLICY = "content-security-policy";

    /** Fields that describe the representation that was about to be sent, or say how to keep it or where it is. */
    private static final Set<String> OF_A_SUCCESS = Set.of(
            "etag",
            "last-modified",
            "expires",
            "cache-control",
            "surrogate-control",
            "pragma",
            "accept-ranges",
            "digest",
            "repr-digest",
            "location",
            "refresh",
            "retry-after",
            "trailer",
            "transfer-encoding");

    /** Fields that say what the content of a 200 is like, or how it is sent; those that start with "content-" do so too. */
    private static final Set<String> OF_CONTENT =
            Set.of("accept-ranges", "digest", "repr-digest", "trailer", "transfer-encoding");

    private static final Set<String> OF_AN_ERROR = Set.of("retry-after", "content-range", "location", "refresh");

    private static final Set<String> OF_THE_MESSAGE = Set.of(
            "vary",
            "x-content-type-options",
            "set-cookie",
            "connection",
            "date",
            "server",
            "allow",
            "www-authenticate",
            "proxy-authenticate",
            "strict-transport-security");

    private Fields() {}

    /**
     * Tells whether a field belongs to the body that an error would have had, and not to a problem in its place.
     *
     * <p>What the error itself says has to stay: {@code Retry-After}, {@code Allow}, {@code WWW-Authenticate}, and the
     * {@code Content-Range} of a 416.
     */
    static boolean ofErrorBody(String name) {
        return ofSuccess(name) && !OF_AN_ERROR.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Tells whether a field describes content that a 304 in its place does not have (RFC 9110 §15.4.5).
     *
     * <p>{@code ETag}, {@code Content-Location}, {@code Vary}, {@code Cache-Control} and {@code Expires} have to stay, and so
     * does whatever is not about the content: cookies, CORS, security policies.
     */
    static boolean ofContent(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OF_CONTENT.contains(lower)
                || (lower.startsWith("content-")
                        && !lower.equals("content-location")
                        && !lower.startsWith(SECURITY_POLICY));
    }

    /**
     * Tells whether a field belongs to the success that was about to be answered, and not to a problem in its place.
     *
     * <p>Everything else stays: cookies, CORS, tracing, security policies, {@code Vary}.
     */
    static boolean ofSuccess(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return OF_A_SUCCESS.contains(lower)
                || lower.endsWith("-cache-control") // those for one cache stand over Cache-Control (RFC 9213)
                || (lower.startsWith("content-") && !lower.startsWith(SECURITY_POLICY));
    }

    /** Tells whether a text can name a field (RFC 9110 §5.6.2). */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(Fields::isTokenCharacter);
    }

    private static boolean isTokenCharacter(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    /** Tells whether a name is that of a field which a problem has anyway, or which means something else to everybody. */
    static boolean isTaken(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ofSuccess(name)
                || lower.startsWith("content-")
                || lower.startsWith("access-control-")
                || OF_THE_MESSAGE.contains(lower);
    }

    /** Adds names to {@code Vary}, beside those that stand there already; "*" covers them all. */
    static void vary(HttpServletResponse response, List<String> names) {
        Set<String> known = new HashSet<>();
        for (String line : response.getHeaders(VARY)) {
            for (String name : line.split(",", -1)) {
                known.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        String missing = known.contains("*")
                ? ""
                : names.stream()
                        .filter(name -> !known.contains(name.toLowerCase(Locale.ROOT)))
                        .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            response.addHeader(VARY, missing);
        }
    }

    /**
     * Resets a response and puts its header fields back, except some.
     *
     * @throws IllegalStateException if the response is committed
     */
    static void resetExcept(HttpServletResponse response, Predicate<String> unwanted) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        for (String name : response.getHeaderNames()) {
            if (!unwanted.test(name)) {
                kept.put(name, new ArrayList<>(response.getHeaders(name)));
            }
        }
        response.reset();
        kept.forEach((name, values) -> {
            for (int i = 0; i < values.size(); i++) {
                if (i == 0) {
                    response.setHeader(name, values.get(i)); // a container may have put its own back already
                } else {
                    response.addHeader(name, values.get(i));
                }
            }
        });
    }
}
