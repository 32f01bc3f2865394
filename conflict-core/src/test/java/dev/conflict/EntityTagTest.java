package dev.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagTest {
    static Stream<Arguments> wellFormed() {
        return Stream.of(
                arguments("§8.8.3 example", "\"xyzzy\"", false, "xyzzy"),
                arguments("§8.8.3 example", "W/\"xyzzy\"", true, "xyzzy"),
                arguments("§8.8.3 example", "\"\"", false, ""),
                arguments("§8.8.3 *etagc", "W/\"\"", true, ""),
                arguments("§8.8.3 %x21", "\"!\"", false, "!"),
                arguments("§8.8.3 %x23", "\"#\"", false, "#"),
                arguments("§8.8.3 %x7E", "\"~\"", false, "~"),
                arguments("§8.8.3 obs-text", "\"\u0080\"", false, "\u0080"),
                arguments("§8.8.3 obs-text", "\"\u00FF\"", false, "\u00FF"),
                arguments("§8.8.3 note: a backslash is data", "\"a\\\"", false, "a\\"),
                arguments("§8.8.3 note: a backslash is data", "\"\\\\\"", false, "\\\\"),
                arguments("§8.8.3 a comma is etagc", "\"a,b\"", false, "a,b"),
                arguments("§8.8.3 a star is etagc", "\"*\"", false, "*"),
                arguments("§8.8.3 W/ inside is opaque", "\"W/\"", false, "W/"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("wellFormed")
    void wellFormedTagsAreReadAndWrittenBack(String section, String text, boolean weak, String opaque) {
        EntityTag tag = EntityTag.parse(text);
        assertThat(tag.isWeak()).isEqualTo(weak);
        assertThat(tag.opaque()).isEqualTo(opaque);
        assertThat(tag).hasToString(text);
        assertThat(tag).isEqualTo(weak ? EntityTag.weak(opaque) : EntityTag.strong(opaque));
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                arguments("§8.8.3 empty", "", 0),
                arguments("§8.8.3 token", "xyzzy", 0),
                arguments("§13.1.1 star is no tag", "*", 0),
                arguments("§8.8.3 %s\"W/\" is case-sensitive", "w/\"x\"", 0),
                arguments("§8.8.3 no slash", "W\"x\"", 0),
                arguments("§8.8.3 only W/", "W/", 2),
                arguments("§8.8.3 space after W/", "W/ \"x\"", 2),
                arguments("§8.8.3 bare word after W/", "W/x", 2),
                arguments("§8.8.3 W/ twice", "W/W/\"x\"", 2),
                arguments("§8.8.3 single quotes", "'x'", 0),
                arguments("§8.8.3 lone quote", "\"", 1),
                arguments("§8.8.3 not closed", "\"abc", 4),
                arguments("§8.8.3 not closed", "W/\"abc", 6),
                arguments("§8.8.3 not opened", "abc\"", 0),
                arguments("§8.8.3 space inside", "\"a b\"", 2),
                arguments("§8.8.3 tab inside", "\"a\tb\"", 2),
                arguments("§8.8.3 NUL", "\"\0\"", 1),
                arguments("§8.8.3 CTL", "\"\u001F\"", 1),
                arguments("§8.8.3 LF", "\"a\n\"", 2),
                arguments("§8.8.3 CR", "\"a\r\"", 2),
                arguments("§8.8.3 DEL", "\"\u007F\"", 1),
                arguments("§8.8.3 no octet", "\"\u0100\"", 1),
                arguments("§8.8.3 no octet", "\"\u20AC\"", 1),
                arguments("§8.8.3 quote inside", "\"a\"b\"", 3),
                arguments("§8.8.3 space around", " \"a\"", 0),
                arguments("§8.8.3 space around", "\"a\" ", 3),
                arguments("§8.8.3 a list", "\"a\",\"b\"", 3),
                arguments("§8.8.3 suffix outside", "\"a\"-gzip", 3));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("malformed")
    void malformedTagsAreRefusedWithTheIndex(String section, String text, int index) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntityTag.parse(text))
                .withMessageContaining("at index " + index + ":");
    }

    @Test
    void exactlyTheEtagcOfTheGrammarAreTagCharacters() {
        String etagc = IntStream.rangeClosed(0, 0x1FF)
                .filter(c -> EntityTag.isTagCharacter((char) c))
                .mapToObj(Integer::toHexString)
                .reduce("", (a, b) -> a + " " + b);
        String grammar = IntStream.concat(
                        IntStream.of(0x21),
                        IntStream.concat(IntStream.rangeClosed(0x23, 0x7E), IntStream.rangeClosed(0x80, 0xFF)))
                .mapToObj(Integer::toHexString)
                .reduce("", (a, b) -> a + " " + b);
        assertThat(etagc).isEqualTo(grammar);
    }

    @Test
    void partsThatMayNotStandInATagAreRefusedWithTheIndex() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntityTag.strong("ab\"c"))
                .withMessageContaining("index 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntityTag.weak(" "))
                .withMessageContaining("index 0");
    }

    @ParameterizedTest(name = "§8.8.3.2: {0} and {1}")
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                // the table of RFC 9110 §8.8.3.2
                "W/\"1\", W/\"1\", false, true",
                "W/\"1\", W/\"2\", false, false",
                "W/\"1\", \"1\",   false, true",
                "\"1\",   \"1\",   true,  true",
                // and its neighbours
                "\"1\",   \"2\",   false, false",
                "\"1\",   \"10\",  false, false",
                "W/\"1\", \"10\",  false, false",
                "\"W/\",  W/\"\",  false, false",
                "\"a\",   \"A\",   false, false",
                "\"\",    \"\",    true,  true",
                "\"\",    W/\"\",  false, true"
            })
    void tagsCompareStronglyAndWeakly(String one, String other, boolean strongly, boolean weakly) {
        EntityTag left = EntityTag.parse(one);
        EntityTag right = EntityTag.parse(other);
        assertThat(left.matchesStrongly(right)).isEqualTo(strongly);
        assertThat(right.matchesStrongly(left)).isEqualTo(strongly);
        assertThat(left.matchesWeakly(right)).isEqualTo(weakly);
        assertThat(right.matchesWeakly(left)).isEqualTo(weakly);
    }

    @Test
    void equalityIsThatOfTheWrittenTag() {
        assertThat(EntityTag.strong("a"))
                .isEqualTo(EntityTag.parse("\"a\""))
                .hasSameHashCodeAs(EntityTag.parse("\"a\""));
        assertThat(EntityTag.strong("a")).isNotEqualTo(EntityTag.weak("a")).isNotEqualTo("\"a\"");
        assertThat(EntityTag.strong("a").hashCode())
                .isNotEqualTo(EntityTag.strong("b").hashCode());
    }

    static Stream<Arguments> revisions() {
        return Stream.of(
                arguments(Revision.of(7), "\"1-7\""),
                arguments(Revision.of(-7), "\"1--7\""),
                arguments(Revision.of(""), "\"1-\""),
                arguments(Revision.of("AZaz09-._~"), "\"1-AZaz09%2D._~\""),
                arguments(Revision.of("@[`{/:"), "\"1-%40%5B%60%7B%2F%3A\""),
                arguments(Revision.of("a b\"c,d\\e"), "\"1-a%20b%22c%2Cd%5Ce\""),
                arguments(Revision.of("%41"), "\"1-%2541\""),
                arguments(Revision.of("\u00E9\u20AC"), "\"1-%C3%A9%E2%82%AC\""),
                arguments(Revision.of("\n\0\u007F"), "\"1-%0A%00%7F\""),
                arguments(
                        Revision.of(UUID.fromString("123e4567-e89b-42d3-a456-426614174000")),
                        "\"1-123e4567-e89b-42d3-a456-426614174000\""));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @MethodSource("revisions")
    void tagsOfRevisionsAreStrongStableAndParseBack(Revision revision, String text) {
        EntityTag tag = EntityTag.from(revision);
        assertThat(tag).hasToString(text).isEqualTo(EntityTag.parse(text));
        assertThat(tag.isWeak()).isFalse();
    }

    /** Two changes in one tick would bear one tag, and If-Match would let the second overwrite the first. */
    @Test
    void tagOfAMomentIsWeak() {
        EntityTag tag = EntityTag.from(Revision.of(Instant.parse("2026-11-23T10:00:00Z")));
        assertThat(tag).hasToString("W/\"1-2026-11-23T10%3A00%3A00Z\"");
        assertThat(tag.matchesStrongly(tag)).isFalse();
    }

    /** Servers that compress put endings to tags; a tag that has one by itself could not be told from those. */
    @ParameterizedTest
    @ValueSource(strings = {"a-gzip", "a--gzip", "-gzip", "a;gzip", "a:br"})
    void tagOfATextNeverLooksCoded(String text) {
        assertThat(EntityTag.from(Revision.of(text)).opaque().substring(2)).doesNotContain("-", ";", ":");
        assertThat(EntityTag.strong("a").variant(text).opaque()).doesNotContain("-", ";", ":");
    }

    @Test
    void halvesOfPairsAreTextsOfTheirOwn() {
        assertThat(List.of(
                        EntityTag.from(Revision.of("\uD800")),
                        EntityTag.from(Revision.of("\uDBFF")),
                        EntityTag.from(Revision.of("\uDC00")),
                        EntityTag.from(Revision.of("\uDFFF")),
                        EntityTag.from(Revision.of("?")),
                        EntityTag.from(Revision.of("\uD83D\uDE00"))))
                .doesNotHaveDuplicates();
        assertThat(EntityTag.from(Revision.of("\uD83D\uDE00"))).hasToString("\"1-%F0%9F%98%80\"");
        assertThat(EntityTag.from(Revision.of("a\uD800\uD83D\uDE00"))).hasToString("\"1-a%ED%A0%80%F0%9F%98%80\"");
        assertThat(EntityTag.digest("\uD800")).isNotEqualTo(EntityTag.digest("\uDBFF"));
    }

    @Test
    void incarnationsTellResourcesOfOneIdentifierApart() {
        Revision first = Revision.of(Instant.parse("2026-11-23T10:00:00Z"));
        assertThat(EntityTag.from(Revision.of(7), first)).hasToString("\"1-7@2026-11-23T10%3A00%3A00Z\"");
        assertThat(EntityTag.from(Revision.of("7@1"), Revision.of("2")))
                .isNotEqualTo(EntityTag.from(Revision.of("7"), Revision.of("1@2")));
        assertThat(EntityTag.from(first, Revision.of(1)).isWeak()).isTrue();
    }

    @Test
    void variantsHaveTagsOfTheirOwn() {
        EntityTag tag = EntityTag.from(Revision.of(7));
        assertThat(tag.variant("application/xml", "de")).hasToString("\"1-7+application%2Fxml+de\"");
        assertThat(tag.variant("a+b")).isNotEqualTo(tag.variant("a", "b"));
        assertThat(tag.variant("")).hasToString("\"1-7+\"").isNotEqualTo(tag);
        assertThat(EntityTag.weak("x").variant("xml")).hasToString("W/\"x+xml\"");
        assertThatIllegalArgumentException().isThrownBy(tag::variant).withMessageContaining("media type");
    }

    @Test
    void aggregateChangesWithItsParts() {
        EntityTag a = EntityTag.strong("a");
        EntityTag b = EntityTag.strong("b");
        EntityTag both = EntityTag.aggregate(List.of(a, b));
        assertThat(both.isWeak()).isFalse();
        assertThat(both).isEqualTo(EntityTag.digest("\"a\"", "\"b\""));
        assertThat(List.of(
                        EntityTag.aggregate(List.of(b, a)),
                        EntityTag.aggregate(List.of(a)),
                        EntityTag.aggregate(List.of()),
                        EntityTag.aggregate(List.of(a, b, b)),
                        EntityTag.aggregate(List.of(a, EntityTag.weak("b")))))
                .doesNotHaveDuplicates()
                .doesNotContain(both);
        assertThat(EntityTag.aggregate(List.of(a, EntityTag.weak("b"))).isWeak())
                .isTrue();
        assertThat(EntityTag.aggregate(List.of()).isWeak()).isFalse();
    }

    @Test
    void everyCharacterOfARevisionGivesAValidTag() {
        assertThat(IntStream.rangeClosed(0, 0xFFFF).filter(c -> {
                    EntityTag tag = EntityTag.from(Revision.of(String.valueOf((char) c)));
                    return !EntityTag.parse(tag.toString()).equals(tag);
                }))
                .isEmpty();
    }

    @Test
    void digestsAreTheSameForEver() {
        assertThat(EntityTag.digest("documents", "42", "7")).hasToString("\"1-b2b5693ca2246f2f5ed741fa1e19688b\"");
        assertThat(EntityTag.digest()).hasToString("\"1-e3b0c44298fc1c149afbf4c8996fb924\"");
        assertThat(EntityTag.digest("x".repeat(0x10203))).hasToString("\"1-345fc6fa1be764ccae160bff86d62f6a\"");
        assertThat(EntityTag.digest("")).hasToString("\"1-df3f619804a92fdb4057192dc43dd748\"");
    }

    @Test
    void digestsTellPartsAndTheirOrderApart() {
        assertThat(Stream.of(
                        EntityTag.digest("ab", "c"),
                        EntityTag.digest("a", "bc"),
                        EntityTag.digest("abc"),
                        EntityTag.digest("c", "ab"),
                        EntityTag.digest("ab", "c", ""),
                        EntityTag.digest("x".repeat(256)),
                        EntityTag.digest("x".repeat(257))))
                .doesNotHaveDuplicates();
        assertThat(EntityTag.digest("ab", "c")).isEqualTo(EntityTag.digest("ab", "c"));
    }

    @Test
    void contentTagsAreTheContentsSha256() throws NoSuchAlgorithmException {
        // printf 'hello' | sha256sum
        EntityTag hello = EntityTag.parse("\"1-2cf24dba5fb0a30e26e83b2ac5b9e29e\"");
        assertThat(EntityTag.ofContent("hello".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(hello);
        assertThat(EntityTag.ofContent(new byte[0])).hasToString("\"1-e3b0c44298fc1c149afbf4c8996fb924\"");

        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update("hel".getBytes(StandardCharsets.UTF_8));
        sha256.update("lo".getBytes(StandardCharsets.UTF_8));
        assertThat(EntityTag.ofContent(sha256)).isEqualTo(hello);
    }

    @Test
    void serializationKeepsTheTag() {
        EntityTag copy = Serialized.copyOf(EntityTag.weak("a"));
        assertThat(copy).isEqualTo(EntityTag.weak("a"));
        assertThat(copy.isWeak()).isTrue();
    }
}
