package dev.conflict.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by URL pattern, of which a request gets the one that a container would take if they were servlets (Servlet 6.0
 * §12.1, §12.2): the exact path, else the longest {@code /prefix/*}, else {@code *.extension}, else {@code /}.
 *
 * @param <T> what is found
 */
final class UrlPatterns<T> {
    private static final String PREFIX_END = "/*";
    private static final String EXTENSION_START = "*.";

    private record Prefix<T>(String path, T value) {
        boolean covers(String requested) {
            return requested.startsWith(path)
                    && (requested.length() == path.length() || requested.charAt(path.length()) == '/');
        }
    }

    private final Map<String, T> exact = new HashMap<>();
    private final List<Prefix<T>> prefixes;
    private final Map<String, T> extensions = new HashMap<>();
    private final boolean empty;

    /** Takes patterns that are {@linkplain #requireValid valid}. */
    UrlPatterns(Map<String, T> values) {
        empty = values.isEmpty();
        values.forEach((pattern, value) -> {
            if (pattern.startsWith(EXTENSION_START)) {
                extensions.put(pattern.substring(EXTENSION_START.length()), value);
            } else if (!pattern.endsWith(PREFIX_END)) {
                exact.put(pattern, value);
            }
        });
        prefixes = values.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(PREFIX_END))
                .map(entry -> new Prefix<>(
                        entry.getKey().substring(0, entry.getKey().length() - PREFIX_END.length()), entry.getValue()))
                .sorted(Comparator.comparingInt(
                                (Prefix<T> prefix) -> prefix.path().length())
                        .reversed())
                .toList();
    }

    /**
     * Requires that a pattern is one of the four kinds, or empty, which is the root of the application.
     *
     * @throws IllegalArgumentException if it is none, such as {@code documents/*} or {@code /documents*}
     */
    static String requireValid(String pattern) {
        String path = pattern.endsWith(PREFIX_END) ? pattern.substring(0, pattern.length() - 1) : pattern;
        boolean extension = pattern.startsWith(EXTENSION_START)
                && pattern.length() > EXTENSION_START.length()
                && pattern.indexOf('/') < 0
                && pattern.indexOf('*', 1) < 0
                && pattern.indexOf('.', EXTENSION_START.length()) < 0;
        if (!extension && !pattern.isEmpty() && !(path.startsWith("/") && path.indexOf('*') < 0)) {
            throw new IllegalArgumentException(
                    "A URL pattern is /path, /path/*, *.extension, / or empty, not \"" + pattern + "\"");
        }
        return pattern;
    }

    /** Returns what is registered for the path of a request, null if nothing is. */
    @Nullable T match(HttpServletRequest request) {
        if (empty) {
            return null;
        }
        String info = request.getPathInfo();
        return match(info == null ? request.getServletPath() : request.getServletPath() + info);
    }

    /** The path is decoded and relative to the application, as the container matches it. */
    @Nullable T match(String path) {
        boolean root = path.isEmpty() || path.equals("/");
        T found = exact.get(root ? "" : path);
        if (found != null) {
            return found;
        }
        for (Prefix<T> prefix : prefixes) {
            if (prefix.covers(path)) {
                return prefix.value();
            }
        }
        int dot = path.indexOf('.', path.lastIndexOf('/') + 1) < 0 ? -1 : path.lastIndexOf('.');
        found = dot < 0 ? null : extensions.get(path.substring(dot + 1));
        return found != null ? found : exact.get("/");
    }
}
