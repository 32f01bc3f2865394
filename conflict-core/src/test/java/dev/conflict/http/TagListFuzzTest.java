package dev.conflict.http;

import static dev.conflict.http.Preconditions.IF_MATCH;
import static dev.conflict.http.Preconditions.IF_NONE_MATCH;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one to three lines as If-Match and as If-None-Match, in reads and in writes, under strict rules and under each
 * relaxed one, and compares with {@link Reference}.
 *
 * <p>An input is text in UTF-8: the present tag, an equivalent tag, and the lines, a line each; one that is no tag is none.
 */
class TagListFuzzTest {
    private static final List<String> RULES = List.of(
            "", " absent", " weakened", " -gzip ;br", " weakened -gzip --gzip", " required no-any", " chars=12 tags=2");

    @FuzzTest
    void listsAreReadAsTheGrammarHasThem(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 5);
        if (lines.length < 3) {
            return;
        }
        List<String> values = Arrays.asList(lines).subList(2, lines.length);
        for (String header : List.of(IF_MATCH, IF_NONE_MATCH)) {
            for (String method : List.of("GET", "PUT")) {
                for (String rules : RULES) {
                    StringBuilder request = new StringBuilder(method).append(rules);
                    request.append("\nETag: ")
                            .append(lines[0])
                            .append("\nAlso: ")
                            .append(lines[1]);
                    values.forEach(value ->
                            request.append('\n').append(header).append(": ").append(value));
                    check(new Asked(request.toString()), header);
                }
            }
        }
    }

    private static void check(Asked asked, String header) {
        Verdict verdict = asked.evaluate();
        assertThat(Reference.verdicts(asked)).contains(Reference.comparable(verdict));

        boolean wellFormed = Grammar.isWellFormed(asked.lines(header));
        if (!wellFormed && (header.equals(IF_MATCH) || asked.method.equals("PUT"))) {
            assertThat(verdict).isNotInstanceOfAny(Verdict.Proceed.class, Verdict.NotModified.class);
        }
        if (verdict instanceof Verdict.Malformed malformed) {
            assertThat(wellFormed).isFalse();
            String joined = Grammar.joined(asked.lines(header));
            assertThat(malformed.position()).isBetween(0, joined.length());
            assertThat(Grammar.isMendable(joined.substring(0, malformed.position())))
                    .isTrue();
        }
    }
}
