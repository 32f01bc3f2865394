package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.URI;
import java.util.List;

/** Reads whatever was sent as a problem, and what was read as what is written of it. */
class ProblemDetailFuzzTest {
    private static final int MAX_BYTES = 64 * 1024;

    /** Fewer members than are read, also after the older shape's two levels became one. */
    private static final int FEW = 250;

    private static final List<String> STANDARD = List.of("type", "title", "status", "detail", "instance");

    @FuzzTest
    void whatIsReadIsWrittenAndReadAgain(byte[] input) {
        ReceivedProblem.parse(409, "application/json", input)
                .ifPresent(received -> assertThat(ReceivedProblem.parse(input)).contains(received));
        ReceivedProblem.parse(input).ifPresent(received -> {
            ProblemDetail problem = received.problem();
            assertThat(received.ignored())
                    .allMatch(name ->
                            STANDARD.contains(name) || problem.extensions().get(name) == null);
            assertThat(ReceivedProblem.fromMap(problem.toMap()).ignored()).isEmpty();
            assertThat(problem.typeAt(URI.create("https://example.org/a/b?c#d")))
                    .isNotNull();
            assertThat(ProblemDetail.fromMap(problem.toMap()).toJson()).isEqualTo(problem.toJson());
            assertThat(ReceivedProblem.parse(ProblemShape.OLDER.write(problem)).isPresent()
                            || ProblemShape.OLDER.write(problem).length > MAX_BYTES)
                    .isTrue();
            byte[] json = problem.toJson();
            if (json.length <= MAX_BYTES && problem.extensions().size() <= FEW) {
                ReceivedProblem again = ReceivedProblem.parse(json).orElseThrow();
                assertThat(again.ignored()).isEmpty();
                assertThat(again.problem().toJson()).isEqualTo(json);
            }
        });
    }
}
