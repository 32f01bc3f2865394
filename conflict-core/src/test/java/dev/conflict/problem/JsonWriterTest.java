package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonWriterTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("plain", "aZ09 ~!", "aZ09 ~!", "aZ09 ~!"),
                arguments("empty", "", "", ""),
                arguments("quote and backslash", "\"\\", "\\\"\\\\", "\\\"\\\\"),
                arguments("line ends and tab", "\n\r\t", "\\n\\r\\t", "\\n\\r\\t"),
                arguments(
                        "controls",
                        "\0\b\f\u001f\u007f",
                        "\\u0000\\u0008\\u000c\\u001f\\u007f",
                        "\\u0000\\u0008\\u000c\\u001f\\u007f"),
                arguments("markup", "</script>&", "\\u003c/script\\u003e\\u0026", "\\u003c/script\\u003e\\u0026"),
                arguments("line ends of older scripts", "\u2028\u2029", "\\u2028\\u2029", "\\u2028\\u2029"),
                arguments("their neighbours", "\u2027\u202A", "\u2027\u202A", "\\u2027\\u202a"),
                arguments("two octets", "\u0080\u07FF", "\u0080\u07FF", "\\u0080\\u07ff"),
                arguments(
                        "three octets",
                        "\u0800\uD7FF\uE000\uFFFF",
                        "\u0800\uD7FF\uE000\uFFFF",
                        "\\u0800\\ud7ff\\ue000\\uffff"),
                arguments(
                        "four octets",
                        "\uD800\uDC00\uD83D\uDE00\uDBFF\uDFFF",
                        "\uD800\uDC00\uD83D\uDE00\uDBFF\uDFFF",
                        "\\ud800\\udc00\\ud83d\\ude00\\udbff\\udfff"),
                arguments("high surrogate at the end", "a\uD83D", "a\uFFFD", "a\\ufffd"),
                arguments("high surrogate before a letter", "\uD83Da", "\uFFFDa", "\\ufffda"),
                arguments("low surrogate", "\uDE00a", "\uFFFDa", "\\ufffda"),
                arguments("low surrogate after a letter", "a\uDE00", "a\uFFFD", "a\\ufffd"),
                arguments("surrogates the wrong way round", "\uDE00\uD83D", "\uFFFD\uFFFD", "\\ufffd\\ufffd"),
                arguments(
                        "high surrogate before a pair",
                        "\uD83D\uD83D\uDE00",
                        "\uFFFD\uD83D\uDE00",
                        "\\ufffd\\ud83d\\ude00"),
                arguments(
                        "low surrogate after a pair",
                        "\uD83D\uDE00\uDE00",
                        "\uD83D\uDE00\uFFFD",
                        "\\ud83d\\ude00\\ufffd"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void textIsEscaped(String what, String text, String utf8, String ascii) throws IOException {
        assertThat(write(false, text)).isEqualTo("{\"a\":\"" + utf8 + "\"}");
        assertThat(write(true, text)).isEqualTo("{\"a\":\"" + ascii + "\"}");
        assertThat(JACKSON.readTree(write(true, text)).get("a").textValue()).isEqualTo(wellFormed(text));
    }

    private static String wellFormed(String text) {
        return text.codePoints()
                .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments(true, "true"),
                arguments(false, "false"),
                arguments((byte) 1, "1"),
                arguments((short) -1, "-1"),
                arguments(1, "1"),
                arguments(Long.MIN_VALUE, "-9223372036854775808"),
                arguments(1.5, "1.5"),
                arguments(1.5f, "1.5"),
                arguments(Double.NaN, "null"),
                arguments(Double.POSITIVE_INFINITY, "null"),
                arguments(Float.NEGATIVE_INFINITY, "null"),
                arguments(new BigInteger("123456789012345678901234567890"), "123456789012345678901234567890"),
                arguments(new BigDecimal("0.1234567890123456789"), "0.1234567890123456789"),
                arguments(new BigDecimal("1E+3"), "1E+3"),
                arguments(null, "null"),
                arguments(new Object(), "null"),
                arguments(List.of(), "[]"),
                arguments(Arrays.asList(1, null, "a"), "[1,null,\"a\"]"),
                arguments(Map.of(), "{}"),
                arguments(List.of(List.of(1), Map.of("b", 2)), "[[1],{\"b\":2}]"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatJsonCannotSayIsNull(@Nullable Object value, String json) {
        assertThat(write(false, value)).isEqualTo("{\"a\":" + json + "}");
    }

    @Test
    void membersAndItemsKeepTheirOrder() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("z", 1);
        members.put("a\"", List.of(3, 2));
        members.put("m", true);
        JsonWriter writer = new JsonWriter(false, 0);
        writer.object(members);
        assertThat(new String(writer.toByteArray(), StandardCharsets.UTF_8))
                .isEqualTo("{\"z\":1,\"a\\\"\":[3,2],\"m\":true}");
    }

    /** Then the bytes are made in place, and neither grown nor copied. */
    @Test
    void lengthOfPlainMembersIsKnownBefore() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("text", "plain");
        members.put("tag", "W/\"1-7\"");
        members.put("int", -10);
        members.put("long", Long.MIN_VALUE);
        members.put("largest", Long.MAX_VALUE);
        members.put("zero", 0L);
        members.put("yes", true);
        members.put("no", false);
        members.put("none", null);
        int expected = 1;
        for (Map.Entry<String, @Nullable Object> member : members.entrySet()) {
            expected += JsonWriter.expectedBytes(member.getKey(), member.getValue());
        }
        JsonWriter writer = new JsonWriter(false, expected);
        writer.object(members);
        byte[] json = writer.toByteArray();
        assertThat(json).hasSize(expected);
        assertThat(writer.toByteArray()).isSameAs(json);
    }

    @Test
    void depthEndsAtSeventyLevels() throws IOException {
        List<Object> list = new ArrayList<>();
        list.add(list);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a", map);
        assertThat(write(false, list)).isEqualTo("{\"a\":" + "[".repeat(69) + "null" + "]".repeat(69) + "}");
        assertThat(write(false, map)).isEqualTo("{\"a\":".repeat(70) + "null" + "}".repeat(70));
        assertThat(JACKSON.readTree(write(false, map)).isObject()).isTrue();
    }

    @Test
    void bufferGrowsAsItMust() throws IOException {
        for (int length = 740; length < 800; length++) {
            String text = "x".repeat(length);
            assertThat(JACKSON.readTree(write(false, text)).get("a").textValue())
                    .isEqualTo(text);
        }
        String long10k = "\u20AC".repeat(10_000);
        assertThat(JACKSON.readTree(write(false, long10k)).get("a").textValue()).isEqualTo(long10k);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void everythingWrittenIsJson(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put(text(random), value(random, 4));
            String last = text(random);
            members.put("last", last);
            for (boolean asciiOnly : new boolean[] {false, true}) {
                JsonWriter writer = new JsonWriter(asciiOnly, 0);
                writer.object(members);
                byte[] json = writer.toByteArray();
                JsonNode read = JACKSON.readTree(json);
                assertThat(read.get("last").textValue()).isEqualTo(wellFormed(last));
                assertThat(new String(json, StandardCharsets.UTF_8).codePoints().anyMatch(c -> asciiOnly && c > 0x7E))
                        .isFalse();
            }
        }
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> text(random);
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2 -> random.nextLong();
            case 3 -> null;
            case 4 -> Arrays.asList(value(random, depth - 1), value(random, depth - 1));
            default -> Collections.singletonMap(text(random), value(random, depth - 1));
        };
    }

    private static String text(Random random) {
        char[] text = new char[random.nextInt(12)];
        for (int i = 0; i < text.length; i++) {
            int range = random.nextInt(4);
            text[i] = (char)
                    (range == 0
                            ? random.nextInt(0x80)
                            : range == 1 ? 0xD7F0 + random.nextInt(0x820) : random.nextInt(0x10000));
        }
        return new String(text);
    }

    private static String write(boolean asciiOnly, @Nullable Object value) {
        JsonWriter writer = new JsonWriter(asciiOnly, 0);
        writer.object(Collections.singletonMap("a", value));
        return new String(writer.toByteArray(), StandardCharsets.UTF_8);
    }
}
