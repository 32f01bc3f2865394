package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.ConflictException;
import dev.conflict.Conflicts;
import dev.conflict.Details.Member;
import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.event.ConflictEvent.Attempted;
import dev.conflict.event.ConflictEvent.Outcome;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.retry.Contention;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class SqlTransactionsTest extends Stock {
    @Test
    void workIsCommittedAndItsResultReturned() throws SQLException {
        int left = SqlTransactions.run(pool, Contention.standard(), connection -> {
            take(connection, "a");
            return read(connection, "amount", "a");
        });

        assertThat(left).isEqualTo(9);
        assertThat(stored("a")).isEqualTo(9);
    }

    @Test
    void workThatThrowsIsRolledBackAndNotTriedAgain() throws SQLException {
        ConflictException refusal = ConflictException.state("CLOSED");
        AtomicInteger calls = new AtomicInteger();

        assertThatThrownBy(() -> transactions().run(connection -> {
                    calls.incrementAndGet();
                    take(connection, "a");
                    throw refusal;
                }))
                .isSameAs(refusal);

        assertThat(stored("a")).isEqualTo(10);
        assertThat(calls).hasValue(1);
        assertThat(events).containsExactly(new Attempted(Outcome.REFUSED, 1));
    }

    @Test
    void errorIsRolledBackAndThrown() throws SQLException {
        assertThatThrownBy(() -> transactions().run(connection -> {
                    take(connection, "a");
                    throw new AssertionError("bug");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("bug");

        assertThat(stored("a")).isEqualTo(10);
        assertThat(events).containsExactly(new Attempted(Outcome.REFUSED, 1));
    }

    @Test
    void connectionGoesBackAsItCame() throws SQLException {
        try (HikariDataSource single = Pool.of(database.dataSource(), 1)) {
            SqlTransactions serializable = SqlTransactions.of(single).isolation(Connection.TRANSACTION_SERIALIZABLE);
            int before;
            try (Connection raw = database.dataSource().getConnection()) {
                before = raw.getTransactionIsolation();
            }
            for (boolean fails : new boolean[] {false, true}) {
                try {
                    serializable.run(connection -> {
                        assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
                        assertThat(connection.getAutoCommit()).isFalse();
                        take(connection, "a");
                        if (fails) {
                            throw new SQLException("no");
                        }
                        return 0;
                    });
                } catch (SQLException expected) {
                    assertThat(fails).isTrue();
                }
                try (Connection next = single.getConnection()) {
                    Connection driver = next.unwrap(Connection.class);
                    assertThat(driver.getAutoCommit()).isTrue();
                    assertThat(driver.getTransactionIsolation()).isEqualTo(before);
                }
            }
            assertThat(stored("a")).isEqualTo(9);
        }
    }

    @Test
    void poolWithoutAutoCommitKeepsItsMode() throws SQLException {
        try (HikariDataSource manual = Pool.withoutAutoCommit(database.dataSource())) {
            SqlTransactions.of(manual).run(connection -> take(connection, "a"));

            assertThat(stored("a")).isEqualTo(9);
            try (Connection next = manual.getConnection()) {
                assertThat(next.unwrap(Connection.class).getAutoCommit()).isFalse();
            }
        }
    }

    @Test
    void lostRaceIsRunAgainFromTheRead() throws SQLException {
        AtomicInteger calls = new AtomicInteger();

        int left = transactions().run(connection -> {
            int version = read(connection, "version", "a");
            if (calls.incrementAndGet() <= 2) {
                elsewhere("a");
            }
            Conflicts.requireUpdated(update(
                    connection,
                    "update stock set amount = amount - 1, version = version + 1 where sku = 'a' and version = "
                            + version));
            return read(connection, "amount", "a");
        });

        assertThat(left).isEqualTo(7);
        assertThat(calls).hasValue(3);
        assertThat(events).containsExactly(new Attempted(Outcome.COMMITTED, 3));
    }

    @Test
    void everyAttemptGetsAConnectionAnew() throws SQLException {
        List<Connection> driver = new ArrayList<>();
        try (HikariDataSource single = Pool.of(database.dataSource(), 1)) {
            SqlTransactions.of(single).run(connection -> {
                assertThat(single.getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
                driver.add(connection);
                if (driver.size() < 3) {
                    throw ConflictException.version();
                }
                return 0;
            });
        }

        assertThat(driver).hasSize(3).doesNotHaveDuplicates();
    }

    private static ConditionalRequest request(String... field) {
        return ConditionalRequest.of("PUT", name -> fields(field, name), Preconditions.optional());
    }

    private static Enumeration<String> fields(String[] field, String name) {
        return Collections.enumeration(
                field.length > 0 && name.equalsIgnoreCase(field[0]) ? List.of(field[1]) : List.of());
    }

    @Test
    void versionThatTheClientStatedIsNotTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        List<ConflictException> refusals = List.of(
                ConflictException.version().versions(Revision.of(1), null),
                ConflictException.version().statedIn("If-Match", "\"1-1\"", EntityTag.strong("1-2")));
        for (ConflictException refusal : refusals) {
            assertThatThrownBy(() -> transactions().run(connection -> {
                        calls.incrementAndGet();
                        throw refusal;
                    }))
                    .isSameAs(refusal);
        }
        assertThatThrownBy(() -> transactions().run(request("If-Match", "\"1-1\""), connection -> {
                    calls.incrementAndGet();
                    throw ConflictException.version();
                }))
                .isInstanceOf(ConflictException.VersionMismatch.class);
        assertThatThrownBy(() -> transactions().run(connection -> {
                    calls.incrementAndGet();
                    Conflicts.requireUpdated(
                            update(connection, "update stock set amount = 0 where sku = 'a' and version = 7"), 7);
                    return 0;
                }))
                .isInstanceOfSatisfying(
                        ConflictException.VersionMismatch.class,
                        stale -> assertThat(stale.details().get(Member.REQUESTED_VERSION))
                                .hasToString("Optional[7]"));

        assertThat(calls).hasValue(4);
        assertThat(events).allMatch(event -> event.equals(new Attempted(Outcome.REFUSED, 1)));
    }

    @Test
    void requestThatStatesNothingIsTriedAgainAndOneThatDoesAfterADeadlockToo() throws SQLException {
        AtomicInteger calls = new AtomicInteger();

        transactions().run(request(), connection -> {
            if (calls.incrementAndGet() == 1) {
                throw ConflictException.version();
            }
            return 0;
        });
        transactions().run(request("If-Match", "\"1-1\""), connection -> {
            if (calls.incrementAndGet() == 3) {
                throw ConflictException.concurrency(ConcurrencyReason.DEADLOCK);
            }
            return 0;
        });

        assertThat(calls).hasValue(4);
    }

    @Test
    void deadlockIsRunAgainUntilBothAreStored() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicInteger calls = new AtomicInteger();
        CompletableFuture<Integer> other = CompletableFuture.supplyAsync(() -> cross("b", "a", both, calls));
        cross("a", "b", both, calls);
        other.get(60, TimeUnit.SECONDS);

        assertThat(stored("a")).isEqualTo(8);
        assertThat(stored("b")).isEqualTo(8);
        assertThat(calls.get()).isGreaterThan(2);
        assertThat(events).hasSize(2);
    }

    private int cross(String first, String second, CyclicBarrier both, AtomicInteger calls) {
        boolean[] waited = {false};
        try {
            return transactions().run(connection -> {
                calls.incrementAndGet();
                take(connection, first);
                if (!waited[0]) {
                    waited[0] = true;
                    await(both);
                }
                return take(connection, second);
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void waitForALockThatIsNotGivenIsNoPartOfTheWindow() throws SQLException {
        String patience = engine == DatabaseEngine.H2 ? "set lock_timeout 500" : "set local lock_timeout = '500ms'";
        try (Connection holder = database.dataSource().getConnection()) {
            holder.setAutoCommit(false);
            take(holder, "a");

            assertThatThrownBy(() -> transactions()
                            .policy(Contention.standard().attempts(1))
                            .run(connection -> {
                                try (Statement statement = connection.createStatement()) {
                                    statement.execute(patience);
                                }
                                return take(connection, "a");
                            }))
                    .isInstanceOfSatisfying(
                            ConflictException.Concurrency.class,
                            conflict -> assertThat(conflict.details()
                                            .get(Member.RETRY_AFTER_MILLIS)
                                            .orElseThrow())
                                    .isInstanceOfSatisfying(
                                            Long.class,
                                            millis -> assertThat(millis).isBetween(32L, 32 * 400L)));
        }
    }

    @Test
    void serializationFailureIsRunAgain() throws SQLException {
        AtomicInteger calls = new AtomicInteger();

        int level = Connection.TRANSACTION_REPEATABLE_READ;
        int left = transactions().isolation(level).run(connection -> {
            int amount = read(connection, "amount", "a");
            if (calls.incrementAndGet() == 1) {
                elsewhere("a");
            }
            update(connection, "update stock set amount = " + (amount - 1) + " where sku = 'a'");
            return amount - 1;
        });

        assertThat(calls).hasValue(2);
        assertThat(left).isEqualTo(8);
        assertThat(stored("a")).isEqualTo(8);
    }

    @Test
    void whenAttemptsAreUsedUpTheCallerLearnsThatItWasContentionAndWhenToComeBack() throws SQLException {
        SqlTransactions twice = transactions()
                .policy(Contention.standard().attempts(2))
                .isolation(Connection.TRANSACTION_REPEATABLE_READ);

        assertThatThrownBy(() -> twice.run(connection -> {
                    int amount = read(connection, "amount", "a");
                    elsewhere("a");
                    return update(connection, "update stock set amount = " + (amount - 1) + " where sku = 'a'");
                }))
                .isInstanceOfSatisfying(ConflictException.Concurrency.class, conflict -> {
                    assertThat(conflict).hasCauseInstanceOf(SQLException.class);
                    assertThat(conflict.details().get(Member.RETRY_AFTER_MILLIS).orElseThrow())
                            .isInstanceOfSatisfying(
                                    Long.class, millis -> assertThat(millis).isBetween(32L, 60_000L));
                });

        assertThat(stored("a")).isEqualTo(8);
        assertThat(events).containsExactly(new Attempted(Outcome.GAVE_UP, 2));
    }

    @Test
    void staleVersionThatNeverWinsIsThrownAsItCame() {
        ConflictException last = ConflictException.version();

        assertThatThrownBy(() -> transactions()
                        .policy(Contention.standard().attempts(3))
                        .run(connection -> {
                            throw last;
                        }))
                .isSameAs(last);

        assertThat(events).containsExactly(new Attempted(Outcome.GAVE_UP, 3));
    }

    @Test
    void interruptedWaitGivesUpAndStaysInterrupted() {
        ConflictException lost = ConflictException.version();
        AtomicInteger calls = new AtomicInteger();

        assertThatThrownBy(() -> transactions().run(connection -> {
                    calls.incrementAndGet();
                    Thread.currentThread().interrupt();
                    throw lost;
                }))
                .isSameAs(lost);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(calls).hasValue(1);
        assertThat(events).containsExactly(new Attempted(Outcome.GAVE_UP, 1));
    }

    /** The pool waited for as long as it was told to; to queue there again is what an overload feeds on. */
    @Test
    void poolThatHasNoConnectionInTimeIsNotAskedAgain() throws SQLException {
        try (HikariDataSource single = Pool.of(database.dataSource(), 1)) {
            single.setConnectionTimeout(250); // the shortest that there is
            try (Connection taken = single.getConnection()) {
                assertThat(taken.isClosed()).isFalse();
                assertThatThrownBy(() -> SqlTransactions.of(single)
                                .listener(events::add)
                                .run(connection -> take(connection, "a")))
                        .isInstanceOf(SQLTransientConnectionException.class);
            }
        }

        assertThat(events).containsExactly(new Attempted(Outcome.REFUSED, 1));
        assertThat(stored("a")).isEqualTo(10);
    }

    @Test
    void isolationIsOneOfFour() {
        assertThatThrownBy(() -> transactions().isolation(Connection.TRANSACTION_NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 0");
    }

    @Test
    void deadlineEndsTheRun() {
        assertThatThrownBy(() -> transactions()
                        .policy(Contention.standard().deadline(Duration.ofMillis(50)))
                        .run(connection -> {
                            throw ConflictException.version();
                        }))
                .isInstanceOf(ConflictException.VersionMismatch.class);

        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        Attempted.class, run -> assertThat(run.outcome()).isEqualTo(Outcome.GAVE_UP));
    }
}
