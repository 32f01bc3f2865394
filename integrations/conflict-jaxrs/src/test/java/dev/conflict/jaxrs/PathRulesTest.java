package dev.conflict.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.http.Preconditions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathRulesTest {
    private static final Preconditions LONG = Preconditions.required().refusingAny();
    private static final Preconditions SHORT = Preconditions.optional();
    private static final Preconditions EXACT = Preconditions.optional().refusingAny();

    @ParameterizedTest
    @CsvSource({
        "things, SHORT",
        "/things, SHORT",
        "/things/1, SHORT",
        "/things/old/1, LONG",
        "/things/old/2, EXACT",
        "/thingsold, NONE",
        "/things/old/2/, EXACT",
        "/things/old/2;x=1, EXACT",
        "/things;a/old;b/2;c, EXACT",
        "/other, NONE"
    })
    void exactPathCountsElseTheLongestPrefix(String path, String expected) {
        PathRules rules = new PathRules();
        rules.add("/things/*", SHORT);
        rules.add("/things/old/*", LONG);
        rules.add("/things/old/2", EXACT);

        Preconditions found = rules.copy().match(path);

        switch (expected) {
            case "SHORT" -> assertThat(found).isSameAs(SHORT);
            case "LONG" -> assertThat(found).isSameAs(LONG);
            case "EXACT" -> assertThat(found).isSameAs(EXACT);
            default -> assertThat(found).isNotIn(SHORT, LONG, EXACT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"things/*", "*.html", "/things*", "/things/{id}", ""})
    void patternThatIsNoneIsRefused(String pattern) {
        assertThatThrownBy(() -> new PathRules().add(pattern, SHORT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + pattern + "\"");
    }

    @Test
    void patternHasRulesOnce() {
        PathRules rules = new PathRules();
        rules.add("/things/*", SHORT);

        assertThatThrownBy(() -> rules.add("/things/*", LONG)).hasMessageContaining("has rules already");
    }
}
