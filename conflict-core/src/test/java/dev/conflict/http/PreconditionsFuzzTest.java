package dev.conflict.http;

import static dev.conflict.http.Preconditions.IF_MATCH;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Evaluates whole requests, and compares with {@link Reference}. An input is what {@link Asked} reads, in UTF-8. */
class PreconditionsFuzzTest {
    @FuzzTest
    void requestsAreEvaluatedInTheOrderOfTheRfc(byte[] input) {
        Asked asked = new Asked(new String(input, StandardCharsets.UTF_8));

        Verdict verdict = asked.evaluate();

        assertThat(Reference.verdicts(asked)).contains(Reference.comparable(verdict));
        if (asked.has(IF_MATCH)
                && !Grammar.isWellFormed(asked.lines(IF_MATCH))
                && !Set.of("OPTIONS", "TRACE", "CONNECT").contains(asked.method)) {
            assertThat(verdict).isInstanceOfAny(Verdict.Malformed.class, Verdict.TooLarge.class);
        }
    }
}
