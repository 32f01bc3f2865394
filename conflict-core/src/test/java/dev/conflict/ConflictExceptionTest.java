package dev.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Conflict.FileReason;
import dev.conflict.Conflict.IdempotencyReason;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.Details.Member;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConflictExceptionTest {
    private static final String SECRET = "s3cret";
    private static final Target TARGET = new Target("Document", SECRET);
    private static final Instant MOMENT = Instant.parse("2026-11-23T10:00:00Z");
    private static final EntityTag TAG = EntityTag.strong("now");

    private record OutOfCredit(String code) implements Conflict.Custom {}

    /** One exception a kind, with everything set that it can carry. */
    static Stream<ConflictException> everyKindFilled() {
        return Stream.of(
                ConflictException.version()
                        .target(TARGET)
                        .versions(Revision.of(SECRET), Revision.of(SECRET))
                        .changed(SECRET, MOMENT)
                        .current(Map.of("title", SECRET)),
                ConflictException.version().statedIn("If-Match", SECRET, EntityTag.strong(SECRET)),
                ConflictException.precondition("If-None-Match").current(TARGET, EntityTag.strong(SECRET)),
                ConflictException.preconditionRequired("If-Match"),
                ConflictException.unique("email").value(SECRET).alternatives(List.of(SECRET)),
                ConflictException.exists("SKU").at(URI.create("/" + SECRET)).field(SECRET),
                ConflictException.gone().target(TARGET).deleted(SECRET, MOMENT),
                ConflictException.state("ORDER_SHIPPED")
                        .current(SECRET)
                        .action(SECRET)
                        .allowed(List.of(SECRET))
                        .prerequisites(List.of(SECRET)),
                ConflictException.dependency().dependents(1, List.of(new Dependent(SECRET, null))),
                ConflictException.integrity("quantity", SECRET),
                ConflictException.exclusion("ROOM_TAKEN").field(SECRET),
                ConflictException.file(FileReason.EXISTS, SECRET).way("rename", Map.of("name", SECRET)),
                ConflictException.concurrency(ConcurrencyReason.DEADLOCK).retryAfter(Duration.ofSeconds(1)),
                ConflictException.locked().held(SECRET, MOMENT),
                ConflictException.idempotency(IdempotencyReason.IN_PROGRESS).operation(SECRET, SECRET),
                ConflictException.several(List.of(
                        ConflictException.unique("email").value(SECRET),
                        ConflictException.integrity("quantity", SECRET))),
                ConflictException.unspecified(),
                ConflictException.undeclared(Undeclared.UNIQUE),
                ConflictException.custom(new OutOfCredit("OUT_OF_CREDIT")).with("balance", SECRET));
    }

    @Test
    void everySubclassHasARow() {
        assertThat(everyKindFilled().map(Object::getClass))
                .containsAll(List.of(ConflictException.class.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("everyKindFilled")
    void stackTraceIsEmptyUnlessAskedFor(ConflictException conflict) {
        assertThat(conflict.getStackTrace()).isEmpty();
        assertThat((Object) conflict.fillInStackTrace()).isSameAs(conflict);
        assertThat(conflict.getStackTrace()).isEmpty();
        assertThat((Object) fluent(conflict).withStackTrace()).isSameAs(conflict);
        assertThat(conflict.getStackTrace()).isNotEmpty();
        assertThat(Stream.of(conflict.getStackTrace()).map(StackTraceElement::getMethodName))
                .contains("stackTraceIsEmptyUnlessAskedFor");
    }

    @ParameterizedTest
    @MethodSource("everyKindFilled")
    void messageNamesKindAndMembersButNoValue(ConflictException conflict) {
        fluent(conflict).detail(SECRET);
        fluent(conflict).suggest(SECRET);
        fluent(conflict).with("order", SECRET);
        assertThat(conflict.getMessage())
                .startsWith(conflict.conflict().kind().name())
                .contains("DETAIL", "SUGGESTION", "order")
                .doesNotContain(SECRET);
        assertThat(conflict.toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @MethodSource("everyKindFilled")
    void serializationKeepsConflictDetailsAndCause(ConflictException conflict) {
        fluent(conflict).link("help", URI.create("/help"));
        fluent(conflict).with("order", List.of(1));
        fluent(conflict).causedBy(new IllegalStateException("found by the store"));
        ConflictException copy = Serialized.copyOf(conflict);
        assertThat(copy).hasSameClassAs(conflict).hasMessage(conflict.getMessage());
        assertThat(copy.conflict()).isEqualTo(conflict.conflict());
        assertThat(copy.details()).isEqualTo(conflict.details());
        assertThat(copy.getCause()).isInstanceOf(IllegalStateException.class).hasMessage("found by the store");
        assertThat(copy.getStackTrace()).isEmpty();
        if (copy instanceof ConflictException.Several several) {
            assertThat(several.parts().get(1).details())
                    .isEqualTo(((ConflictException.Several) conflict)
                            .parts()
                            .get(1)
                            .details());
            assertThat(several.parts()).hasSize(2);
        }
    }

    static Stream<Arguments> codes() {
        return Stream.of(
                arguments(ConflictException.version(), "VERSION Details[][]"),
                arguments(ConflictException.unique("email"), "UNIQUENESS Details[CONFLICTING_FIELD][]"),
                arguments(
                        ConflictException.unique("email").code("MAIL"), "UNIQUENESS MAIL Details[CONFLICTING_FIELD][]"),
                arguments(ConflictException.exists("SKU").code("SKU_USED"), "EXISTENCE SKU_USED Details[][]"),
                arguments(ConflictException.state("SHIPPED"), "STATE SHIPPED Details[][]"),
                arguments(ConflictException.dependency().code("HAS_TASKS"), "DEPENDENCY HAS_TASKS Details[][]"),
                arguments(
                        ConflictException.integrity("a", "b").code("NEGATIVE"),
                        "INTEGRITY NEGATIVE Details[CONFLICTING_FIELD, RULE][]"),
                arguments(ConflictException.exclusion("ROOM_TAKEN"), "EXCLUSION ROOM_TAKEN Details[][]"),
                arguments(ConflictException.custom(new OutOfCredit("POOR")), "CUSTOM POOR Details[][]"));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void messageNamesTheApplicationsCode(ConflictException conflict, String message) {
        assertThat(conflict).hasMessage(message);
    }

    @Nested
    class WhatFitsEveryKind {
        @Test
        void detailSuggestionAndOwnMembersAreSet() {
            ConflictException.Locked locked =
                    ConflictException.locked().detail("d").suggest("s").with("own", 1);
            assertDetails(locked, Map.of(Member.DETAIL, "d", Member.SUGGESTION, "s"));
            assertThat(locked.details().extensions()).isEqualTo(Map.of("own", 1));
        }

        @Test
        void linksAddUpInTheirOrder() {
            ConflictException.Locked locked = ConflictException.locked()
                    .link("recover", URI.create("/recover"))
                    .link("help", URI.create("https://help.example/"))
                    .link("recover", URI.create("/again"));
            assertThat(locked.details().get(Member.LINKS).orElseThrow())
                    .hasToString("{recover=/again, help=https://help.example/}");
        }

        @Test
        void givenDetailsStandOverThoseBefore() {
            ConflictException.Locked locked = ConflictException.locked()
                    .detail("before")
                    .with(Details.none().with(Member.DETAIL, "after").with("own", 1));
            assertThat(locked.details().text(Member.DETAIL)).contains("after");
            assertThat(locked.details().extensions()).containsOnlyKeys("own");
        }

        @Test
        void causeIsNamedOnce() {
            Exception cause = new Exception();
            ConflictException.Locked locked = ConflictException.locked().causedBy(cause);
            assertThat(locked).hasCause(cause);
            assertThatIllegalStateException().isThrownBy(() -> locked.causedBy(new Exception()));
        }

        @Test
        void reservedNamesAreRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ConflictException.locked().with("status", 200))
                    .withMessageContaining("\"status\"");
        }
    }

    @Nested
    class Version {
        @Test
        void startsWithNothing() {
            assertConflict(ConflictException.version(), new Conflict.VersionMismatch(null, null, null, null));
            assertDetails(ConflictException.version(), Map.of());
        }

        @Test
        void versionsAreComparedAndSent() {
            ConflictException.VersionMismatch version =
                    ConflictException.version().target(TARGET).versions(Revision.of(1), Revision.of(2));
            assertConflict(version, new Conflict.VersionMismatch(TARGET, Revision.of(1), Revision.of(2), null));
            assertDetails(version, Map.of(Member.REQUESTED_VERSION, 1L, Member.CURRENT_VERSION, 2L));
        }

        @Test
        void headerThatStatedTheVersionTakesThePairOfTags() {
            ConflictException.VersionMismatch version = ConflictException.version()
                    .versions(Revision.of(1), Revision.of(2))
                    .target(TARGET)
                    .statedIn("If-Match", "\"old\"", TAG);
            assertConflict(version, new Conflict.VersionMismatch(TARGET, null, null, "If-Match"));
            assertDetails(version, Map.of(Member.REQUESTED_ETAG, "\"old\"", Member.CURRENT_ETAG, "\"now\""));
        }

        @Test
        void versionsAfterAHeaderAreKnownButNotSent() {
            ConflictException.VersionMismatch version = ConflictException.version()
                    .statedIn("If-Match", "\"old\"", TAG)
                    .versions(Revision.of(1), Revision.of(2));
            assertConflict(version, new Conflict.VersionMismatch(null, Revision.of(1), Revision.of(2), "If-Match"));
            assertDetails(version, Map.of(Member.REQUESTED_ETAG, "\"old\"", Member.CURRENT_ETAG, "\"now\""));
        }

        @Test
        void unknownTagsAreLeftOut() {
            assertDetails(ConflictException.version().statedIn("If-Match", null, null), Map.of());
        }

        @Test
        void winnerAndPresentStateAreSent() {
            assertDetails(
                    ConflictException.version().changed("Ada", MOMENT).current(Map.of("title", "x")),
                    Map.of(
                            Member.CHANGED_BY, "Ada",
                            Member.CHANGED_AT, "2026-11-23T10:00:00Z",
                            Member.CURRENT, Map.of("title", "x")));
            assertDetails(ConflictException.version().changed("Ada", MOMENT).changed(null, null), Map.of());
        }
    }

    @Test
    void preconditionNamesItsHeaderAndTheCurrentTag() {
        assertConflict(
                ConflictException.precondition("If-None-Match").current(TARGET, TAG),
                new Conflict.PreconditionFailed(TARGET, "If-None-Match"));
        assertDetails(
                ConflictException.precondition("If-None-Match").current(TARGET, TAG),
                Map.of(Member.HEADER, "If-None-Match", Member.CURRENT_ETAG, "\"now\""));
        assertDetails(ConflictException.precondition("If-Match"), Map.of(Member.HEADER, "If-Match"));
    }

    @Test
    void requiredPreconditionNamesAcceptedHeaders() {
        ConflictException.PreconditionRequired required = ConflictException.preconditionRequired("If-Match", "X");
        assertConflict(required, new Conflict.PreconditionRequired(List.of("If-Match", "X")));
        assertDetails(required, Map.of(Member.ACCEPTED_HEADERS, List.of("If-Match", "X")));
    }

    @Test
    void uniquenessIsHiddenUntilItIsDisclosed() {
        assertConflict(ConflictException.unique("email"), new Conflict.Uniqueness(null, "email", Disclosure.HIDDEN));
        ConflictException.Uniqueness told = ConflictException.unique("email")
                .code("EMAIL_USED")
                .disclose(Disclosure.PUBLIC)
                .value("a@b")
                .alternatives(List.of("c@d"));
        assertConflict(told, new Conflict.Uniqueness("EMAIL_USED", "email", Disclosure.PUBLIC));
        assertDetails(
                told,
                Map.of(
                        Member.CONFLICTING_FIELD, "email",
                        Member.CONFLICTING_VALUE, "a@b",
                        Member.ALTERNATIVES, List.of("c@d")));
        assertThat(told.alternatives(List.of()).details().get(Member.ALTERNATIVES))
                .isEmpty();
    }

    @Test
    void codeDoesNotUndoADisclosure() {
        assertConflict(
                ConflictException.unique("email")
                        .disclose(Disclosure.AUTHENTICATED)
                        .code("X"),
                new Conflict.Uniqueness("X", "email", Disclosure.AUTHENTICATED));
    }

    @Test
    void existenceLeadsToTheResource() {
        ConflictException.Existence exists =
                ConflictException.exists("SKU").code("X").at(URI.create("/p/1")).field("sku");
        assertConflict(exists, new Conflict.Existence("X", "SKU"));
        assertDetails(exists, Map.of(Member.EXISTING, "/p/1", Member.CONFLICTING_FIELD, "sku"));
        assertDetails(ConflictException.exists("SKU"), Map.of());
    }

    @Test
    void absenceTellsWhoDeletedAndWhen() {
        ConflictException.Absence gone = ConflictException.gone().target(TARGET).deleted("Ada", MOMENT);
        assertConflict(gone, new Conflict.Absence(TARGET));
        assertDetails(gone, Map.of(Member.DELETED_BY, "Ada", Member.DELETED_AT, "2026-11-23T10:00:00Z"));
    }

    @Test
    void stateNamesStateActionAndWhatFits() {
        ConflictException.State state = ConflictException.state("SHIPPED")
                .current(Thread.State.BLOCKED)
                .action("cancel")
                .allowed(List.of("return"))
                .prerequisites(List.of("REFUND"));
        assertConflict(state, new Conflict.State("SHIPPED", "BLOCKED", "cancel"));
        assertDetails(
                state,
                Map.of(
                        Member.CURRENT_STATUS,
                        "BLOCKED",
                        Member.ATTEMPTED_ACTION,
                        "cancel",
                        Member.ALLOWED_ACTIONS,
                        List.of("return"),
                        Member.PREREQUISITES,
                        List.of("REFUND")));
    }

    @Test
    void noAllowedActionIsSaidAndNoPrerequisiteIsNot() {
        assertDetails(
                ConflictException.state("S").allowed(List.of()).prerequisites(List.of()),
                Map.of(Member.ALLOWED_ACTIONS, List.of()));
        assertDetails(ConflictException.state("S").current(URI.create("open")), Map.of(Member.CURRENT_STATUS, "open"));
    }

    @Test
    void dependentsAreCountedAndTheFirstTwentyNamed() {
        List<Dependent> thirty = IntStream.range(0, 30)
                .mapToObj(i -> new Dependent("Task " + i, URI.create("/tasks/" + i)))
                .toList();
        ConflictException.Dependency dependency =
                ConflictException.dependency().code("HAS_TASKS").dependents(30, thirty);
        assertConflict(dependency, new Conflict.Dependency("HAS_TASKS"));
        assertThat(dependency.details().get(Member.DEPENDENT_COUNT)).contains(30L);
        List<?> named = (List<?>) dependency.details().get(Member.DEPENDENTS).orElseThrow();
        assertThat(named).hasSize(20);
        assertThat(named.get(0)).isEqualTo(Map.of("name", "Task 0", "href", "/tasks/0"));

        assertDetails(ConflictException.dependency().dependents(3, List.of()), Map.of(Member.DEPENDENT_COUNT, 3L));
    }

    @Test
    void integrityNamesFieldAndRule() {
        assertConflict(
                ConflictException.integrity("quantity", "positive").code("NEGATIVE"),
                new Conflict.Integrity("NEGATIVE", "quantity", "positive"));
        assertDetails(
                ConflictException.integrity("quantity", "positive"),
                Map.of(Member.CONFLICTING_FIELD, "quantity", Member.RULE, "positive"));
    }

    @Test
    void exclusionNamesItsField() {
        assertConflict(
                ConflictException.exclusion("ROOM_TAKEN").field("room"), new Conflict.Exclusion("ROOM_TAKEN", "room"));
        assertDetails(
                ConflictException.exclusion("ROOM_TAKEN").field("room"), Map.of(Member.CONFLICTING_FIELD, "room"));
    }

    @Test
    void fileOffersItsWaysInTheirOrder() {
        ConflictException.File file = ConflictException.file(FileReason.EXISTS, "a.txt")
                .way("rename", Map.of("name", "a (1).txt"))
                .way("elsewhere", Map.of());
        assertConflict(file, new Conflict.File(FileReason.EXISTS, "a.txt", null));
        assertThat(file.details().get(Member.WAYS).orElseThrow())
                .hasToString("[{way=rename, name=a (1).txt}, {way=elsewhere}]");
        assertThat(file.details().get(Member.PATH)).contains("a.txt");

        ConflictException.File stated =
                ConflictException.file(FileReason.CHANGED, "a.txt").statedIn("If-Match", "\"old\"", TAG);
        assertConflict(stated, new Conflict.File(FileReason.CHANGED, "a.txt", "If-Match"));
        assertDetails(
                stated,
                Map.of(
                        Member.PATH, "a.txt",
                        Member.REQUESTED_ETAG, "\"old\"",
                        Member.CURRENT_ETAG, "\"now\""));
    }

    @Test
    void waitIsSentInMillisecondsRoundedUp() {
        assertDetails(
                ConflictException.concurrency(ConcurrencyReason.DEADLOCK).retryAfter(Duration.ofNanos(1_000_001)),
                Map.of(Member.RETRYABLE, true, Member.RETRY_AFTER_MILLIS, 2L));
        assertDetails(
                ConflictException.concurrency(ConcurrencyReason.DEADLOCK).retryAfter(Duration.ZERO),
                Map.of(Member.RETRYABLE, true, Member.RETRY_AFTER_MILLIS, 0L));
    }

    @Test
    void negativeWaitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConflictException.concurrency(ConcurrencyReason.DEADLOCK)
                        .retryAfter(Duration.ofMillis(-5)))
                .withMessageContaining("PT-0.005S");
    }

    @Test
    void concurrencyMayBeTriedAgain() {
        ConflictException.Concurrency deadlock =
                ConflictException.concurrency(ConcurrencyReason.DEADLOCK).retryAfter(Duration.ofMillis(250));
        assertConflict(deadlock, new Conflict.Concurrency(ConcurrencyReason.DEADLOCK));
        assertDetails(deadlock, Map.of(Member.RETRYABLE, true, Member.RETRY_AFTER_MILLIS, 250L));
    }

    @Test
    void lockTellsWhoAndUntilWhen() {
        assertConflict(ConflictException.locked(), new Conflict.Locked());
        assertDetails(
                ConflictException.locked().held("Ada", MOMENT),
                Map.of(Member.LOCKED_BY, "Ada", Member.LOCKED_UNTIL, "2026-11-23T10:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "KEY_MISSING, new-key, true",
        "KEY_INVALID, new-key, true",
        "KEY_REUSED, new-key, true",
        "IN_PROGRESS, same-key, false",
        "OUTCOME_UNKNOWN, after-refetch, false",
        "NOT_APPLIED, new-key, true",
        "RESULT_UNAVAILABLE, never, false",
        "RESULT_EXPIRED, never, false",
        "ABANDONED, after-refetch, false",
        "STORE_UNAVAILABLE, same-key, false"
    })
    void idempotencyTellsHowToGoOn(IdempotencyReason reason, String retry, boolean safeNewKey) {
        ConflictException.Idempotency idempotency = ConflictException.idempotency(reason);
        assertConflict(idempotency, new Conflict.Idempotency(reason));
        assertDetails(idempotency, Map.of(Member.RETRY, retry, Member.SAFE_NEW_KEY, safeNewKey));
    }

    @Test
    void idempotencyNamesTheFirstOperation() {
        assertThat(ConflictException.idempotency(IdempotencyReason.IN_PROGRESS)
                        .operation("op-1", "running")
                        .retryAfter(Duration.ofSeconds(2))
                        .details())
                .isEqualTo(Details.none()
                        .with(Member.RETRY, "same-key")
                        .with(Member.SAFE_NEW_KEY, false)
                        .with(Member.OPERATION_REF, "op-1")
                        .with(Member.OPERATION_STATE, "running")
                        .with(Member.RETRY_AFTER_MILLIS, 2000L));
    }

    @Test
    void severalKeepTheirPartsAndOrder() {
        List<ConflictException> parts = new ArrayList<>(List.of(ConflictException.locked(), ConflictException.gone()));
        ConflictException.Several several = ConflictException.several(parts);
        Collections.reverse(parts);
        assertConflict(several, new Conflict.Several(List.of(new Conflict.Locked(), new Conflict.Absence(null))));
        assertThat(several.parts()).containsExactly(parts.get(1), parts.get(0));
        assertThatThrownBy(() -> several.parts().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConflictException.several(List.of(ConflictException.locked())));
    }

    @Test
    void unspecifiedSaysNothing() {
        assertConflict(ConflictException.unspecified(), new Conflict.Unspecified(null));
        assertConflict(
                ConflictException.undeclared(Undeclared.CHILD_EXISTS),
                new Conflict.Unspecified(Undeclared.CHILD_EXISTS));
        assertDetails(ConflictException.undeclared(Undeclared.UNIQUE), Map.of());
    }

    @Test
    void applicationsOwnConflictIsCarried() {
        Conflict.Custom own = new OutOfCredit("OUT_OF_CREDIT");
        assertThat(ConflictException.custom(own).conflict()).isSameAs(own);
        assertThat(own.kind()).isEqualTo(Conflict.Kind.CUSTOM);
    }

    private static ConflictException.Fluent<?> fluent(ConflictException conflict) {
        return (ConflictException.Fluent<?>) conflict;
    }

    private static void assertConflict(ConflictException exception, Conflict conflict) {
        assertThat(exception.conflict()).isEqualTo(conflict);
    }

    private static void assertDetails(ConflictException exception, Map<Member, ?> members) {
        Map<Member, @Nullable Object> actual = new EnumMap<>(Member.class);
        for (Member member : Member.values()) {
            exception.details().get(member).ifPresent(value -> actual.put(member, value));
        }
        assertThat(actual).isEqualTo(members);
    }
}
