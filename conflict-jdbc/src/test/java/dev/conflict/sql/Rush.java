package dev.conflict.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.conflict.ConflictException;
import dev.conflict.Conflicts;
import dev.conflict.event.ConflictEvent.Attempted;
import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.retry.Contention;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * Writers who start together, each taking one piece out of one row: read, compare and set, commit.
 *
 * @param stored the versions that writers were told they made
 * @param version the version that is there in the end
 * @param taken the pieces that are gone in the end
 * @param gaveUp how many writers gave up
 * @param statements how many statements, commits and rollbacks went to the database
 * @param mostAttempts how many attempts the unluckiest writer had
 * @param time from the start until the last one was done
 */
record Rush(
        List<Integer> stored, int version, int taken, int gaveUp, long statements, int mostAttempts, Duration time) {
    private static final int PIECES = 1000;

    static Rush of(DatabaseEngine engine, int writers, Duration roundTrip, Contention policy) throws Exception {
        AtomicInteger most = new AtomicInteger();
        return run(
                engine,
                writers,
                roundTrip,
                source -> {
                    SqlTransactions transactions = SqlTransactions.of(source)
                            .policy(policy)
                            .listener(event -> most.accumulateAndGet(((Attempted) event).attempts(), Math::max));
                    return transactions.run(Rush::take);
                },
                most);
    }

    /** The same, trying again at once until it works. */
    static Rush withoutBackoff(DatabaseEngine engine, int writers, Duration roundTrip) throws Exception {
        AtomicInteger most = new AtomicInteger();
        return run(
                engine,
                writers,
                roundTrip,
                source -> {
                    for (int attempts = 1; ; attempts++) {
                        most.accumulateAndGet(attempts, Math::max);
                        try (Transaction transaction = Transaction.begin(source, null)) {
                            return transaction.run(Rush::take);
                        } catch (ConflictException.VersionMismatch lost) {
                            // at once
                        }
                    }
                },
                most);
    }

    private interface Writer {
        int write(DataSource source) throws SQLException;
    }

    private static Rush run(DatabaseEngine engine, int writers, Duration roundTrip, Writer writer, AtomicInteger most)
            throws Exception {
        Latency latency = new Latency(roundTrip);
        try (Database database = engine.fresh()) {
            database.execute(
                    "create table stock (sku int primary key, left_over int not null, version int not null)",
                    "insert into stock values (1, " + PIECES + ", 0)");
            try (HikariDataSource pool = Pool.of(latency.before(database.dataSource()), writers)) {
                pool.setConnectionTimeout(TimeUnit.MINUTES.toMillis(2));
                open(pool, writers);
                CyclicBarrier start = new CyclicBarrier(writers + 1);
                ExecutorService executor = Executors.newFixedThreadPool(writers);
                List<Future<Integer>> running = new ArrayList<>();
                for (int i = 0; i < writers; i++) {
                    running.add(executor.submit(waiting(pool, start, writer)));
                }
                long before = latency.statements();
                long begun = System.nanoTime();
                start.await(5, TimeUnit.MINUTES);
                executor.shutdown();
                List<Integer> stored = new ArrayList<>();
                for (Future<Integer> one : running) {
                    stored.add(one.get(5, TimeUnit.MINUTES));
                }
                Duration time = Duration.ofNanos(System.nanoTime() - begun);
                return end(database, stored, latency.statements() - before, most.get(), time);
            }
        }
    }

    /** A connection for each writer is in the pool before the first one starts. */
    private static void open(DataSource pool, int writers) throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < writers; i++) {
                all.add(pool.getConnection());
            }
        } finally {
            for (Connection each : all) {
                each.close();
            }
        }
    }

    /** A version of -1 says that he gave up. */
    private static Callable<Integer> waiting(DataSource pool, CyclicBarrier start, Writer writer) {
        return () -> {
            start.await(5, TimeUnit.MINUTES);
            try {
                return writer.write(pool);
            } catch (ConflictException gaveUp) {
                return -1;
            }
        };
    }

    private static Rush end(Database database, List<Integer> stored, long statements, int most, Duration time)
            throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            int[] row = read(connection);
            List<Integer> versions =
                    stored.stream().filter(version -> version >= 0).sorted().toList();
            return new Rush(versions, row[1], PIECES - row[0], stored.size() - versions.size(), statements, most, time);
        }
    }

    private static int take(Connection connection) throws SQLException {
        int[] row = read(connection);
        try (PreparedStatement update = connection.prepareStatement(
                "update stock set left_over = ?, version = ? where sku = 1 and version = ?")) {
            update.setInt(1, row[0] - 1);
            update.setInt(2, row[1] + 1);
            update.setInt(3, row[1]);
            Conflicts.requireUpdated(update.executeUpdate());
        }
        return row[1] + 1;
    }

    private static int[] read(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("select left_over, version from stock where sku = 1");
                ResultSet row = select.executeQuery()) {
            row.next();
            return new int[] {row.getInt(1), row.getInt(2)};
        }
    }
}
