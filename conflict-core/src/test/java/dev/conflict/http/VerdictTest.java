package dev.conflict.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.conflict.Serialized;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictTest {
    @SuppressWarnings("NullAway") // nobody checked the caller
    static Stream<Arguments> missingParts() {
        return Stream.of(
                missing("header", () -> new Verdict.Failed(null, "*", null)),
                missing("expected", () -> new Verdict.Failed("If-Match", null, null)),
                missing("header", () -> new Verdict.Malformed(null, 0, "")),
                missing("reason", () -> new Verdict.Malformed("If-Match", 0, null)),
                missing("header", () -> new Verdict.TooLarge(null, 1, Verdict.Unit.TAGS)),
                missing("unit", () -> new Verdict.TooLarge("If-Match", 1, null)));
    }

    private static Arguments missing(String part, ThrowingCallable call) {
        return arguments(part, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("missingParts")
    void partsThatAVerdictNeedsAreRequiredByName(String part, ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call).withMessage(part);
    }

    @Test
    void acceptedHeadersAreCopied() {
        List<String> headers = new ArrayList<>(List.of("If-Match"));
        Verdict.Required required = new Verdict.Required(headers);
        headers.clear();
        assertThat(required.acceptedHeaders()).containsExactly("If-Match");
    }

    static Stream<Verdict> faults() {
        return Stream.of(
                new Verdict.Malformed("If-Match", 3, "why"), new Verdict.TooLarge("If-Match", 256, Verdict.Unit.TAGS));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void exceptionCarriesTheFaultWithoutAStackTrace(Verdict fault) {
        PreconditionFieldException exception = Serialized.copyOf(new PreconditionFieldException(fault));
        assertThat(exception.verdict()).isEqualTo(fault);
        assertThat(exception).hasMessageContaining("If-Match");
        assertThat(exception.getStackTrace()).isEmpty();
    }
}
