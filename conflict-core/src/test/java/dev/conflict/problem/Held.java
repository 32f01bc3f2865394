package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Holds the answers that tests make against their schemas, as {@code conflict-schemas} does for the tests of other modules. */
public final class Held {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    private Held() {}

    /** Returns an answer whose body fits its schema. */
    public static Answer of(Answer answer) {
        if (answer.mediaType().equals(Optional.of(ProblemDetail.MEDIA_TYPE))) {
            try {
                assertThat(SchemaTest.faults(reference(answer.problem()), JACKSON.readTree(answer.body())))
                        .as(answer.text())
                        .isEmpty();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
        return answer;
    }

    /** The schema of a problem: that of its type, of what every answer has, or of what RFC 9457 says. */
    static String reference(ProblemDetail problem) {
        String type = problem.type();
        String name = type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf(':')) + 1);
        if (problem.type().equals("about:blank")) {
            return "types.json#/$defs/known";
        }
        return StandardTypes.all().stream().anyMatch(each -> each.name().equals(name))
                ? "types.json#/$defs/" + name
                : "problem.json";
    }
}
