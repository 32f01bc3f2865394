package dev.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads texts as entity tags, and compares the parser with the grammar. An input is text in UTF-8, a tag a line. */
class EntityTagFuzzTest {
    /** RFC 9110 §8.8.3 as it is written there. */
    private static final Pattern GRAMMAR = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"");

    @FuzzTest
    void tagsAreReadAsTheGrammarHasThem(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        readsWhatTheGrammarHas(text);

        List<EntityTag> tags = Arrays.stream(text.split("\n", 3))
                .map(EntityTagFuzzTest::readsWhatTheGrammarHas)
                .flatMap(Optional::stream)
                .toList();
        for (EntityTag one : tags) {
            for (EntityTag other : tags) {
                compareAsTheirTextsDo(one, other);
            }
        }
    }

    private static Optional<EntityTag> readsWhatTheGrammarHas(String text) {
        Matcher grammar = GRAMMAR.matcher(text);
        EntityTag tag;
        try {
            tag = EntityTag.parse(text);
        } catch (IllegalArgumentException malformed) {
            assertThat(grammar.matches()).as(text).isFalse();
            assertThat(malformed).hasMessageMatching("Not an entity tag, at index \\d+: .+");
            return Optional.empty();
        }
        assertThat(grammar.matches()).as(text).isTrue();
        assertThat(tag).hasToString(text);
        assertThat(tag.isWeak()).as(text).isEqualTo(grammar.group(1) != null);
        assertThat(tag.opaque()).isEqualTo(grammar.group(2));
        assertThat(tag.isWeak() ? EntityTag.weak(tag.opaque()) : EntityTag.strong(tag.opaque()))
                .isEqualTo(tag);
        return Optional.of(tag);
    }

    private static void compareAsTheirTextsDo(EntityTag one, EntityTag other) {
        boolean same = one.opaque().equals(other.opaque());
        assertThat(one.matchesWeakly(other)).as("%s and %s", one, other).isEqualTo(same);
        assertThat(one.matchesStrongly(other))
                .as("%s and %s", one, other)
                .isEqualTo(same && !one.isWeak() && !other.isWeak());
        assertThat(one.equals(other))
                .as("%s and %s", one, other)
                .isEqualTo(one.toString().equals(other.toString()));
    }
}
