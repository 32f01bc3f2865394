package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.conflict.event.ConflictEvent.Outcome;
import dev.conflict.event.ConflictStatistics;
import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.retry.Contention;
import dev.conflict.sql.Wire.Cut;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real PostgreSQL whose backends die, that stops and starts, and whose answers to commits are lost. */
class FaultTest {
    private static final int THREADS = 8;

    private final ConflictStatistics statistics = new ConflictStatistics();
    private final AtomicInteger calls = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private Database database;

    @BeforeEach
    void create() {
        database = DatabaseEngine.POSTGRESQL.fresh();
        database.execute(Bookings.SCHEMA);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private SqlTransactions transactions(DataSource source) {
        return SqlTransactions.of(source)
                .policy(Contention.standard().attempts(1000).deadline(Duration.ofMinutes(2)))
                .listener(statistics);
    }

    private Wire wire(Supplier<Cut> cuts) throws IOException {
        String url = database.url();
        return new Wire(Integer.parseInt(url.replaceAll(".*:(\\d+)/.*", "$1")), cuts);
    }

    private HikariDataSource through(Wire wire, int size) {
        return Pool.of(wire.port(), database.url().replaceAll(".*/", ""), size);
    }

    @ParameterizedTest
    @CsvSource({"BEFORE_THE_SERVER, 0", "BEFORE_THE_CLIENT, 1"})
    void lostAnswerToACommitIsSaidToBeUnknownAndNotTriedAgain(Cut cut, int stored) throws Exception {
        try (Wire wire = wire(() -> cut);
                HikariDataSource pool = through(wire, 2)) {
            assertThatThrownBy(() -> transactions(pool).run(connection -> {
                        calls.incrementAndGet();
                        return Bookings.book(connection, "one");
                    }))
                    .isInstanceOf(UnknownOutcomeException.class);
        }

        assertThat(calls).hasValue(1);
        assertThat(statistics.attempted(Outcome.UNKNOWN)).isEqualTo(1);
        assertThat(Bookings.stored(database.dataSource())).hasSize(stored);
    }

    @Test
    void answersLostUnderLoadDoubleNothingAndLoseNothing() throws Exception {
        Random random = new Random(11);
        Supplier<Cut> cuts = () -> {
            synchronized (random) {
                int drawn = random.nextInt(20);
                return drawn == 0 ? Cut.BEFORE_THE_SERVER : drawn == 1 ? Cut.BEFORE_THE_CLIENT : Cut.NOWHERE;
            }
        };
        try (Wire wire = wire(cuts);
                HikariDataSource pool = through(wire, THREADS)) {
            Bookings bookings = Bookings.of(transactions(pool), THREADS, 40);

            bookings.check(database.dataSource());
            assertThat(bookings.unknown()).isBetween(10, 100);
            assertThat(bookings.failed()).isZero();
        }
        assertThat(statistics.attempted(Outcome.UNKNOWN)).isBetween(10L, 100L);
    }

    @Test
    void transactionWhoseBackendIsKilledRunsAgainAndIsStoredOnce() throws SQLException {
        try (HikariDataSource pool = Pool.of(database.dataSource(), 2)) {
            transactions(pool).run(connection -> {
                int pid = pid(connection);
                Bookings.book(connection, "one");
                if (calls.incrementAndGet() == 1) {
                    kill("pid = " + pid);
                }
                return Bookings.book(connection, "two");
            });
        }

        assertThat(calls).hasValue(2);
        assertThat(Bookings.stored(database.dataSource())).containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void backendThatIsKilledBeforeTheCommitLeavesTheOutcomeUnknown() throws SQLException {
        try (HikariDataSource pool = Pool.of(database.dataSource(), 2)) {
            assertThatThrownBy(() -> transactions(pool).run(connection -> {
                        calls.incrementAndGet();
                        Bookings.book(connection, "one");
                        kill("pid = " + pid(connection));
                        return 0;
                    }))
                    .isInstanceOf(UnknownOutcomeException.class);
        }

        assertThat(calls).hasValue(1);
        assertThat(Bookings.stored(database.dataSource())).isEmpty();
    }

    @Test
    void backendsKilledUnderLoadDoubleNothingAndLoseNothing() throws Exception {
        try (HikariDataSource pool = Pool.of(database.dataSource(), THREADS)) {
            Bookings bookings = Bookings.of(transactions(pool), THREADS, 40, () -> {
                if (calls.incrementAndGet() % 9 == 0) {
                    kill("pid in (select pid from pg_stat_activity where datname = current_database()"
                            + " and pid <> pg_backend_pid() order by random() limit 1)");
                }
            });

            bookings.check(database.dataSource());
            assertThat(bookings.failed()).isZero();
            assertThat(bookings.succeeded()).isGreaterThan(THREADS * 40 / 2);
            assertThat(bookings.connectionsLost()).as("in mid-transaction").isGreaterThan(THREADS);
        }
    }

    @Test
    void serverStoppedAndStartedUnderLoadDoublesNothingAndLosesNothing(@TempDir Path directory) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        EmbeddedPostgres server = start(port, directory);
        try (HikariDataSource pool = Pool.of(port, "postgres", THREADS)) {
            pool.setConnectionTimeout(20_000); // longer than the restart, or the pool gives up before the run does
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                for (String sql : Bookings.SCHEMA) {
                    statement.execute(sql);
                }
            }
            AtomicInteger booked = new AtomicInteger();
            Restart restart = new Restart(server, () -> start(port, directory));
            Bookings bookings = Bookings.of(transactions(pool), THREADS, 60, () -> {
                if (booked.incrementAndGet() == THREADS * 20) {
                    restart.begin();
                }
            });
            server = restart.done();

            bookings.check(pool);
            assertThat(bookings.failed()).isZero();
            assertThat(bookings.succeeded()).isGreaterThan(THREADS * 40);
            assertThat(bookings.connectionsLost()).as("when the server went").isPositive();
        } finally {
            server.close();
        }
    }

    private static EmbeddedPostgres start(int port, Path directory) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void kill(String which) {
        database.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where " + which);
    }
}
