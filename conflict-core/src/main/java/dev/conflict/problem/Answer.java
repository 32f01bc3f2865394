package dev.conflict.problem;

import java.util.Map;
import java.util.Objects;

/**
 * What an edge sends: a problem, and the header fields that belong to it.
 *
 * @param problem the body; its status is the answer's
 * @param fields further header fields by name, such as {@code Retry-After}
 */
public record Answer(ProblemDetail problem, Map<String, String> fields) {
    /**
     * Creates an answer.
     *
     * @param problem the body
     * @param fields further header fields by name
     */
    public Answer {
        Objects.requireNonNull(problem, "problem");
        fields = Map.copyOf(fields);
    }

    /**
     * Returns the HTTP status.
     *
     * @return the status of the body
     */
    public int status() {
        return problem.status().orElseThrow();
    }
}
