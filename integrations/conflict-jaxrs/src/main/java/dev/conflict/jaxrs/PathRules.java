package dev.conflict.jaxrs;

import dev.conflict.http.Preconditions;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** The rules of resources by path: the exact one counts, else the longest {@code /prefix/*}. */
final class PathRules {
    private static final String PREFIX_END = "/*";

    private final Map<String, Preconditions> exact = new TreeMap<>();
    private final Map<String, Preconditions> prefixes =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /**
     * Adds rules.
     *
     * @throws IllegalArgumentException if the pattern is none, or has rules already
     */
    void add(String pattern, Preconditions rules) {
        boolean prefix = pattern.endsWith(PREFIX_END);
        String path = prefix ? pattern.substring(0, pattern.length() - PREFIX_END.length()) : pattern;
        if (!pattern.startsWith("/") || path.indexOf('*') >= 0 || path.indexOf('{') >= 0) {
            throw new IllegalArgumentException(
                    "A pattern is /path or /path/*, below the application's path, not \"" + pattern + "\"");
        }
        if ((prefix ? prefixes : exact).putIfAbsent(path, rules) != null) {
            throw new IllegalArgumentException("The pattern \"" + pattern + "\" has rules already");
        }
    }

    PathRules copy() {
        PathRules copy = new PathRules();
        copy.exact.putAll(exact);
        copy.prefixes.putAll(prefixes);
        return copy;
    }

    /** Returns the rules for a decoded path below the application's, with or without a slash at its start. */
    Preconditions match(String requested) {
        if (exact.isEmpty() && prefixes.isEmpty()) {
            return Preconditions.required();
        }
        String path = plain(requested);
        Preconditions found = exact.get(path);
        if (found != null) {
            return found;
        }
        for (Map.Entry<String, Preconditions> prefix : prefixes.entrySet()) {
            String covered = prefix.getKey();
            if (path.startsWith(covered)
                    && (path.length() == covered.length() || path.charAt(covered.length()) == '/')) {
                return prefix.getValue();
            }
        }
        return Preconditions.required();
    }

    /** A path as servers match it: without the parameters of its segments, and without a slash at its end. */
    private static String plain(String requested) {
        StringBuilder plain = new StringBuilder(requested.length() + 1).append('/');
        boolean parameter = false;
        for (int i = requested.startsWith("/") ? 1 : 0; i < requested.length(); i++) {
            char c = requested.charAt(i);
            parameter = c == ';' || (parameter && c != '/');
            if (!parameter) {
                plain.append(c);
            }
        }
        int length = plain.length();
        return length > 1 && plain.charAt(length - 1) == '/' ? plain.substring(0, length - 1) : plain.toString();
    }
}
