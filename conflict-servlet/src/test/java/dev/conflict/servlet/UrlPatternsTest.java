package dev.conflict.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servlet 6.0 §12.1 and §12.2, the table of §12.2.2 included. */
class UrlPatternsTest {
    /** Each pattern stands for itself. */
    private static UrlPatterns<String> patterns(String... patterns) {
        Map<String, String> values = new LinkedHashMap<>();
        Arrays.stream(patterns).forEach(pattern -> values.put(UrlPatterns.requireValid(pattern), pattern));
        return new UrlPatterns<>(values);
    }

    @ParameterizedTest
    @CsvSource({
        "/foo/bar/index.html, /foo/bar/*",
        "/foo/bar/index.bop, /foo/bar/*",
        "/foo/bar, /foo/bar/*",
        "/foo/bar/, /foo/bar/*",
        "/foo/bar/baz/x, /foo/bar/baz/*",
        "/foo/barn, ",
        "/baz, /baz/*",
        "/baz/index.html, /baz/*",
        "/catalog, /catalog",
        "/catalog/, ",
        "/catalog/index.html, ",
        "/catalog/racecar.bop, *.bop",
        "/index.bop, *.bop",
        "/index.BOP, ",
        "/a.bop/b, ",
        "/a.x.bop, *.bop",
        "/a.bop.x, ",
        "/a., ",
        "'', ''",
        "/, ''",
    })
    void mostPreciseOneCounts(String path, String expected) {
        UrlPatterns<String> patterns = patterns("*.bop", "/foo/bar/*", "/foo/bar/baz/*", "/baz/*", "/catalog", "");

        assertThat(patterns.match(path)).isEqualTo(expected);
    }

    @Test
    void defaultTakesTheRest() {
        UrlPatterns<String> patterns = patterns("/", "/a/*", "*.b");

        assertThat(patterns.match("/else")).isEqualTo("/");
        assertThat(patterns.match("/")).isEqualTo("/");
        assertThat(patterns.match("/a/x.b")).isEqualTo("/a/*");
        assertThat(patterns.match("/x.b")).isEqualTo("*.b");
    }

    @Test
    void everythingComesBeforeExtensionsAndTheDefault() {
        assertThat(patterns("/*", "*.b", "/").match("/x.b")).isEqualTo("/*");
        assertThat(patterns("/*", "").match("/")).isEqualTo("");
        assertThat(patterns("/*").match("")).isEqualTo("/*");
    }

    @Test
    void pathIsThatOfServletAndInfoTogether() {
        HttpServletRequest prefix = mock(HttpServletRequest.class);
        when(prefix.getServletPath()).thenReturn("/a");
        when(prefix.getPathInfo()).thenReturn("/b");
        HttpServletRequest exact = mock(HttpServletRequest.class);
        when(exact.getServletPath()).thenReturn("/a/b");

        assertThat(patterns("/a/b").match(prefix)).isEqualTo("/a/b");
        assertThat(patterns("/a/b").match(exact)).isEqualTo("/a/b");
        assertThat(patterns().match(exact)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/*", "/a", "/a/*", "/a/b.c", "*.a"})
    void patternsOfServletsAreValid(String pattern) {
        assertThat(UrlPatterns.requireValid(pattern)).isEqualTo(pattern);
    }

    /** A container would take {@code /a*} for a path with an asterisk, which nobody means. */
    @ParameterizedTest
    @ValueSource(strings = {"*", "a", "a/*", "/a*", "/*/a", "/a/*/*", "*.", "*.a/b", "*.a*", "*.tar.gz", "**", "./*"})
    void othersAreNot(String pattern) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UrlPatterns.requireValid(pattern))
                .withMessageContaining("\"" + pattern + "\"");
    }
}
