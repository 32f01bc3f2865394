package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.harness.MariaDbServer;
import dev.conflict.sql.SqlConflicts;
import dev.conflict.sql.SqlFailure;
import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlTransactions;
import dev.conflict.sql.SqlTransactions.Work;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A lock timeout that the work swallows. Whether it took everything before it along is up to the server's configuration. */
@Tag("mariadb")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SwallowedTimeoutTest {
    private static DataSource stock(String driver, boolean everything) throws SQLException {
        MariaDbServer server = everything ? MariaDbServer.rollingBackOnTimeout() : MariaDbServer.plain();
        String address = server.freshDatabase();
        DataSource source = driver.equals("MySQL") ? MySqlDriverTest.source(address) : MariaDbTest.source(address);
        try (Connection connection = source.getConnection()) {
            execute(connection, "create table stock (sku char(1) primary key, amount int not null)");
            execute(connection, "insert into stock values ('a', 10), ('b', 10)");
        }
        return source;
    }

    @ParameterizedTest
    @CsvSource({"MariaDB, false, 1", "MariaDB, true, 2", "MySQL, false, 1", "MySQL, true, 2"})
    void transactionThatWasRolledBackIsRunAgain(String driver, boolean everything, int attempts) throws SQLException {
        DataSource source = stock(driver, everything);
        AtomicInteger calls = new AtomicInteger();

        whileLocked(source, connection -> {
            take(connection, "b");
            if (calls.incrementAndGet() == 1) {
                swallow(connection);
            }
            return 0;
        });

        assertThat(calls).hasValue(attempts);
        assertThat(left(source)).isEqualTo(9);
    }

    /** The same without our guard: the driver commits, and says nothing of what is missing. */
    @ParameterizedTest
    @CsvSource({"MariaDB, false, 9", "MariaDB, true, 10", "MySQL, false, 9", "MySQL, true, 10"})
    void driverCommitsWhatTheTimeoutLeft(String driver, boolean everything, int left) throws SQLException {
        DataSource source = stock(driver, everything);
        try (Connection holder = source.getConnection();
                Connection connection = source.getConnection()) {
            holder.setAutoCommit(false);
            take(holder, "a");
            connection.setAutoCommit(false);
            take(connection, "b");
            swallow(connection);
            connection.commit();
            holder.rollback();
        }

        assertThat(left(source)).isEqualTo(left);
    }

    private static void whileLocked(DataSource source, Work<Integer> work) throws SQLException {
        try (Connection holder = source.getConnection()) {
            holder.setAutoCommit(false);
            take(holder, "a");
            SqlTransactions.of(source).run(work);
            holder.rollback();
        }
    }

    private static void swallow(Connection connection) throws SQLException {
        execute(connection, "set innodb_lock_wait_timeout = 1");
        try {
            take(connection, "a");
            throw new AssertionError("the row is locked");
        } catch (SQLException swallowed) {
            assertThat(SqlConflicts.classify(swallowed).map(SqlFailure::kind)).contains(Kind.LOCK_TIMEOUT);
        }
    }

    private static void take(Connection connection, String sku) throws SQLException {
        execute(connection, "update stock set amount = amount - 1 where sku = '" + sku + "'");
    }

    private static int left(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select amount from stock where sku = 'b'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
