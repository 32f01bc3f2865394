package dev.conflict.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.EntityTag;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagListTest {
    private static final String[] PARTS = {
        "\"a\"",
        "\"a\"",
        "W/\"a\"",
        "\"b\"",
        "\"\"",
        "\"a,b\"",
        "\"\\\"",
        "\"\u00e9\"",
        ",",
        ",",
        ",",
        ", ",
        " ",
        "\t",
        "*",
        "W/",
        "w/",
        "\"",
        "a",
        "\u007f",
        "\0",
        "\"a",
        "a\"",
        ";",
        "\u0100"
    };

    private static String expected(List<String> lines, @Nullable EntityTag current, boolean weakly) {
        if (lines.isEmpty()) {
            return "ABSENT";
        }
        if (Grammar.isAny(lines)) {
            return "ANY";
        }
        if (!Grammar.isList(lines)) {
            return "MALFORMED";
        }
        boolean match = current != null
                && Grammar.tags(lines).stream()
                        .filter(stated -> stated.opaque().equals(current.opaque()))
                        .anyMatch(stated -> weakly || (!stated.weak() && !current.isWeak()));
        return match ? "MATCH" : "NO_MATCH";
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void listsSayWhatTheGrammarSays(long seed) {
        Random random = new Random(seed);
        EntityTag[] currents = {
            EntityTag.strong("a"),
            EntityTag.weak("a"),
            EntityTag.strong(""),
            EntityTag.strong("a,b"),
            EntityTag.strong("\\"),
            null
        };
        int[] seen = new int[5];
        for (int i = 0; i < 15_000; i++) {
            List<String> lines = lines(random);
            EntityTag current = currents[random.nextInt(currents.length)];
            boolean weakly = random.nextBoolean();
            String expected = expected(lines, current, weakly);
            assertThat(find(lines, current, weakly))
                    .as("%s against %s, %s", lines, current, weakly ? "weakly" : "strongly")
                    .isEqualTo(expected);
            seen[List.of("ABSENT", "ANY", "MATCH", "NO_MATCH", "MALFORMED").indexOf(expected)]++;
        }
        assertThat(seen).as("how often each outcome came up").doesNotContain(0);
    }

    private static List<String> lines(Random random) {
        String[] lines = new String[random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(5) / 3];
        boolean wellFormed = random.nextBoolean();
        for (int i = 0; i < lines.length; i++) {
            lines[i] = wellFormed ? list(random) : noise(random);
        }
        return List.of(lines);
    }

    private static String list(Random random) {
        StringJoiner list = new StringJoiner(random.nextBoolean() ? "," : " ,\t");
        for (int n = random.nextInt(4); n >= 0; n--) {
            list.add(PARTS[random.nextInt(8)]);
        }
        return list.toString();
    }

    private static String noise(Random random) {
        StringBuilder noise = new StringBuilder();
        for (int n = random.nextInt(5); n >= 0; n--) {
            noise.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return noise.toString();
    }

    @Test
    void positionOfAFaultIsTheFirstCharacterThatNoTailCanMend() {
        Random random = new Random(5);
        int faults = 0;
        for (int i = 0; i < 5_000; i++) {
            List<String> lines = List.of(noise(random), noise(random));
            if (Grammar.isAny(lines.subList(0, 1))) {
                continue; // what is wrong is that there is a second line, not the comma that joins them
            }
            try {
                Preconditions.optional().strongly(Collections.enumeration(lines), "PUT", Validators.untagged());
            } catch (TagList.Fault fault) {
                Verdict.Malformed malformed = (Verdict.Malformed) fault.verdict;
                String joined = Grammar.joined(lines);
                assertThat(malformed.position()).as("%s", lines).isBetween(0, joined.length());
                assertThat(Grammar.isMendable(joined.substring(0, malformed.position())))
                        .as("what stands before %s in %s", malformed, lines)
                        .isTrue();
                faults++;
            }
        }
        assertThat(faults).isGreaterThan(1_000);
    }

    private static String find(List<String> lines, @Nullable EntityTag current, boolean weakly) {
        if (lines.isEmpty()) {
            return "ABSENT";
        }
        Validators validators = current == null ? Validators.untagged() : Validators.of(current);
        try {
            Preconditions rules = Preconditions.optional();
            Enumeration<String> read = Collections.enumeration(lines);
            return (weakly ? rules.weakly(read, "If-Match", validators) : rules.strongly(read, "PUT", validators))
                    .name();
        } catch (TagList.Fault fault) {
            return fault.verdict instanceof Verdict.Malformed ? "MALFORMED" : "TOO_LARGE";
        }
    }
}
