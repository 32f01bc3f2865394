package dev.conflict.problem;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A problem that somebody else sent, and what of it was not readable.
 *
 * <p>The HTTP status of the answer is the truth; that of the body, which a proxy may not have kept in step, stands in the
 * problem if it was sent, and is absent if it was not. A relative type is kept as it came; {@link ProblemDetail#typeAt}
 * resolves it.
 *
 * @param problem what could be read
 * @param ignored the standard members whose value has the wrong type, or is no URI reference, or no status, so that they
 *     count as absent (RFC 9457 §3.1), and the members that are null or left out because they go beyond the limits of
 *     {@link ProblemDetail#parse} or {@link ProblemDetail#fromMap}; both in the order in which they came
 */
public record ReceivedProblem(ProblemDetail problem, List<String> ignored) {
    /**
     * Creates a received problem.
     *
     * @param problem what could be read
     * @param ignored the names of members that count as absent
     */
    public ReceivedProblem {
        ignored = List.copyOf(ignored);
    }

    /**
     * Reads a body that is known to be meant as a problem. It never throws on content; see {@link ProblemDetail#parse} for
     * the limits.
     *
     * @param body the body's bytes, in UTF-8
     * @return the problem; empty if the body is no JSON object, or larger than is read
     */
    public static Optional<ReceivedProblem> parse(byte[] body) {
        return ProblemReader.read(body);
    }

    /**
     * Reads the body of an answer, if it is a problem: by its media type, or, as media types lie, by what it says.
     *
     * <p>Labels that are believed are {@code application/problem+json} and its forerunners. Under any other, a body is a
     * problem if the status is an error and it has the older shape, a type and a title, or a title or detail beside a status
     * that is the answer's.
     *
     * @param status the answer's HTTP status
     * @param contentType the value of {@code Content-Type}, or null if the answer has none
     * @param body the body's bytes, in UTF-8
     * @return the problem; empty if the body is none
     */
    public static Optional<ReceivedProblem> parse(int status, @Nullable String contentType, byte[] body) {
        boolean labelled = contentType != null && MediaType.isProblem(contentType);
        return labelled ? parse(body) : status >= 400 ? ProblemReader.readUnlabelled(body, status) : Optional.empty();
    }

    /**
     * Takes a problem from its members, as a mapper reads them; see {@link ProblemDetail#fromMap} for the limits.
     *
     * @param members the members by name
     * @return the problem, and what of it was not taken
     */
    public static ReceivedProblem fromMap(Map<String, ? extends @Nullable Object> members) {
        JsonReader.Read read = MapReader.read(members);
        return ProblemReader.problem(read.members(), read.leftOut());
    }

    /** Tells whether it says enough for a problem, under whatever label it came. */
    boolean speaksOf(int status) {
        boolean titled = problem.title().isPresent();
        boolean typed = problem.hasType() && titled;
        boolean counted = problem.status().orElse(0) == status;
        return typed || (counted && (titled || problem.detail().isPresent()));
    }
}
