package dev.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.conflict.Details.Member;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConflictsTest {
    @Nested
    class RequireVersion {
        static Stream<Arguments> same() {
            Instant moment = Instant.parse("2026-11-23T10:00:00Z");
            return Stream.of(
                    arguments("number", 7, 7L),
                    arguments("text from a body", "7", 7),
                    arguments("Versioned", 7, (Versioned) () -> Revision.of(7)),
                    arguments("Revision", Revision.of(7), Revision.of(7)),
                    arguments("moment as text", "2026-11-23T10:00:00Z", moment),
                    arguments("tag from a header", EntityTag.from(Revision.of(7)), 7),
                    arguments("tag from a header", EntityTag.from(Revision.of("7")), (Versioned) () -> Revision.of(7)));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("same")
        void sameVersionPasses(String how, Object expected, Object current) {
            assertThatNoException().isThrownBy(() -> Conflicts.requireVersion(expected, current));
        }

        @Test
        void otherVersionIsRefusedWithBoth() {
            ConflictException.VersionMismatch refused = catchThrowableOfType(
                    ConflictException.VersionMismatch.class,
                    () -> Conflicts.requireVersion("6", (Versioned) () -> Revision.of(7)));
            assertThat(refused.conflict())
                    .isEqualTo(new Conflict.VersionMismatch(null, Revision.of("6"), Revision.of(7), null));
            assertThat(refused.details())
                    .isEqualTo(
                            Details.none().with(Member.REQUESTED_VERSION, "6").with(Member.CURRENT_VERSION, 7L));
        }

        static Stream<EntityTag> otherTags() {
            return Stream.of(EntityTag.from(Revision.of(6)), EntityTag.weak("1-7"), EntityTag.strong("7"));
        }

        @ParameterizedTest
        @MethodSource("otherTags")
        void otherTagIsRefusedAsStatedInIfMatch(EntityTag other) {
            ConflictException.VersionMismatch refused = catchThrowableOfType(
                    ConflictException.VersionMismatch.class, () -> Conflicts.requireVersion(other, 7));
            assertThat(refused.conflict()).isEqualTo(new Conflict.VersionMismatch(null, null, null, "If-Match"));
            assertThat(refused.details())
                    .isEqualTo(Details.none()
                            .with(Member.REQUESTED_ETAG, other.toString())
                            .with(Member.CURRENT_ETAG, "\"1-7\""));
        }

        @Test
        void noVersionIsNoConflict() {
            VersionMissingException missing = catchThrowableOfType(
                    VersionMissingException.class, () -> Conflicts.requireVersion(null, Revision.of(7)));
            assertThat(missing.field()).isEqualTo("version");
        }

        static Stream<Object> noVersions() {
            return Stream.of(7.0, new BigInteger("99999999999999999999"), List.of(7));
        }

        /** What a JSON body may hold in place of a version is the caller's mistake. */
        @ParameterizedTest
        @MethodSource("noVersions")
        void sentThingThatIsNoVersionCountsAsMissing(Object sent) {
            assertThatExceptionOfType(VersionMissingException.class)
                    .isThrownBy(() -> Conflicts.requireVersion(sent, 7));
        }

        @Test
        void presentThingThatIsNoVersionIsABug() {
            assertThatIllegalArgumentException().isThrownBy(() -> Conflicts.requireVersion(7, new Object()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Conflicts.requireVersion(EntityTag.strong("a"), EntityTag.strong("a")));
        }
    }

    @Nested
    class RequireUpdated {
        @Test
        void oneRowPasses() {
            assertThatNoException().isThrownBy(() -> Conflicts.requireUpdated(1));
        }

        @Test
        void noRowIsALostRaceOfUnknownVersions() {
            ConflictException.VersionMismatch refused =
                    catchThrowableOfType(ConflictException.VersionMismatch.class, () -> Conflicts.requireUpdated(0));
            assertThat(refused.conflict()).isEqualTo(new Conflict.VersionMismatch(null, null, null, null));
            assertThat(refused.details()).isEqualTo(Details.none());
        }

        @ParameterizedTest
        @ValueSource(longs = {2, -2, -1, Long.MAX_VALUE}) // -2 is java.sql.Statement.SUCCESS_NO_INFO
        void anyOtherCountIsABugAndSaysSo(long rows) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Conflicts.requireUpdated(rows))
                    .withMessageContaining("reports " + rows);
            assertThatIllegalStateException()
                    .isThrownBy(() -> Conflicts.requireUpdated(rows, 7))
                    .withMessageContaining("reports " + rows);
        }

        @Test
        void rowOfTheStatedVersionPasses() {
            assertThatNoException().isThrownBy(() -> Conflicts.requireUpdated(1, 7));
        }

        @Test
        void noRowOfTheStatedVersionNamesIt() {
            ConflictException.VersionMismatch refused =
                    catchThrowableOfType(ConflictException.VersionMismatch.class, () -> Conflicts.requireUpdated(0, 7));

            assertThat(refused.conflict()).isEqualTo(new Conflict.VersionMismatch(null, Revision.of(7), null, null));
            assertThat(refused.details()).isEqualTo(Details.none().with(Member.REQUESTED_VERSION, 7L));
        }

        @Test
        void tagOfTheStatedVersionCameInAHeader() {
            ConflictException.VersionMismatch refused = catchThrowableOfType(
                    ConflictException.VersionMismatch.class,
                    () -> Conflicts.requireUpdated(0, EntityTag.strong("1-7")));

            assertThat(refused.conflict()).isEqualTo(new Conflict.VersionMismatch(null, null, null, "If-Match"));
            assertThat(refused.details()).isEqualTo(Details.none().with(Member.REQUESTED_ETAG, "\"1-7\""));
        }

        @Test
        void writeWhoseClientStatedNoVersionIsRefusedWhateverItHit() {
            assertThatExceptionOfType(VersionMissingException.class)
                    .isThrownBy(() -> Conflicts.requireUpdated(0, null));
            assertThatExceptionOfType(VersionMissingException.class)
                    .isThrownBy(() -> Conflicts.requireUpdated(1, null));
            assertThatExceptionOfType(VersionMissingException.class)
                    .isThrownBy(() -> Conflicts.requireUpdated(0, new Object()));
        }
    }

    @Nested
    class RequireUnique {
        private final Set<String> names = Set.of("ada");

        @Test
        void freeValuePasses() {
            assertThatNoException()
                    .isThrownBy(() -> Conflicts.requireUnique("username", "bob", names::contains, Disclosure.PUBLIC));
            assertThatNoException().isThrownBy(() -> Conflicts.requireUnique("username", "bob", names::contains));
        }

        @Test
        void takenValueIsHiddenUnlessDisclosed() {
            ConflictException.Uniqueness refused = catchThrowableOfType(
                    ConflictException.Uniqueness.class,
                    () -> Conflicts.requireUnique("username", "ada", names::contains));
            assertThat(refused.conflict()).isEqualTo(new Conflict.Uniqueness(null, "username", Disclosure.HIDDEN));
        }

        @Test
        void disclosedValueIsNamed() {
            ConflictException.Uniqueness refused = catchThrowableOfType(
                    ConflictException.Uniqueness.class,
                    () -> Conflicts.requireUnique("username", "ada", names::contains, Disclosure.AUTHENTICATED));
            assertThat(refused.conflict())
                    .isEqualTo(new Conflict.Uniqueness(null, "username", Disclosure.AUTHENTICATED));
            assertThat(refused.details())
                    .isEqualTo(Details.none()
                            .with(Member.CONFLICTING_FIELD, "username")
                            .with(Member.CONFLICTING_VALUE, "ada"));
        }
    }

    @Test
    void existingResourceIsNamedWithItsPlace() {
        assertThatNoException().isThrownBy(() -> Conflicts.requireAbsent("SKU", null));
        ConflictException.Existence refused = catchThrowableOfType(
                ConflictException.Existence.class, () -> Conflicts.requireAbsent("SKU", URI.create("/products/1")));
        assertThat(refused.conflict()).isEqualTo(new Conflict.Existence(null, "SKU"));
        assertThat(refused.details()).isEqualTo(Details.none().with(Member.EXISTING, "/products/1"));
    }

    @Test
    void foundResourceIsReturnedAndAMissingOneIsGone() {
        Object found = new Object();
        assertThat(Conflicts.requireExists(found)).isSameAs(found);
        ConflictException.Absence refused =
                catchThrowableOfType(ConflictException.Absence.class, () -> Conflicts.requireExists(null));
        assertThat(refused.conflict()).isEqualTo(new Conflict.Absence(null));
    }

    @Test
    void dependentsAreAskedForOnlyIfThereAreAny() {
        List<String> asked = new ArrayList<>();
        assertThatNoException()
                .isThrownBy(() -> Conflicts.requireNoDependents(0, () -> {
                    asked.add("asked");
                    return List.of();
                }));
        assertThat(asked).isEmpty();

        ConflictException.Dependency refused = catchThrowableOfType(
                ConflictException.Dependency.class,
                () -> Conflicts.requireNoDependents(2, () -> List.of(new Dependent("Task 1", URI.create("/tasks/1")))));
        assertThat(refused.conflict()).isEqualTo(new Conflict.Dependency(null));
        assertThat(refused.details())
                .isEqualTo(Details.none()
                        .with(Member.DEPENDENT_COUNT, 2L)
                        .with(Member.DEPENDENTS, List.of(Map.of("name", "Task 1", "href", "/tasks/1"))));
    }

    @Test
    void danglingReferenceBreaksTheRuleExists() {
        assertThatNoException().isThrownBy(() -> Conflicts.requireReference("customer", 1, id -> id == 1));
        ConflictException.Integrity refused = catchThrowableOfType(
                ConflictException.Integrity.class, () -> Conflicts.requireReference("customer", 2, id -> id == 1));
        assertThat(refused.conflict()).isEqualTo(new Conflict.Integrity(null, "customer", "exists"));
    }

    @Test
    void brokenRuleIsNamedWithItsField() {
        assertThatNoException().isThrownBy(() -> Conflicts.requireRule("quantity", "positive", 1, n -> n > 0));
        ConflictException.Integrity refused = catchThrowableOfType(
                ConflictException.Integrity.class, () -> Conflicts.requireRule("quantity", "positive", 0, n -> n > 0));
        assertThat(refused.conflict()).isEqualTo(new Conflict.Integrity(null, "quantity", "positive"));
        assertThat(refused.details())
                .isEqualTo(Details.none()
                        .with(Member.CONFLICTING_FIELD, "quantity")
                        .with(Member.RULE, "positive"));
    }

    private static void refuse(ConflictException refusal) {
        throw refusal;
    }

    @Test
    void guardsThatAllHoldReturn() {
        assertThatNoException().isThrownBy(Conflicts::requireAll);
        assertThatNoException().isThrownBy(() -> Conflicts.requireAll(() -> {}, () -> {}));
    }

    @Test
    void oneRefusalOfManyGuardsIsThrownAsItself() {
        ConflictException.Locked locked = ConflictException.locked();
        assertThatThrownBy(() -> Conflicts.requireAll(() -> {}, () -> refuse(locked), () -> {}))
                .isSameAs(locked);
    }

    @Test
    void severalRefusalsAreThrownTogetherInTheOrderOfTheirGuards() {
        ConflictException.State state = ConflictException.state("A");
        ConflictException.Integrity first = ConflictException.integrity("a", "r");
        ConflictException.Integrity second = ConflictException.integrity("b", "r");
        ConflictException.Several several = catchThrowableOfType(
                ConflictException.Several.class,
                () -> Conflicts.requireAll(
                        () -> refuse(first), () -> Conflicts.requireAll(() -> refuse(state), () -> refuse(second))));
        assertThat(several.parts()).containsExactly(first, state, second);
    }

    @Test
    void whatLeavesNothingToAskEndsAllGuardsAtOnce() {
        List<String> asked = new ArrayList<>();
        RuntimeException fault = new IllegalStateException("fault");
        ConflictException.Concurrency deadlock = ConflictException.concurrency(Conflict.ConcurrencyReason.DEADLOCK);
        for (RuntimeException end : List.of(fault, deadlock)) {
            assertThatThrownBy(() -> Conflicts.requireAll(
                            () -> refuse(ConflictException.locked()),
                            () -> {
                                throw end;
                            },
                            () -> asked.add("asked")))
                    .isSameAs(end);
        }
        assertThat(asked).isEmpty();
    }
}
