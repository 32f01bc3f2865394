package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.ConflictException;
import dev.conflict.Conflicts;
import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.Target;
import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictEvent.Attempted;
import dev.conflict.event.ConflictEvent.Outcome;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import dev.conflict.retry.Contention;
import dev.conflict.sql.SqlFailure.Phase;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class TransactionRetryTest {
    private final List<ConflictEvent> events = new ArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private final TransactionRetry retry = TransactionRetry.of(new SqlConflictReader())
            .policy(Contention.standard().attempts(3))
            .listener(events::add);

    private static PSQLException postgres(String state) {
        return new PSQLException(new ServerErrorMessage("SERROR\0VERROR\0C" + state + "\0Mtold by the server\0\0"));
    }

    static Stream<Arguments> losses() {
        return Stream.of(
                Arguments.of("deadlock inside", new IllegalStateException(postgres("40P01")), Outcome.GAVE_UP),
                Arguments.of("serialization", new IllegalStateException(postgres("40001")), Outcome.GAVE_UP),
                Arguments.of(
                        "own, inside",
                        new IllegalStateException(ConflictException.concurrency(ConcurrencyReason.DEADLOCK)),
                        Outcome.GAVE_UP),
                Arguments.of("version that nobody stated", ConflictException.version(), Outcome.GAVE_UP),
                Arguments.of(
                        "version in the body",
                        catchThrowable(() -> Conflicts.requireUpdated(0, Revision.of(3))),
                        Outcome.REFUSED),
                Arguments.of("state", ConflictException.state("CLOSED"), Outcome.REFUSED),
                Arguments.of("unique", new IllegalStateException(postgres("23505")), Outcome.REFUSED),
                Arguments.of("bug", new IllegalStateException("a bug"), Outcome.REFUSED),
                Arguments.of("error", new AssertionError(postgres("40P01")), Outcome.REFUSED),
                Arguments.of("no connection", new IllegalStateException(postgres("08001")), Outcome.GAVE_UP),
                Arguments.of("connection lost", new IllegalStateException(postgres("08006")), Outcome.UNKNOWN),
                Arguments.of("resolution unknown", new IllegalStateException(postgres("08007")), Outcome.UNKNOWN),
                Arguments.of(
                        "inner outcome unknown",
                        new IllegalStateException(new UnknownOutcomeException(postgres("40P01"))),
                        Outcome.UNKNOWN));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("losses")
    void onlyALostRaceIsTriedAgain(String name, Throwable lost, Outcome outcome) {
        Throwable thrown = catchThrowable(() -> retry.run(() -> lose(lost)));

        assertThat(attempts).hasValue(outcome == Outcome.GAVE_UP ? 3 : 1);
        assertThat(events).containsExactly(new Attempted(outcome, attempts.get()));
        assertThat(thrown)
                .satisfiesAnyOf(
                        it -> assertThat(it).isSameAs(lost),
                        it -> assertThat(it)
                                .isInstanceOf(ConflictException.Concurrency.class)
                                .hasCause(lost));
    }

    @Test
    void connectionThatWasLostSurelyBeforeTheCommitIsTriedAgain() {
        Throwable lost = new IllegalStateException(new SQLNonTransientConnectionException("gone", "08006"));
        SQLException driver = postgres("08006");

        assertThat(catchThrowable(
                        () -> retry.lostBy(Phase.OPERATION).run(() -> lose(new IllegalStateException(driver)))))
                .hasCause(driver);
        assertThat(attempts).hasValue(3);

        attempts.set(0);
        assertThat(catchThrowable(() -> retry.run(() -> lose(lost)))).isSameAs(lost);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void statedVersionIsFinalAndADeadlockIsNot() {
        ConditionalRequest stated = stating("\"1\"");

        assertThat(catchThrowable(() -> retry.run(stated, () -> lose(ConflictException.version()))))
                .isInstanceOf(ConflictException.VersionMismatch.class);
        assertThat(attempts).hasValue(1);

        assertThat(catchThrowable(() -> retry.run(
                        stated,
                        () -> lose(
                                attempts.get() < 2
                                        ? new IllegalStateException(postgres("40P01"))
                                        : ConflictException.version()))))
                .isInstanceOf(ConflictException.VersionMismatch.class);
        assertThat(attempts).hasValue(3);
    }

    private static ConditionalRequest stating(String tag) {
        return ConditionalRequest.of(
                "PUT",
                name -> name.equals("If-Match") ? Collections.enumeration(List.of(tag)) : null,
                Preconditions.required());
    }

    /** What the request states is held against the row in each attempt, and is true; another row lost. */
    private Object loseAnother(ConditionalRequest stated) {
        guard(stated, Target.of("order", 1));
        return lose(ConflictException.version().target(Target.of("stock", 7)));
    }

    private static void guard(ConditionalRequest stated, Target target) {
        Validators present = Validators.of(EntityTag.strong("1"));
        stated.require(target, present);
        stated.arm(target, () -> present);
    }

    @Test
    void anotherRowThanTheStatedOneIsTriedAgain() {
        ConditionalRequest stated = stating("\"1\"");

        Throwable thrown = catchThrowable(() -> retry.run(stated, () -> loseAnother(stated)));

        assertThat(thrown).isInstanceOf(ConflictException.VersionMismatch.class);
        assertThat(attempts).hasValue(3);
        assertThat(events).containsExactly(new Attempted(Outcome.GAVE_UP, 3));
    }

    @Test
    void statedRowThatLostIsFinal() {
        ConditionalRequest stated = stating("\"1\"");
        Target target = Target.of("order", 1);

        assertThat(catchThrowable(() -> retry.run(stated, () -> {
                    guard(stated, target);
                    return lose(ConflictException.version().target(target));
                })))
                .isInstanceOf(ConflictException.VersionMismatch.class);
        assertThat(attempts).hasValue(1);
    }

    /** Whoever held it against the row once only, before the run, would let a second attempt write over what came between. */
    @Test
    void preconditionThatWasEvaluatedBeforeTheRunMakesEveryRaceFinal() {
        ConditionalRequest stated = stating("\"1\"");
        stated.evaluate(Validators.of(EntityTag.strong("1")));

        assertThat(catchThrowable(() -> retry.run(stated, () -> loseAnother(stated))))
                .isInstanceOf(ConflictException.VersionMismatch.class);
        assertThat(attempts).hasValue(1);
    }

    private Object lose(Throwable lost) {
        attempts.incrementAndGet();
        if (lost instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) lost;
    }
}
