package dev.conflict.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.EntityTag;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    /**
     * The grammar of RFC 9110 as it is written there, slow and apart from the parser: §13.1.1 {@code "*" / #entity-tag},
     * §5.6.1.2 lists as recipients read them, §8.8.3 entity-tag, §5.3 lines joined by a comma.
     */
    private static final class Grammar {
        private static final String TAG = "(W/)?(\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\")";
        private static final Pattern LIST =
                Pattern.compile("[ \\t]*(" + TAG + ")?([ \\t]*,[ \\t]*(" + TAG + ")?)*[ \\t]*");
        private static final Pattern ONE = Pattern.compile(TAG);
        private static final Pattern ANY = Pattern.compile("[ \\t]*\\*[ \\t]*");

        static String find(List<String> lines, @Nullable EntityTag current, boolean weakly) {
            if (lines.isEmpty()) {
                return "ABSENT";
            }
            String joined = joined(lines);
            if (ANY.matcher(joined).matches()) {
                return "ANY";
            }
            if (!LIST.matcher(joined).matches()) {
                return "MALFORMED";
            }
            Matcher tags = ONE.matcher(joined);
            while (tags.find()) {
                if (current != null && compare(tags, current, weakly)) {
                    return "MATCH";
                }
            }
            return "NO_MATCH";
        }

        private static boolean compare(Matcher tag, EntityTag current, boolean weakly) {
            boolean sameOpaque = tag.group(2).equals('"' + current.opaque() + '"');
            return sameOpaque && (weakly || (tag.group(1) == null && !current.isWeak()));
        }
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
            String expected = Grammar.find(lines, current, weakly);
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
            if (Grammar.ANY.matcher(lines.get(0)).matches()) {
                continue; // what is wrong is that there is a second line, not the comma that joins them
            }
            try {
                TagList.find(
                        Collections.enumeration(lines),
                        "If-Match",
                        Preconditions.optional(),
                        Validators.untagged(),
                        true,
                        true);
            } catch (TagList.Fault fault) {
                Verdict.Malformed malformed = (Verdict.Malformed) fault.verdict;
                String joined = joined(lines);
                assertThat(malformed.position()).as("%s", lines).isBetween(0, joined.length());
                assertThat(mendable(joined.substring(0, malformed.position())))
                        .as("what stands before %s in %s", malformed, lines)
                        .isTrue();
                faults++;
            }
        }
        assertThat(faults).isGreaterThan(1_000);
    }

    /** Whether some tail makes a field of it. */
    private static boolean mendable(String head) {
        for (String tail : new String[] {"", "\"", "\"\"", "/\"\""}) {
            if (Grammar.LIST.matcher(head + tail).matches()
                    || Grammar.ANY.matcher(head + tail).matches()) {
                return true;
            }
        }
        return false;
    }

    private static String joined(List<String> lines) {
        return String.join(", ", lines);
    }

    private static String find(List<String> lines, @Nullable EntityTag current, boolean weakly) {
        if (lines.isEmpty()) {
            return "ABSENT";
        }
        Validators validators = current == null ? Validators.untagged() : Validators.of(current);
        try {
            return TagList.find(
                            Collections.enumeration(lines),
                            "If-Match",
                            Preconditions.optional(),
                            validators,
                            !weakly,
                            !weakly)
                    .name();
        } catch (TagList.Fault fault) {
            return fault.verdict instanceof Verdict.Malformed ? "MALFORMED" : "TOO_LARGE";
        }
    }
}
