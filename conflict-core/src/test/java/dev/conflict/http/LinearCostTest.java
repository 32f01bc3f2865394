package dev.conflict.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A field costs a multiple of its length, whatever it says: the characters that are read are counted, since times vary.
 *
 * <p>Each accepted coding suffix and each equivalent tag costs the length once more at worst. Their product never comes up
 * while they differ: a suffix is compared only where it fills the rest of a tag, whose start only one equivalent leaves.
 */
class LinearCostTest {
    private static final int PER_CHARACTER = 5;
    private static final int PER_REQUEST = 100;

    private static final CountingLoader LOADER = new CountingLoader();

    record Field(String what, String present, String unit, String start) {}

    private static final List<Field> FIELDS = List.of(
            new Field("tags", "\"a\"", "\"x\",", ""),
            new Field("empty tags", "\"\"", "\"\",", ""),
            new Field("weak tags", "\"x\"", "W/\"x\",", ""),
            new Field("weak tags of a weak one", "W/\"x\"", "W/\"x\",", ""),
            new Field("the present tag again and again", "\"xxxxxxxx\"", "\"xxxxxxxx\",", ""),
            new Field("nearly the present tag, too short", "\"xxxxxxxx\"", "\"xxxxxxx\",", ""),
            new Field("nearly the present tag, too long", "\"xxxxxxxx\"", "\"xxxxxxxxx\",", ""),
            new Field("nearly a present tag of 1000", tag(1000), tag(999) + ",", ""),
            new Field("nearly a present tag of 1000, then a fault", tag(1000), tag(999) + "\u007f,", ""),
            new Field("nearly the weak mark", "W/\"x\"", "W/", ""),
            new Field("commas", "\"a\"", ",", ""),
            new Field("spaces", "\"a\"", " ", ""),
            new Field("spaces and commas", "\"a\"", " \t,", ""),
            new Field("spaces after a tag", "\"a\"", " ", "\"a\""),
            new Field("spaces after a star", "\"a\"", " ", "*"),
            new Field("quotes", "\"a\"", "\"", ""),
            new Field("stars", "\"a\"", "*", ""),
            new Field("a tag that does not end", tag(100_000), "x", "\""),
            new Field("a weak tag that does not end", tag(100_000), "x", "W/\""),
            new Field("tags that do not end", "\"a\"", "\"a,", ""),
            new Field("backslashes", "\"\\\\\"", "\"\\\\\\\",", ""));

    private static String tag(int length) {
        return '"' + "x".repeat(length) + '"';
    }

    static Stream<Arguments> fields() {
        return FIELDS.stream()
                .flatMap(field -> Stream.of("PUT If-Match", "GET If-Match", "PUT If-None-Match", "GET If-None-Match")
                        .map(use -> arguments(field.what, use, field)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("fields")
    void fieldOfTagsIsReadAFewTimesAtMost(String what, String use, Field field) throws ReflectiveOperationException {
        String header = use.substring(use.indexOf(' ') + 1);
        for (int length : sizes()) {
            String value = value(field, length);
            String asked = "%s chars=99999 tags=99999\nETag: %s\n%s: %s"
                    .formatted(use.substring(0, use.indexOf(' ')), field.present, header, value);
            assertLinear(asked, value.length(), PER_CHARACTER);
        }
    }

    private static int[] sizes() {
        return new int[] {1 << 10, 2 << 10, 4 << 10, 8 << 10, 64 << 10};
    }

    private static String value(Field field, int length) {
        String units = field.unit.repeat(length / field.unit.length() + 1);
        return field.start + units.substring(0, length - field.start.length());
    }

    @Test
    void linesCostNoMoreThanOneLine() throws ReflectiveOperationException {
        for (int length : sizes()) {
            for (String line : List.of("\"x\"", "", ",", " ")) {
                String lines = ("\nIf-Match: " + line).repeat(length / (line.length() + 2));
                assertLinear("PUT chars=99999 tags=99999\nETag: \"a\"" + lines, length, PER_CHARACTER);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT If-Unmodified-Since", "GET If-Modified-Since", "GET If-Range"})
    void dateCostsNoMoreThanATag(String use) throws ReflectiveOperationException {
        String[] parts = use.split(" ", -1);
        for (int length : sizes()) {
            for (String unit : List.of(" ", "\t", "x", "Sunday, ", "Sun, 06 Nov 1994 08:49:37 GMT", "\"a\"", "W/")) {
                String value = unit.repeat(length / unit.length());
                String asked = parts[0] + " strong-date\nETag: \"a\"\nLast-Modified: 1994-11-06T08:49:37Z"
                        + "\nRange: bytes=0-1\n" + parts[1] + ": " + value;
                assertLinear(asked, length, PER_CHARACTER);
            }
        }
    }

    /** Every equivalent is the start of each tag, and every suffix fills the rest of one of them but for the last character. */
    @Test
    void suffixAndEquivalentCostTheLengthOnceMoreEach() throws ReflectiveOperationException {
        int count = 20;
        StringBuilder asked = new StringBuilder("PUT chars=99999 tags=99999");
        for (int i = 1; i <= count; i++) {
            asked.append(' ').append("-".repeat(i)).append(';');
        }
        asked.append("\nETag: \"\"");
        for (int i = 1; i <= count; i++) {
            asked.append("\nAlso: \"").append("-".repeat(i)).append('"');
        }
        String unit = '"' + "-".repeat(count + 1) + "\",";
        for (int length : sizes()) {
            String value = unit.repeat(length / unit.length());
            assertLinear(asked + "\nIf-Match: " + value, value.length(), PER_CHARACTER + count + count);
        }
    }

    /** Else a field would cost nothing because nobody counts. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"\"a\",", "W/\"x\",", ",", " "})
    void everyCharacterOfAFieldThatCanBeReadIsRead(String unit) throws ReflectiveOperationException {
        String value = unit.repeat(100);
        assertThat(LOADER.charactersRead("PUT\nETag: \"a\"\nIf-Match: " + value))
                .isGreaterThanOrEqualTo(value.length());
    }

    private void assertLinear(String asked, int length, int perCharacter) throws ReflectiveOperationException {
        long read = LOADER.charactersRead(asked);
        assertThat(read)
                .as("characters read of %d", length)
                .isLessThanOrEqualTo((long) perCharacter * length + PER_REQUEST);
    }
}
