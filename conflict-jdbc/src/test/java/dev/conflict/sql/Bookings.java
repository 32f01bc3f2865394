package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.Conflicts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A history of transactions, each of which stores a booking and counts it in a row that all of them change; checked against
 * what is stored in the end.
 */
final class Bookings {
    static final String[] SCHEMA = {
        "create table booking (id varchar(20) not null)", // no key: what is stored twice is seen
        "create table total (bookings int not null, version int not null)",
        "insert into total values (0, 0)"
    };

    private enum End {
        STORED,
        UNKNOWN,
        FAILED
    }

    private record Booking(String id, End end) {}

    private final List<Booking> history = new ArrayList<>();
    private final AtomicInteger connectionsLost = new AtomicInteger();

    private Bookings() {}

    static Bookings of(SqlTransactions transactions, int threads, int each) throws Exception {
        return of(transactions, threads, each, () -> {});
    }

    /** Books in many threads at once; {@code meanwhile} is called in each attempt, between its statements. */
    static Bookings of(SqlTransactions transactions, int threads, int each, Runnable meanwhile) throws Exception {
        Bookings bookings = new Bookings();
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Future<List<Booking>>> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            String name = "t" + thread + "-";
            running.add(executor.submit(() -> {
                List<Booking> ended = new ArrayList<>();
                go.await();
                for (int i = 0; i < each; i++) {
                    ended.add(new Booking(name + i, bookings.book(transactions, name + i, meanwhile)));
                }
                return ended;
            }));
        }
        go.countDown();
        executor.shutdown();
        for (Future<List<Booking>> thread : running) {
            bookings.history.addAll(thread.get(5, TimeUnit.MINUTES));
        }
        return bookings;
    }

    private End book(SqlTransactions transactions, String id, Runnable meanwhile) {
        try {
            transactions.run(connection -> {
                try {
                    return bookAndCount(connection, id, meanwhile);
                } catch (SQLException failed) {
                    if (SqlConflicts.classify(failed).orElseThrow().kind() == SqlFailure.Kind.CONNECTION_LOST) {
                        connectionsLost.incrementAndGet();
                    }
                    throw failed;
                }
            });
            return End.STORED;
        } catch (UnknownOutcomeException unknown) {
            return End.UNKNOWN;
        } catch (SQLException | RuntimeException failed) {
            return End.FAILED;
        }
    }

    private static int bookAndCount(Connection connection, String id, Runnable meanwhile) throws SQLException {
        int version = version(connection);
        int row = book(connection, id);
        meanwhile.run();
        Conflicts.requireUpdated(update(
                connection,
                "update total set bookings = bookings + 1, version = version + 1 where version = " + version));
        return row;
    }

    static int book(Connection connection, String id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into booking values (?)")) {
            insert.setString(1, id);
            return insert.executeUpdate();
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select version from total")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static int update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    static List<String> stored(DataSource source) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select id from booking")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    /** Nothing is stored twice, nothing that was said to be stored is missing, nothing that was said not to be is there. */
    void check(DataSource source) throws SQLException {
        List<String> stored = stored(source);
        assertThat(stored).as("stored twice").doesNotHaveDuplicates();
        Set<String> there = new HashSet<>(stored);
        for (Booking booking : history) {
            if (booking.end != End.UNKNOWN) {
                assertThat(there.contains(booking.id)).as(booking.toString()).isEqualTo(booking.end == End.STORED);
            }
        }
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select bookings, version from total")) {
            row.next();
            assertThat(row.getInt(1)).as("counted").isEqualTo(stored.size());
            assertThat(row.getInt(2)).as("versions").isEqualTo(stored.size());
        }
    }

    int succeeded() {
        return count(End.STORED);
    }

    int unknown() {
        return count(End.UNKNOWN);
    }

    int failed() {
        return count(End.FAILED);
    }

    /** How many attempts lost their connection before the commit. */
    int connectionsLost() {
        return connectionsLost.get();
    }

    private int count(End end) {
        return (int) history.stream().filter(booking -> booking.end == end).count();
    }
}
