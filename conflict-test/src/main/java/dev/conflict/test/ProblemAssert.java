package dev.conflict.test;

import dev.conflict.problem.ProblemDetail;
import dev.conflict.problem.Vocabulary;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asserts that an answer is a problem that its client can act on.
 *
 * <pre>{@code
 * ProblemAssert.assertProblem(client.send(put, BodyHandlers.ofString()))
 *         .hasStatus(412)
 *         .hasType("precondition-failed")
 *         .hasCode("VERSION_MISMATCH")
 *         .hasMember("currentEtag", "\"1-8\"");
 * }</pre>
 *
 * <p>Making one asserts what holds of every problem: the media type, a body that can be read, and no other status in the
 * body than the answer has (RFC 9457 §3.1.2). Each assertion that fails throws an {@code AssertionError} that shows what was expected, what
 * came, and the whole body.
 */
public final class ProblemAssert {
    private final int status;
    private final ProblemDetail problem;
    private final String body;

    private ProblemAssert(int status, ProblemDetail problem, String body) {
        this.status = status;
        this.problem = problem;
        this.body = body;
    }

    /**
     * Asserts that an answer of {@code java.net.http} is a problem.
     *
     * @param response the answer
     * @return assertions on the problem
     * @throws AssertionError if it is none
     */
    public static ProblemAssert assertProblem(HttpResponse<String> response) {
        return assertProblem(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(null),
                response.body().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Asserts that an answer of any client is a problem.
     *
     * @param status the answer's status
     * @param contentType the answer's {@code Content-Type}, or null if it has none
     * @param body the answer's body
     * @return assertions on the problem
     * @throws AssertionError if it is none
     */
    public static ProblemAssert assertProblem(int status, @Nullable String contentType, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        String mediaType = contentType == null
                ? "none"
                : contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (!mediaType.equals(ProblemDetail.MEDIA_TYPE)) {
            throw failure("media type", ProblemDetail.MEDIA_TYPE, mediaType, "HTTP " + status + " " + text);
        }
        ProblemDetail problem = ProblemDetail.parse(body)
                .orElseThrow(() -> failure("body", "a problem", "something that is no JSON object", text));
        if (problem.status().isPresent() && problem.status().getAsInt() != status) {
            throw failure("status in the body", status, problem.status().getAsInt(), text);
        }
        return new ProblemAssert(status, problem, text);
    }

    /**
     * Returns the problem, for assertions of another kind.
     *
     * @return the problem
     */
    public ProblemDetail problem() {
        return problem;
    }

    /**
     * Asserts the status.
     *
     * @param expected the HTTP status
     * @return these assertions
     */
    public ProblemAssert hasStatus(int expected) {
        return same("status", expected, status);
    }

    /**
     * Asserts the type.
     *
     * @param expected the type's URI, or the name of one of the library's types such as {@code uniqueness}
     * @return these assertions
     */
    public ProblemAssert hasType(String expected) {
        String type = problem.type();
        boolean named = type.equals(Vocabulary.Types.BASE + expected);
        return same("type", expected, named ? expected : type);
    }

    /**
     * Asserts the code.
     *
     * @param expected the code
     * @return these assertions
     */
    public ProblemAssert hasCode(String expected) {
        return same("code", expected, problem.code().orElse(null));
    }

    /**
     * Asserts an extension member.
     *
     * @param name the member's name
     * @param expected its value: text, a whole number as {@code long}, a boolean, a list or a map
     * @return these assertions
     */
    public ProblemAssert hasMember(String name, @Nullable Object expected) {
        return same("member \"" + name + "\"", expected, problem.extensions().get(name));
    }

    /**
     * Asserts that an extension member has a value, whichever it is.
     *
     * @param name the member's name
     * @return these assertions
     */
    public ProblemAssert hasMember(String name) {
        if (problem.extensions().get(name) == null) {
            throw failure("member \"" + name + "\"", "a value", "none", body);
        }
        return this;
    }

    /**
     * Asserts that an extension member is left out.
     *
     * @param name the member's name
     * @return these assertions
     */
    public ProblemAssert hasNoMember(String name) {
        if (problem.extensions().containsKey(name)) {
            throw failure(
                    "member \"" + name + "\"", "none", problem.extensions().get(name), body);
        }
        return this;
    }

    /**
     * Asserts that the problem tells a person what to do: a detail and a suggestion.
     *
     * @return these assertions
     */
    public ProblemAssert helps() {
        if (problem.detail().isEmpty()) {
            throw failure("detail", "a text", "none", body);
        }
        return hasMember(Vocabulary.Members.SUGGESTION);
    }

    /**
     * Asserts that a text stands nowhere in the body, neither as it was sent nor as it is read.
     *
     * @param secret what must not be told, such as a constraint's name
     * @return these assertions
     */
    public ProblemAssert doesNotTell(String secret) {
        if (body.contains(secret) || tells(problem.toMap(), secret)) {
            throw failure("body", "no \"" + secret + "\"", "one", body);
        }
        return this;
    }

    private static boolean tells(@Nullable Object value, String secret) {
        if (value instanceof Map<?, ?> members) {
            return members.entrySet().stream()
                    .anyMatch(member -> tells(member.getKey(), secret) || tells(member.getValue(), secret));
        }
        if (value instanceof List<?> items) {
            return items.stream().anyMatch(item -> tells(item, secret));
        }
        return value instanceof String text && text.contains(secret);
    }

    private ProblemAssert same(String what, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw failure(what, expected, actual, body);
        }
        return this;
    }

    private static AssertionError failure(
            String what, @Nullable Object expected, @Nullable Object actual, String body) {
        return new AssertionError("Expected " + what + ": " + shown(expected) + ", but came: " + shown(actual)
                + System.lineSeparator() + body);
    }

    private static String shown(@Nullable Object value) {
        return Optional.ofNullable(value).map(Object::toString).orElse("none");
    }
}
