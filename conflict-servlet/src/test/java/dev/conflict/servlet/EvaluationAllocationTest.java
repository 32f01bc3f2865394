package dev.conflict.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.conflict.EntityTag;
import dev.conflict.http.FieldLines;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import dev.conflict.http.Verdict;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Enumeration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A request that may go on costs no object, whatever it states. This is a test of core; it stands here because core's module does not read
 * the one that counts.
 */
class EvaluationAllocationTest {
    private static final int ROUNDS = 20_000;
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String AT_NOON = "Mon, 23 Nov 2026 12:00:00 GMT";

    /** One line of one field, over and over, without an object for each look-up. */
    @SuppressWarnings("JdkObsolete") // servlets give their lines so
    private static final class Line implements FieldLines, Enumeration<String> {
        private final @Nullable String name;
        private final String line;
        private boolean read;

        Line(@Nullable String name, String line) {
            this.name = name;
            this.line = line;
        }

        @Override
        public Enumeration<String> of(String asked) {
            read = !asked.equals(name);
            return this;
        }

        @Override
        public boolean hasMoreElements() {
            return !read;
        }

        @Override
        public String nextElement() {
            read = true;
            return line;
        }
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of("PUT", null, ""),
                Arguments.of("PUT", "If-Match", "\"7f3a9c51-42\""),
                Arguments.of("PUT", "If-Match", "\"1-1\", \"1-2\",\"1-3\" , W/\"1-4\", \"7f3a9c51-42\""),
                Arguments.of("PUT", "If-Match", "*"),
                Arguments.of("PUT", "If-None-Match", "\"1-1\", W/\"1-2\""),
                Arguments.of("PUT", "If-Unmodified-Since", AT_NOON),
                Arguments.of("PUT", "If-Unmodified-Since", "Monday, 23-Nov-2026 12:00:00 GMT"),
                Arguments.of("GET", null, ""),
                Arguments.of("GET", "If-None-Match", "\"7f3a9c51-42\""),
                Arguments.of("GET", "If-Modified-Since", AT_NOON),
                Arguments.of("GET", "If-Modified-Since", "Mon Nov 23 11:00:00 2026"));
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @MethodSource("requests")
    void requestThatIsNotRefusedCostsNothing(String method, @Nullable String name, String value) {
        Preconditions rules = Preconditions.optional();
        Validators current = Validators.of(EntityTag.strong("7f3a9c51-42")).lastModified(NOON);
        Line line = new Line(name, value);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        int refused = 0;

        for (int batch = 0; batch < 5; batch++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < ROUNDS; i++) {
                if (rules.evaluate(method, line, current) instanceof Verdict.Failed) {
                    refused++;
                }
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(refused).isZero();
        assertThat(least / ROUNDS).as("bytes an evaluation").isZero();
    }
}
