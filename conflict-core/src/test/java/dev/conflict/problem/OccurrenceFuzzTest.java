package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.conflict.ConflictException;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import java.nio.charset.StandardCharsets;

/** Asks for any language and any media type: a refusal leaves all the same. */
class OccurrenceFuzzTest {
    private static final ProblemTranslator EDGE = ProblemTranslator.builder()
            .shape(occurrence ->
                    occurrence.accepts("application/vnd.shop.v1+json") ? ProblemShape.OLDER : ProblemShape.RFC_9457)
            .build(OccurrenceFuzzTest.class.getClassLoader());

    @FuzzTest
    void answerLeavesWhateverIsAskedFor(byte[] input) {
        String value = new String(input, StandardCharsets.ISO_8859_1);
        Answer answer = EDGE.translate(
                        ConflictException.locked(),
                        ConditionalRequest.of("PUT", name -> null, Preconditions.optional()),
                        Occurrence.of("PUT", "/").withAcceptLanguage(value).withAccept(value))
                .orElseThrow();
        assertThat(answer.fields().get("Content-Language")).isIn("en", "de");
        assertThat(answer.body()).isNotEmpty();
    }
}
