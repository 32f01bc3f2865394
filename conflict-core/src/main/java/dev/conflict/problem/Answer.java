package dev.conflict.problem;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an edge sends, whole: status, header fields and body. Every edge sends the same.
 *
 * <ul>
 *   <li>{@link #fields()} are set: they replace what somebody set before.
 *   <li>{@link #varies()} are <em>added</em> to the {@code Vary} field of the response, which may name others already
 *       ({@code Origin}, for one, without which a cache would mix up origins). They never replace it.
 *   <li>{@link #mediaType()} and {@link #body()}; the body of an answer to HEAD is left out.
 * </ul>
 *
 * <p>Instances are immutable and safe for use by many threads.
 */
public final class Answer {
    static final String CONTENT_LANGUAGE = "Content-Language";

    private final ProblemDetail problem;
    private final ProblemShape shape;
    private final @Nullable NeutralReply neutral;
    private final Map<String, String> fields;
    private final List<String> varies;

    private Answer(
            ProblemDetail problem,
            ProblemShape shape,
            @Nullable NeutralReply neutral,
            Map<String, String> fields,
            List<String> varies) {
        this.problem = problem;
        this.shape = shape;
        this.neutral = neutral;
        this.fields = Map.copyOf(fields);
        this.varies = List.copyOf(varies);
    }

    static Answer of(ProblemDetail problem, ProblemShape shape, Map<String, String> fields, List<String> varies) {
        return new Answer(problem, shape, null, fields, varies);
    }

    /** An answer that does not show the problem. */
    static Answer neutral(ProblemDetail problem, NeutralReply reply) {
        return new Answer(problem, ProblemShape.RFC_9457, reply, reply.fields(), List.of());
    }

    /**
     * Returns the problem that occurred, for the log and for tests.
     *
     * @return the problem; it is what {@link #body()} says unless the answer {@linkplain #isNeutral() is neutral}
     */
    public ProblemDetail problem() {
        return problem;
    }

    /**
     * Tells whether the application answers in the problem's place, so that nothing of the problem may leave.
     *
     * @return true if neither status nor fields nor body show the problem
     */
    public boolean isNeutral() {
        return neutral != null;
    }

    /**
     * Returns the HTTP status.
     *
     * @return the status, which is that of the body (RFC 9457 §3.1.2)
     */
    public int status() {
        return neutral == null ? problem.status().orElseThrow() : neutral.status();
    }

    /**
     * Returns the header fields to set, beside {@code Content-Type} and {@code Content-Length}.
     *
     * @return an unmodifiable map of fields by name
     */
    public Map<String, String> fields() {
        return fields;
    }

    /**
     * Returns the request fields on which the answer depends, to be added to {@code Vary}.
     *
     * @return an unmodifiable list of names
     */
    public List<String> varies() {
        return varies;
    }

    /**
     * Returns the media type of the body.
     *
     * @return the value of {@code Content-Type}; empty if there is no body
     */
    public Optional<String> mediaType() {
        return neutral == null ? Optional.of(shape.mediaType()) : Optional.ofNullable(neutral.mediaType());
    }

    /**
     * Writes the body.
     *
     * @return the bytes, in UTF-8; none if there is no body
     */
    public byte[] body() {
        return neutral == null
                ? shape.write(problem, language(), false)
                : neutral.body().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Writes the body for a writer whose character set is not ours to choose: JSON and HTML are in ASCII then.
     *
     * @return the text; empty if there is no body
     */
    public String text() {
        return neutral == null ? shape.writeAscii(problem, language()) : neutral.body();
    }

    private @Nullable String language() {
        return fields.get(CONTENT_LANGUAGE);
    }
}
