package dev.conflict.problem;

import java.util.Objects;

/**
 * The request in which a problem occurred, as far as its answer depends on it.
 *
 * @param method the request's method
 * @param path the request's path without its query
 * @param caller whether the application knows who asks
 */
public record Occurrence(String method, String path, Caller caller) {
    /** Whether the application knows who asks. */
    public enum Caller {
        /** It does not. */
        ANONYMOUS,
        /** It does. */
        AUTHENTICATED
    }

    /**
     * Creates an occurrence.
     *
     * @param method the request's method
     * @param path the request's path without its query
     * @param caller whether the application knows who asks
     */
    public Occurrence {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(caller, "caller");
    }
}
