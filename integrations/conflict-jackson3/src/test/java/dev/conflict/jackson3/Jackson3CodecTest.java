package dev.conflict.jackson3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.problem.ProblemDetail;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class Jackson3CodecTest {
    /** A bean of an application, which is no plain data to us. */
    public static final class Document {
        public @Nullable String shortTitle;
        public @Nullable LocalDate due;
    }

    /** A bean that cannot be written, as it contains itself. */
    public static final class Broken {
        public Broken getSelf() {
            return this;
        }
    }

    private final Jackson3Codec codec = Jackson3Codec.of(JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build());

    private static Document document() {
        Document document = new Document();
        document.shortTitle = "Größe <1>";
        document.due = LocalDate.of(2026, 11, 23);
        return document;
    }

    @Test
    void typesOfTheApplicationGoIntoAProblemAndOutOfIt() {
        ProblemDetail problem = ProblemDetail.builder(409)
                .extension("current", document(), codec)
                .build();
        assertThat(problem.extensions())
                .containsEntry("current", Map.of("short_title", "Größe <1>", "due", "2026-11-23"));

        ProblemDetail received = ProblemDetail.parse(problem.toJson()).orElseThrow();
        Document read = received.read("current", Document.class, codec).orElseThrow();
        assertThat(read).usingRecursiveComparison().isEqualTo(document());
    }

    @Test
    void numbersKeepEveryDigit() {
        ProblemDetail received = ProblemDetail.parse(
                        "{\"total\":0.1234567890123456789}".getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        assertThat(received.read("total", java.math.BigDecimal.class, codec))
                .contains(new java.math.BigDecimal("0.1234567890123456789"));
    }

    @Test
    void whatTheMapperDoesNotTakeIsAbsentOrNull() {
        ProblemDetail problem = ProblemDetail.builder(409)
                .extension("object", new Broken(), codec)
                .extension("nothing", null, codec)
                .extension("text", "x", codec)
                .build();
        assertThat(problem.extensions()).containsEntry("object", null).containsEntry("nothing", null);
        assertThat(problem.read("text", Document.class, codec)).isEmpty();
        assertThat(problem.read("nothing", Document.class, codec)).isEmpty();
        assertThat(problem.read("none", Document.class, codec)).isEmpty();
        assertThat(problem.read("text", String.class, codec)).isEqualTo(Optional.of("x"));
    }

    @Test
    @SuppressWarnings("NullAway") // nobody checked the caller
    void codecItselfSaysWhatIsWrong() {
        assertThatThrownBy(() -> codec.read("[".getBytes(StandardCharsets.UTF_8), Document.class))
                .isInstanceOf(JacksonException.class);
        assertThatNullPointerException()
                .isThrownBy(() -> Jackson3Codec.of(null))
                .withMessage("mapper");
    }
}
