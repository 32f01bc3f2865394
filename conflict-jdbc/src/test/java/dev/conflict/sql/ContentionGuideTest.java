package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.ConflictException;
import dev.conflict.Conflicts;
import dev.conflict.Dependent;
import dev.conflict.Disclosure;
import dev.conflict.Revision;
import dev.conflict.event.ConflictEvent.Outcome;
import dev.conflict.event.ConflictStatistics;
import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.retry.Attempts;
import dev.conflict.retry.Contention;
import dev.conflict.retry.RetryBudget;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The code of docs/contention.md. */
class ContentionGuideTest {
    private final Database database = DatabaseEngine.H2.fresh();
    private final DataSource dataSource = database.dataSource();
    private final ConflictStatistics statistics = new ConflictStatistics();

    @BeforeEach
    void create() {
        database.execute(
                "create table stock (sku varchar(20) primary key, amount int not null, version int not null)",
                "insert into stock values ('tea', 10, 1)",
                "create table booking (reference varchar(40) primary key)",
                "create table document (id bigint primary key, title varchar(50), version int not null)",
                "insert into document values (7, 'old', 3)",
                "create table users (username varchar(50))",
                "insert into users values ('Ann')",
                "create table orders (id bigint primary key, number varchar(10), customer_id bigint)",
                "insert into orders values (1, 'A-1', 5)");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private int take(String sku, int pieces) throws SQLException {
        return SqlTransactions.run(dataSource, Contention.standard(), connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("SELECT amount, version FROM stock WHERE sku = ?");
                    PreparedStatement update = connection.prepareStatement(
                            "UPDATE stock SET amount = ?, version = version + 1 WHERE sku = ? AND version = ?")) {
                select.setString(1, sku);
                ResultSet row = select.executeQuery();
                row.next();
                int left = row.getInt("amount") - pieces;

                update.setInt(1, left);
                update.setString(2, sku);
                update.setInt(3, row.getInt("version"));
                Conflicts.requireUpdated(update.executeUpdate()); // another writer came first: all of this again
                return left;
            }
        });
    }

    @Test
    void transactionIsRunAgain() throws SQLException {
        assertThat(take("tea", 3)).isEqualTo(7);
    }

    @Test
    void transactionsHaveOptions() throws SQLException {
        SqlTransactions transactions = SqlTransactions.of(dataSource)
                .policy(Contention.standard().deadline(Duration.ofSeconds(5)))
                .isolation(Connection.TRANSACTION_SERIALIZABLE)
                .listener(statistics);

        transactions.run(connection -> connection.createStatement().executeUpdate("UPDATE stock SET amount = 9"));

        assertThat(statistics.attempted(Outcome.COMMITTED)).isEqualTo(1);
    }

    private static final AtomicInteger READ = new AtomicInteger();

    private static int read() {
        return READ.get();
    }

    private static boolean write(int read, int next) {
        return READ.compareAndSet(read, next);
    }

    private static int addOne() throws InterruptedException {
        Attempts attempts = Contention.standard().begin(System::nanoTime, ThreadLocalRandom.current());
        while (true) {
            attempts.start(); // the window opens
            int read = read();
            if (write(read, read + 1)) { // refused if it is no longer what was read
                attempts.won();
                return read + 1;
            }
            Optional<Duration> wait = attempts.lost();
            if (wait.isEmpty()) {
                throw ConflictException.version();
            }
            Thread.sleep(wait.get().toMillis());
        }
    }

    @Test
    void policyServesAnyLoop() throws InterruptedException {
        assertThat(addOne()).isEqualTo(1);
    }

    @Test
    void budgetIsShared() {
        RetryBudget budget = RetryBudget.of(100, 5); // 100 at once; in the long run one retry for five successes
        Contention batch = Contention.standard().budget(budget);

        assertThat(batch).hasToString("at most 64 attempts in PT30S, budget 100 of 100 retries");
    }

    private String book(String reference) throws SQLException {
        try {
            SqlTransactions.run(dataSource, Contention.standard(), connection -> insert(connection, reference));
            return "booked";
        } catch (UnknownOutcomeException unknown) {
            return isBooked(reference) ? "booked" : "ask again later";
        }
    }

    private static int insert(Connection connection, String reference) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO booking VALUES (?)")) {
            insert.setString(1, reference);
            return insert.executeUpdate();
        }
    }

    private boolean isBooked(String reference) throws SQLException {
        return SqlTransactions.run(dataSource, Contention.standard(), connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT reference FROM booking WHERE reference = ?")) {
                select.setString(1, reference);
                return select.executeQuery().next();
            }
        });
    }

    @Test
    void unknownOutcomeIsLookedUp() throws SQLException {
        assertThat(book("r-1")).isEqualTo("booked");
        assertThat(isBooked("r-1")).isTrue();
        assertThat(isBooked("r-2")).isFalse();
    }

    private final RowVersions documents = RowVersions.of(dataSource, "document", "id", "version");

    private void rename(long id, String title, ConditionalRequest conditional) throws SQLException {
        SqlTransactions.of(dataSource).run(conditional, connection -> {
            Revision read = documents.find(connection, id, conditional); // 404, 412 or 428
            int rows = update(connection, id, title, read); // … WHERE id = ? AND version = ?
            documents.requireUpdated(connection, id, read, rows);
            return rows;
        });
    }

    private static int update(Connection connection, long id, String title, Revision read) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE document SET title = ?, version = version + 1 WHERE id = ? AND version = ?")) {
            update.setString(1, title);
            update.setLong(2, id);
            update.setObject(3, read.value());
            return update.executeUpdate();
        }
    }

    @Test
    void statedVersionIsHeld() throws SQLException {
        ConditionalRequest conditional = ConditionalRequest.of(
                "PUT",
                name -> name.equals("If-Match") ? Collections.enumeration(List.of("\"1-3\"")) : null,
                Preconditions.required());

        rename(7, "new", conditional);

        assertThatThrownBy(() -> rename(7, "newer", conditional)).isInstanceOf(ConflictException.VersionMismatch.class);
    }

    static final UniqueColumn USERNAMES =
            UniqueColumn.of("username", "users", "lower(username) = lower(?)").disclose(Disclosure.PUBLIC);

    static final DependentRows ORDERS = DependentRows.of(
            "SELECT COUNT(*) OVER (), number, id FROM orders WHERE customer_id = ? ORDER BY number",
            row -> new Dependent(row.getString("number"), URI.create("/orders/" + row.getLong("id"))));

    @Test
    void guardsLookBeforeTheWrite() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String name = "ann";
            long customer = 5;
            assertThatThrownBy(() -> USERNAMES.requireFree(connection, name, List.of(name + "1", name + "_")))
                    .isInstanceOf(ConflictException.Uniqueness.class);
            assertThatThrownBy(() -> ORDERS.requireNone(connection, customer))
                    .isInstanceOf(ConflictException.Dependency.class);
        }
    }

    @Test
    void transactionOfSomebodyElseIsTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        Taking stock = sku -> {
            if (calls.incrementAndGet() < 3) {
                throw new IllegalStateException(ConflictException.concurrency(ConcurrencyReason.DEADLOCK));
            }
            return 9;
        };

        int left = TransactionRetry.of(new SqlConflictReader())
                .policy(Contention.standard())
                .run(() -> stock.take("tea")); // begins and commits

        assertThat(left).isEqualTo(9);
        assertThat(calls).hasValue(3);
    }

    @FunctionalInterface
    private interface Taking {
        int take(String sku);
    }
}
