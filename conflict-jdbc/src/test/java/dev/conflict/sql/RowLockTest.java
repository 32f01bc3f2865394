package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Why those who lost hold the others up, as the simulation of conflict-core has it. */
class RowLockTest {
    @ParameterizedTest
    @EnumSource
    void refusedUpdateThatWaitedKeepsTheRowUntilItIsRolledBack(DatabaseEngine engine) throws Exception {
        try (Database database = engine.fresh()) {
            database.execute("create table stock (sku int, version int)", "insert into stock values (1, 1)");
            try (Connection winner = open(database);
                    Connection loser = open(database);
                    Connection next = open(database);
                    Connection observer = open(database)) {
                assertThat(compareAndSet(winner, 1)).isEqualTo(1);
                CompletableFuture<Integer> waiting = CompletableFuture.supplyAsync(() -> compareAndSet(loser, 1));
                awaitBlocked(observer, engine);
                winner.commit();
                assertThat(waiting.get(30, TimeUnit.SECONDS)).isZero();

                boolean h2 = engine == DatabaseEngine.H2;
                execute(next, h2 ? "set lock_timeout 100" : "set lock_timeout = '100ms'");
                next.commit();
                assertThatThrownBy(() -> compareAndSet(next, 2))
                        .satisfies(thrown -> assertThat(SqlConflicts.classify(thrown)
                                        .orElseThrow()
                                        .kind())
                                .isEqualTo(SqlFailure.Kind.LOCK_TIMEOUT));
                next.rollback();
                loser.rollback();
                assertThat(compareAndSet(next, 2)).isEqualTo(1);
            }
        }
    }

    private static Connection open(Database database) throws SQLException {
        Connection connection = database.dataSource().getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int compareAndSet(Connection connection, int version) {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("update stock set version = version + 1 where version = " + version);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitBlocked(Connection observer, DatabaseEngine engine) throws SQLException {
        String blocked = engine == DatabaseEngine.H2
                ? "select count(*) from information_schema.sessions where blocker_id is not null"
                : "select count(*) from pg_locks where not granted";
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30); System.nanoTime() < end; ) {
            try (Statement statement = observer.createStatement();
                    ResultSet row = statement.executeQuery(blocked)) {
                row.next();
                if (row.getInt(1) > 0) {
                    observer.rollback();
                    return;
                }
            }
            observer.rollback();
        }
        throw new AssertionError("nobody waits");
    }
}
