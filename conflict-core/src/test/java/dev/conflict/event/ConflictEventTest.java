package dev.conflict.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.conflict.Conflict;
import dev.conflict.event.ConflictEvent.Kind;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConflictEventTest {
    @Test
    void kindsAndRulesAreThoseOfConflicts() {
        assertThat(names(Kind.values())).isEqualTo(names(Conflict.Kind.values()));
        assertThat(names(ConflictEvent.Rule.values())).isEqualTo(names(Conflict.Undeclared.values()));
    }

    private static Stream<String> stream(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name);
    }

    private static String names(Enum<?>[] constants) {
        return String.join(" ", stream(constants).toList());
    }

    @SuppressWarnings("NullAway") // nobody checked the caller
    static Stream<Arguments> missingParts() {
        return Stream.of(
                missing("kind", () -> new ConflictEvent.Refused(null, null, 409, "PUT", "urn:uuid:1")),
                missing("method", () -> new ConflictEvent.Refused(Kind.STATE, null, 409, null, "urn:uuid:1")),
                missing("instance", () -> new ConflictEvent.Refused(Kind.STATE, null, 409, "PUT", null)),
                missing("method", () -> new ConflictEvent.GuardedWrite(null)),
                missing("method", () -> new ConflictEvent.UnguardedWrite(null, "If-Match")),
                missing("header", () -> new ConflictEvent.UnguardedWrite("PUT", null)),
                missing("kind", () -> new ConflictEvent.WouldRefuse(null, "PUT")),
                missing("method", () -> new ConflictEvent.WouldRefuse(Kind.VERSION, null)),
                missing("rule", () -> new ConflictEvent.Unmapped(null)),
                missing("outcome", () -> new ConflictEvent.Attempted(null, 1)));
    }

    private static Arguments missing(String part, ThrowingCallable call) {
        return arguments(part, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("missingParts")
    void partsThatAnEventNeedsAreRequiredByName(String part, ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call).withMessage(part);
    }
}
