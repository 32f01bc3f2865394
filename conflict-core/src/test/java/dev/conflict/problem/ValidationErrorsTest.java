package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.Serialized;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.Vocabulary.Types;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationErrorsTest {
    private static ProblemDetail answer(ProblemTranslator.Builder builder, RuntimeException thrown) {
        return builder.build(ValidationErrorsTest.class.getClassLoader())
                .translate(
                        thrown,
                        ConditionalRequest.of("PUT", name -> null, Preconditions.optional()),
                        Occurrence.of("PUT", "/orders/1"))
                .map(Held::of)
                .orElseThrow()
                .problem();
    }

    @Test
    void contentWithoutErrorsPasses() {
        assertThatNoException().isThrownBy(() -> new ValidationErrors().throwIfAny());
        assertThat(new ValidationErrors().isEmpty()).isTrue();
    }

    @Test
    void errorsAreAnsweredTogether() {
        ValidationErrors errors = new ValidationErrors()
                .add("items[0].quantity", "POSITIVE", "must be greater than 0")
                .add(null, "TOTAL", "items and total do not fit")
                .add("", "DATE", "is over");
        assertThat(errors.isEmpty()).isFalse();
        assertThatThrownBy(errors::throwIfAny).isInstanceOf(ProblemException.class);
        ProblemDetail problem = answer(ProblemTranslator.builder(), errors.toException());
        assertThat(problem.status()).hasValue(422);
        assertThat(problem.type()).isEqualTo("urn:problem-type:conflict:validation");
        assertThat(problem.code()).contains("VALIDATION");
        assertThat(problem.title()).contains("The content is not valid");
        assertThat(problem.extensions().get("errors"))
                .isEqualTo(List.of(
                        Map.of(
                                "code", "POSITIVE",
                                "detail", "must be greater than 0",
                                "field", "items[0].quantity",
                                "pointer", "#/items/0/quantity"),
                        Map.of("code", "TOTAL", "detail", "items and total do not fit"),
                        Map.of("code", "DATE", "detail", "is over")));
    }

    @Test
    void statusIsThatOfTheTable() {
        ProblemTranslator.Builder builder =
                ProblemTranslator.builder().table(ProblemTable.standard().withStatus(Types.VALIDATION, 400));
        assertThat(answer(builder, new ValidationErrors().add("a", "B", "c").toException())
                        .status())
                .hasValue(400);
    }

    @ParameterizedTest(name = "RFC 6901 §6: {0} -> {1}")
    @CsvSource({
        "age, #/age",
        "address.zip, #/address/zip",
        "items[0], #/items/0",
        "items[0].name, #/items/0/name",
        "[1].name, #/1/name",
        "matrix[1][2], #/matrix/1/2",
        "settings[a.b].name, #/settings/a.b/name",
        "[a.b][c.d].e.f, #/a.b/c.d/e/f",
        "a/b~c, #/a~1b~0c",
        "a b, #/a%20b",
        "größe, #/gr%C3%B6%C3%9Fe",
        "a%b\"c, #/a%25b%22c",
        "a$b, #/a$b"
    })
    void fieldIsPointedAt(String field, String pointer) {
        assertThat(Pointer.of(field)).isEqualTo(pointer);
        assertThat(java.net.URI.create(pointer)).hasToString(pointer);
    }

    @Test
    @SuppressWarnings("NullAway") // nobody checked the caller
    void errorHasACodeAndADetail() {
        assertThatNullPointerException()
                .isThrownBy(() -> new ValidationErrors().add("a", null, "c"))
                .withMessage("code");
        assertThatNullPointerException()
                .isThrownBy(() -> new ValidationErrors().add("a", "B", null))
                .withMessage("detail");
    }

    /** A remote call or a session may carry it. */
    @Test
    void bodySurvivesSerialization() {
        ProblemException thrown = new ValidationErrors().add("a", "B", "c").toException();
        ProblemException copy = Serialized.copyOf(thrown);
        assertThat(copy.problem()).isEqualTo(thrown.problem());
        assertThat(copy).hasMessage(thrown.getMessage());
        ProblemDetail received = ReceivedProblem.parse(
                        "{\"a\":[{\"b\":1.5}]}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .orElseThrow()
                .problem();
        assertThat(Serialized.copyOf(received)).isEqualTo(received);
    }
}
