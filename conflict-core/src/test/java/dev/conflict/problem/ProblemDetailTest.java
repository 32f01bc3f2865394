package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.conflict.JsonCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemDetailTest {
    private static final ProblemDetail FULL = ProblemDetail.builder(409)
            .extension("balance", 30)
            .instance(URI.create("/account/12345/msgs/abc"))
            .detail("Your balance is 30, but that costs 50.")
            .title("You do not have enough credit.")
            .type(URI.create("https://example.com/probs/out-of-credit"))
            .extension("accounts", List.of("/account/12345", "/account/67890"))
            .build();

    private static final String FULL_JSON = "{\"type\":\"https://example.com/probs/out-of-credit\","
            + "\"title\":\"You do not have enough credit.\",\"status\":409,"
            + "\"detail\":\"Your balance is 30, but that costs 50.\",\"instance\":\"/account/12345/msgs/abc\","
            + "\"balance\":30,\"accounts\":[\"/account/12345\",\"/account/67890\"]}";

    @Nested
    class Building {
        @Test
        void membersAreWrittenInTheOrderOfTheStandardThenAsAdded() {
            assertThat(new String(FULL.toJson(), StandardCharsets.UTF_8)).isEqualTo(FULL_JSON);
            assertThat(FULL.toMap().keySet())
                    .containsExactly("type", "title", "status", "detail", "instance", "balance", "accounts");
        }

        @Test
        void absentMembersAreLeftOut() {
            ProblemDetail bare = ProblemDetail.builder(404).build();
            assertThat(bare.toAsciiJson()).isEqualTo("{\"status\":404}");
            assertThat(bare.type()).isEqualTo("about:blank");
            assertThat(bare.title()).isEmpty();
            assertThat(bare.detail()).isEmpty();
            assertThat(bare.instance()).isEmpty();
            assertThat(bare.code()).isEmpty();
            assertThat(bare.status()).hasValue(404);
        }

        @Test
        void membersAreReadBackOneByOne() {
            assertThat(FULL.type()).isEqualTo("https://example.com/probs/out-of-credit");
            assertThat(FULL.title()).contains("You do not have enough credit.");
            assertThat(FULL.detail()).contains("Your balance is 30, but that costs 50.");
            assertThat(FULL.instance()).contains("/account/12345/msgs/abc");
            assertThat(FULL.text("balance")).isEmpty();
            assertThat(FULL.toBuilder().extension("code", "POOR").build().code())
                    .contains("POOR");
            assertThat(FULL.toBuilder().extension("code", 1).build().code()).isEmpty();
        }

        @Test
        void builderThatGoesOnLeavesWhatItBuiltAsItWas() {
            ProblemDetail.Builder builder = ProblemDetail.builder(409).extension("a", 1);
            ProblemDetail first = builder.build();
            ProblemDetail second = builder.extension("b", 2).build();
            ProblemDetail third = first.toBuilder().extension("a", 3).build();
            assertThat(first.extensions()).containsOnlyKeys("a").containsEntry("a", 1);
            assertThat(second.extensions()).containsOnlyKeys("a", "b");
            assertThat(third.extensions()).containsOnlyKeys("a").containsEntry("a", 3);
            assertThatThrownBy(() -> first.extensions().put("c", 4)).isInstanceOf(UnsupportedOperationException.class);
        }

        @Test
        void asciiFormHasNoOtherCharacter() {
            ProblemDetail problem =
                    ProblemDetail.builder(409).title("caf\u00E9 \u4F60").build();
            assertThat(problem.toAsciiJson()).isEqualTo("{\"title\":\"caf\\u00e9 \\u4f60\",\"status\":409}");
            assertThat(new String(problem.toJson(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"title\":\"caf\u00E9 \u4F60\",\"status\":409}");
        }

        /** A mapper that has written already. */
        private record Written(String json) implements JsonCodec {
            @Override
            public byte[] write(@Nullable Object value) {
                return json.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public <T> @Nullable T read(byte[] given, Class<T> type) {
                throw new UnsupportedOperationException();
            }
        }

        static Stream<Arguments> largeDocuments() {
            return Stream.of(
                    arguments("a long text", "\"" + "x".repeat(100_000) + "\""),
                    arguments(
                            "many members",
                            IntStream.range(0, 11_000)
                                    .mapToObj(i -> "\"m" + i + "\":" + i)
                                    .collect(Collectors.joining(",", "{", "}"))),
                    arguments(
                            "many items",
                            IntStream.range(0, 11_000)
                                    .mapToObj(Integer::toString)
                                    .collect(Collectors.joining(",", "[", "]"))),
                    arguments("a long number", "[" + "9".repeat(1001) + "]"),
                    arguments("63 levels", "[".repeat(63) + "]".repeat(63)));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("largeDocuments")
        void whatTheMapperWritesIsSentAsAWhole(String what, String json) {
            ProblemDetail problem = ProblemDetail.builder(409)
                    .extension("current", this, new Written(json))
                    .build();
            assertThat(problem.toAsciiJson()).isEqualTo("{\"status\":409,\"current\":" + json + "}");
        }

        @Test
        void whatTheMapperCannotWriteIsNull() {
            String deep = "[".repeat(64) + "]".repeat(64);
            for (String json : List.of("", "{", "1 2", "[1] x", deep)) {
                ProblemDetail problem = ProblemDetail.builder(409)
                        .extension("current", this, new Written(json))
                        .build();
                assertThat(problem.extensions()).containsEntry("current", null);
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ProblemDetail.builder(409).extension("title", 1, new Written("1")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"type", "title", "status", "detail", "instance"})
        void standardNamesAreNoExtensions(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ProblemDetail.builder(409).extension(name, "x"))
                    .withMessageContaining("\"" + name + "\"");
            assertThat(ProblemDetail.builder(409).has(name)).isTrue();
        }

        @Test
        void addedExtensionsAreKnown() {
            assertThat(FULL.toBuilder().has("balance")).isTrue();
            assertThat(FULL.toBuilder().has("code")).isFalse();
        }

        @ParameterizedTest
        @ValueSource(ints = {99, 600, 0, -1})
        void whatIsNoStatusIsRefused(int status) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ProblemDetail.builder(status))
                    .withMessageContaining("" + status);
        }

        @ParameterizedTest
        @ValueSource(ints = {100, 599})
        void everyStatusIsTaken(int status) {
            assertThat(ProblemDetail.builder(status).build().status()).hasValue(status);
        }

        @Test
        void problemDoesNotChangeWithWhatItWasMadeFrom() {
            List<String> list = new ArrayList<>(List.of("a"));
            ProblemDetail.Builder builder = ProblemDetail.builder(409).extension("list", list);
            ProblemDetail problem = builder.build();
            list.add("b");
            builder.extension("more", 1).title("later");
            assertThat(problem.toAsciiJson()).isEqualTo("{\"status\":409,\"list\":[\"a\"]}");
            assertThatThrownBy(() -> problem.extensions().clear()).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> problem.toMap().clear()).isInstanceOf(UnsupportedOperationException.class);
        }

        @Test
        void writingEndsOnWhateverWasGiven() {
            List<Object> twice = new ArrayList<>();
            twice.add(twice);
            twice.add(twice);
            ProblemDetail problem = ProblemDetail.builder(409)
                    .extension("circle", twice)
                    .extension("nan", Double.NaN)
                    .extension("object", new Object())
                    .extension("null", null)
                    .build();
            assertThat(problem.toJson()).hasSizeLessThan(100_000);
            assertThat(problem.extensions())
                    .containsEntry("nan", null)
                    .containsEntry("object", null)
                    .containsEntry("null", null);
        }

        private record Closed(int amount) {}

        @Test
        void recordsOfOtherPackagesAreDataThoughTheyArePrivate() {
            ProblemDetail problem = ProblemDetail.builder(409)
                    .detail("d")
                    .extension("own", new Closed(3))
                    .build();
            assertThat(problem.toAsciiJson()).isEqualTo("{\"status\":409,\"detail\":\"d\",\"own\":{\"amount\":3}}");
        }

        @Test
        void equalityIsThatOfAllMembers() {
            assertThat(FULL)
                    .isEqualTo(FULL.toBuilder().build())
                    .hasSameHashCodeAs(FULL.toBuilder().build());
            assertThat(FULL).isNotEqualTo(FULL.toBuilder().status(412).build()).isNotEqualTo("FULL");
            assertThat(FULL.hashCode())
                    .isNotEqualTo(FULL.toBuilder().title("x").build().hashCode());
        }

        @Test
        void textTellsNoValue() {
            assertThat(FULL)
                    .hasToString("ProblemDetail[https://example.com/probs/out-of-credit 409 /account/12345/msgs/abc]");
        }
    }

    @Nested
    class Parsing {
        @Test
        void writtenProblemsAreReadBack() {
            ProblemDetail read = parse(FULL_JSON).orElseThrow();
            assertThat(read.toAsciiJson()).isEqualTo(FULL_JSON);
            assertThat(read.type()).isEqualTo(FULL.type());
            assertThat(read.status()).isEqualTo(OptionalInt.of(409));
            assertThat(read.extensions()).containsEntry("balance", 30L);
        }

        @ParameterizedTest(name = "RFC 9457 §3.1: {0}")
        @ValueSource(
                strings = {
                    "{\"status\":\"409\"}",
                    "{\"status\":true}",
                    "{\"status\":null}",
                    "{\"status\":{}}",
                    "{\"status\":[409]}",
                    "{\"status\":409.5}",
                    "{\"status\":99}",
                    "{\"status\":600}",
                    "{\"status\":-409}",
                    "{\"status\":99999999999}",
                    "{\"status\":4294967705}",
                    "{\"status\":99999999999999999999999}",
                    "{\"status\":1e400}",
                    "{\"title\":1}",
                    "{\"title\":null}",
                    "{\"title\":{\"a\":1}}",
                    "{\"title\":[\"a\"]}",
                    "{\"title\":true}",
                    "{\"detail\":1}",
                    "{\"detail\":null}",
                    "{\"detail\":{}}",
                    "{\"detail\":[]}",
                    "{\"detail\":false}",
                    "{\"type\":42}",
                    "{\"type\":null}",
                    "{\"type\":{}}",
                    "{\"type\":[]}",
                    "{\"type\":\"http://a b\"}",
                    "{\"type\":\"%zz\"}",
                    "{\"instance\":1}",
                    "{\"instance\":null}",
                    "{\"instance\":{}}",
                    "{\"instance\":\":\"}",
                    "{\"instance\":\"a|b\"}"
                })
        void memberOfTheWrongTypeCountsAsAbsent(String json) {
            ProblemDetail problem = parse(json).orElseThrow();
            assertThat(problem.toMap()).isEmpty();
            assertThat(problem.type()).isEqualTo("about:blank");
            assertThat(problem.status()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {100, 409, 599})
        void statusIsReadFromTheWholeRange(int status) {
            assertThat(parse("{\"status\":" + status + "}").orElseThrow().status())
                    .hasValue(status);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "example-problem",
                    "/types/1",
                    "tag:a,2026:b",
                    "urn:x:a%20b",
                    "",
                    "#a",
                    "//h/p?q",
                    "http://\u00E9/"
                })
        void uriReferencesAreKeptAsTheyCame(String reference) {
            ProblemDetail problem = parse("{\"type\":\"" + reference + "\",\"instance\":\"" + reference + "\"}")
                    .orElseThrow();
            assertThat(problem.type()).isEqualTo(reference);
            assertThat(problem.instance()).contains(reference);
        }

        static Stream<Arguments> unreadable() {
            return Stream.of(
                    arguments("nothing", ""),
                    arguments("space", "  "),
                    arguments("array", "[]"),
                    arguments("text", "\"a\""),
                    arguments("number", "409"),
                    arguments("null", "null"),
                    arguments("HTML", "<html></html>"),
                    arguments("not ended", "{\"title\":\"a\""),
                    arguments("two", "{}{}"),
                    arguments("more", "{} x"),
                    arguments("comma at the end", "{\"a\":1,}"),
                    arguments("single quotes", "{'a':1}"),
                    arguments("NaN", "{\"a\":NaN}"),
                    arguments("leading zero", "{\"a\":007}"),
                    arguments("comment", "{}//"),
                    arguments("raw control character", "{\"a\":\"\n\"}"),
                    arguments("two marks", "\uFEFF\uFEFF{}"),
                    arguments("65 levels", "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}"),
                    arguments("larger than 64 KiB", "{\"a\":\"" + "x".repeat(64 * 1024 - 7) + "\"}"));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("unreadable")
        void whatIsNoObjectOrTooLargeIsNoProblem(String what, String json) {
            assertThat(parse(json)).isEmpty();
        }

        @Test
        void limitsAreInclusive() {
            String largest = "{\"a\":\"" + "x".repeat(64 * 1024 - 8) + "\"}";
            assertThat(largest).hasSize(64 * 1024);
            assertThat(parse(largest)).isPresent();
            assertThat(parse("{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}")).isPresent();
        }

        @Test
        void membersBeyond256AreLeftOutAndListedButARepeatedOneStillCounts() {
            String members =
                    IntStream.range(0, 300).mapToObj(i -> "\"m" + i + "\":" + i).collect(Collectors.joining(","));
            ProblemDetail problem = parse("{" + members + ",\"m0\":\"last\"}").orElseThrow();
            assertThat(problem.extensions())
                    .hasSize(256)
                    .containsEntry("m0", "last")
                    .containsKey("m255")
                    .doesNotContainKey("m256");
            byte[] body = ("{" + members + "}").getBytes(StandardCharsets.UTF_8);
            assertThat(ReceivedProblem.parse(body).orElseThrow().ignored())
                    .hasSize(44)
                    .startsWith("m256")
                    .endsWith("m299");
        }

        /** Whoever merges a part of a document and writes it back deletes the rest. */
        @ParameterizedTest(name = "{0} members: whole {1}")
        @CsvSource({"256, true", "257, false", "300, false"})
        void ofADocumentWithTooManyMembersNoPartIsRead(int count, boolean whole) {
            String members = IntStream.range(0, count)
                    .mapToObj(i -> "\"m" + i + "\":" + i)
                    .collect(Collectors.joining(","));
            for (String current : List.of("{" + members + "}", "{\"a\":[1,{" + members + "}],\"b\":1}")) {
                byte[] body = ("{\"current\":" + current + ",\"status\":409}").getBytes(StandardCharsets.UTF_8);
                ReceivedProblem received = ReceivedProblem.parse(body).orElseThrow();
                assertThat(received.problem().status()).hasValue(409);
                assertThat(received.problem().extensions().get("current") != null)
                        .isEqualTo(whole);
                assertThat(received.problem().toAsciiJson().contains("\"m255\""))
                        .isEqualTo(whole);
                assertThat(received.ignored()).isEqualTo(whole ? List.of() : List.of("current"));
            }
        }

        @Test
        void lastOfTwoMembersAlsoStandsOverOneThatIsTooLarge() {
            String huge = "[" + "9".repeat(1001) + "]";
            byte[] last = ("{\"a\":" + huge + ",\"a\":1}").getBytes(StandardCharsets.UTF_8);
            byte[] first = ("{\"a\":1,\"a\":" + huge + "}").getBytes(StandardCharsets.UTF_8);
            assertThat(ReceivedProblem.parse(last).orElseThrow().ignored()).isEmpty();
            assertThat(ReceivedProblem.parse(first).orElseThrow().ignored()).containsExactly("a");
            assertThat(ProblemDetail.parse(first).orElseThrow().extensions()).containsEntry("a", null);
        }

        @ParameterizedTest
        @CsvSource({"409, true", "99, false", "600, false", "18446744073709552025, false"})
        void statusOfAMapperThatReadsBigIntegersIsTaken(BigInteger status, boolean taken) {
            assertThat(ProblemDetail.fromMap(Map.of("status", status)).status().isPresent())
                    .isEqualTo(taken);
        }

        @Test
        void lastOfTwoMembersStands() {
            ProblemDetail problem = parse("{\"title\":\"a\",\"status\":409,\"title\":\"b\",\"status\":\"x\"}")
                    .orElseThrow();
            assertThat(problem.title()).contains("b");
            assertThat(problem.status()).isEmpty();
        }

        @Test
        void namesAreCaseSensitive() {
            ProblemDetail problem = parse("{\"Title\":\"a\",\"STATUS\":409}").orElseThrow();
            assertThat(problem.title()).isEmpty();
            assertThat(problem.extensions()).containsOnlyKeys("Title", "STATUS");
        }

        @Test
        void byteOrderMarkIsSkipped() {
            assertThat(parse("\uFEFF{\"title\":\"\u20AC\"}").orElseThrow().title())
                    .contains("\u20AC");
            assertThat(ProblemDetail.parse(new byte[] {(byte) 0xEF, (byte) 0xBB}))
                    .isEmpty();
            assertThat(ProblemDetail.parse(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}))
                    .isEmpty();
            assertThat(ProblemDetail.parse(new byte[] {'{', '}', ' '})).isPresent();
            assertThat(ProblemDetail.parse(new byte[] {(byte) 0xEF, 'a', 'b'})).isEmpty();
            assertThat(ProblemDetail.parse(new byte[] {(byte) 0xEF, (byte) 0xBB, '{', '}'}))
                    .isEmpty();
        }

        @Test
        void numbersKeepEveryDigit() {
            ProblemDetail problem = parse("{\"a\":0.1234567890123456789,\"b\":123456789012345678901234567890,"
                            + "\"c\":-9223372036854775808,\"d\":1e999999999,\"e\":1.50}")
                    .orElseThrow();
            assertThat(problem.extensions())
                    .containsEntry("a", new BigDecimal("0.1234567890123456789"))
                    .containsEntry("b", new BigInteger("123456789012345678901234567890"))
                    .containsEntry("c", Long.MIN_VALUE)
                    .containsEntry("d", new BigDecimal("1e999999999"))
                    .containsEntry("e", new BigDecimal("1.50"));
        }

        @Test
        void numberThatIsTooLongIsNullAndTheRestIsRead() {
            String thousand = "9".repeat(1000);
            ProblemDetail problem = parse("{\"status\":" + thousand + "9,\"a\":" + thousand + "9,\"b\":" + thousand
                            + ",\"c\":0." + thousand + ",\"title\":\"t\"}")
                    .orElseThrow();
            assertThat(problem.status()).isEmpty();
            assertThat(problem.title()).contains("t");
            assertThat(problem.extensions())
                    .containsEntry("a", null)
                    .containsEntry("b", new BigInteger(thousand))
                    .containsEntry("c", null);
        }

        @Test
        void everyKindOfExtensionIsKept() {
            ProblemDetail problem = parse(
                            "{\"a\":null,\"b\":true,\"c\":false,\"d\":[1,[],{\"x\":null}],\"e\":\"x\",\"properties\":{}}")
                    .orElseThrow();
            assertThat(problem.toAsciiJson())
                    .isEqualTo(
                            "{\"a\":null,\"b\":true,\"c\":false,\"d\":[1,[],{\"x\":null}],\"e\":\"x\",\"properties\":{}}");
        }

        @Test
        void onlyStrictUtf8IsRead() {
            String json = "{\"title\":\"a\"}";
            assertThat(ProblemDetail.parse(json.getBytes(StandardCharsets.UTF_16LE)))
                    .isEmpty();
            assertThat(ProblemDetail.parse(json.getBytes(StandardCharsets.UTF_16)))
                    .isEmpty();
            assertThat(ProblemDetail.parse(json.getBytes(StandardCharsets.UTF_16BE)))
                    .isEmpty();
            byte[] latin = "{\"title\":\"caf\u00E9\"}".getBytes(StandardCharsets.ISO_8859_1);
            assertThat(ProblemDetail.parse(latin)).isEmpty();
            byte[] overlong = json.getBytes(StandardCharsets.UTF_8);
            overlong = Arrays.copyOf(overlong, overlong.length + 1);
            System.arraycopy(new byte[] {(byte) 0xC1, (byte) 0xA1, '"', '}'}, 0, overlong, 10, 4); // "a" in two octets
            assertThat(ProblemDetail.parse(overlong)).isEmpty();
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3})
        void garbageNeverThrows(long seed) {
            Random random = new Random(seed);
            byte[] valid = FULL_JSON.getBytes(StandardCharsets.UTF_8);
            int read = 0;
            for (int i = 0; i < 4_000; i++) {
                byte[] bytes = valid.clone();
                for (int n = random.nextInt(4); n >= 0; n--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                if (random.nextInt(4) == 0) {
                    bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
                }
                if (random.nextInt(8) == 0) {
                    random.nextBytes(bytes);
                }
                Optional<ProblemDetail> problem = ProblemDetail.parse(bytes);
                if (problem.isPresent()) {
                    read++;
                    assertThat(ProblemDetail.parse(problem.get().toJson())).isEqualTo(problem);
                }
            }
            assertThat(read).as("how many were still problems").isBetween(100, 3_900);
        }

        private static Optional<ProblemDetail> parse(String json) {
            return ProblemDetail.parse(json.getBytes(StandardCharsets.UTF_8));
        }
    }
}
