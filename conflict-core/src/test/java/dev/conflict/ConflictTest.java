package dev.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Conflict.FileReason;
import dev.conflict.Conflict.IdempotencyReason;
import dev.conflict.Conflict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConflictTest {
    private record OwnConflict(String code) implements Conflict.Custom {}

    static Stream<Arguments> everyKind() {
        Target target = new Target("Document", "1");
        return Stream.of(
                arguments(
                        Kind.VERSION, new Conflict.VersionMismatch(target, Revision.of(1), Revision.of(2), "If-Match")),
                arguments(Kind.PRECONDITION, new Conflict.PreconditionFailed(target, "If-None-Match")),
                arguments(Kind.PRECONDITION_REQUIRED, new Conflict.PreconditionRequired(List.of("If-Match"))),
                arguments(Kind.UNIQUENESS, new Conflict.Uniqueness(null, "email", Disclosure.HIDDEN)),
                arguments(Kind.EXISTENCE, new Conflict.Existence(null, "SKU")),
                arguments(Kind.ABSENCE, new Conflict.Absence(target)),
                arguments(Kind.STATE, new Conflict.State("A", "B", "c")),
                arguments(Kind.DEPENDENCY, new Conflict.Dependency(null)),
                arguments(Kind.INTEGRITY, new Conflict.Integrity(null, "quantity", "positive")),
                arguments(Kind.EXCLUSION, new Conflict.Exclusion("ROOM_TAKEN", null)),
                arguments(Kind.FILE, new Conflict.File(FileReason.EXISTS, "a.txt", null)),
                arguments(Kind.CONCURRENCY, new Conflict.Concurrency(ConcurrencyReason.DEADLOCK)),
                arguments(Kind.LOCKED, new Conflict.Locked()),
                arguments(Kind.IDEMPOTENCY, new Conflict.Idempotency(IdempotencyReason.IN_PROGRESS)),
                arguments(Kind.SEVERAL, new Conflict.Several(List.of(new Conflict.Locked(), new Conflict.Locked()))),
                arguments(Kind.UNSPECIFIED, new Conflict.Unspecified(null)),
                arguments(Kind.CUSTOM, new OwnConflict("OUT_OF_CREDIT")));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void everyRecordTellsItsKindAndSurvivesSerialization(Kind kind, Conflict conflict) {
        assertThat(conflict.kind()).isEqualTo(kind);
        assertThat(Serialized.copyOf(conflict)).isEqualTo(conflict);
    }

    @Test
    void everyKindHasARow() {
        assertThat(everyKind().map(row -> row.get()[0])).containsExactly((Object[]) Kind.values());
    }

    @SuppressWarnings("NullAway") // nobody checked the caller
    static Stream<Arguments> missingParts() {
        return Stream.of(
                refusal("header", () -> new Conflict.PreconditionFailed(null, null)),
                refusal("field", () -> new Conflict.Uniqueness(null, null, Disclosure.PUBLIC)),
                refusal("disclosure", () -> new Conflict.Uniqueness(null, "email", null)),
                refusal("name", () -> new Conflict.Existence(null, null)),
                refusal("code", () -> new Conflict.State(null, null, null)),
                refusal("code", () -> new Conflict.Exclusion(null, null)),
                refusal("reason", () -> new Conflict.File(null, "a", null)),
                refusal("path", () -> new Conflict.File(FileReason.EXISTS, null, null)),
                refusal("reason", () -> new Conflict.Concurrency(null)),
                refusal("reason", () -> new Conflict.Idempotency(null)));
    }

    private static Arguments refusal(String part, ThrowingCallable call) {
        return arguments(part, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("missingParts")
    void partsThatAConflictNeedsAreRequiredByName(String part, ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call).withMessage(part);
    }

    @Test
    void fewerThanTwoAreNotSeveral() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Conflict.Several(List.of(new Conflict.Locked())))
                .withMessageContaining("1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Conflict.Several(List.of()))
                .withMessageContaining("0");
    }

    @Test
    void listsAreCopied() {
        List<String> headers = new ArrayList<>(List.of("If-Match"));
        List<Conflict> parts = new ArrayList<>(List.of(new Conflict.Locked(), new Conflict.Locked()));
        Conflict.PreconditionRequired required = new Conflict.PreconditionRequired(headers);
        Conflict.Several several = new Conflict.Several(parts);
        headers.clear();
        parts.clear();
        assertThat(required.acceptedHeaders()).containsExactly("If-Match");
        assertThat(several.conflicts()).hasSize(2);
    }
}
