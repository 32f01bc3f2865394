package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What failed on a connection in one transaction, and which of it ended the transaction.
 *
 * <p>A failure that the work swallows may have rolled everything back, and what follows would then be committed without
 * what came before. PostgreSQL refuses all statements from the first failure on and answers a commit with a rollback that
 * its driver does not report; MySQL and others begin a new transaction after a deadlock without a word.
 */
final class Failures {
    /** MySQL's and MariaDB's: no lock in time, which may end the transaction; no room for locks, which does. */
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    private static final int LOCK_TABLE_FULL = 1206;

    private final Connection connection;
    private @Nullable SQLException first;
    private @Nullable SQLException ending;
    private @Nullable SQLException timeout;
    private long blockedNanos;

    Failures(Connection connection) {
        this.connection = connection;
    }

    void remember(SQLException failure, long nanos) {
        if (first == null) {
            first = failure;
        }
        SqlFailure read = SqlConflicts.classify(failure).orElseThrow();
        if (ending == null && endsTransaction(read)) {
            ending = failure;
        }
        if (isOfInnoDb(read) && read.vendorCode() == LOCK_WAIT_TIMEOUT) {
            timeout = failure;
        }
        if (read.kind() == Kind.DEADLOCK || read.kind() == Kind.LOCK_TIMEOUT) {
            blockedNanos += nanos;
        }
    }

    /** Only PostgreSQL has a transaction go on from a savepoint after what ended it; elsewhere what came before is gone. */
    void rolledBackToSavepoint() {
        first = null;
        SQLException before = ending;
        if (before != null
                && SqlConflicts.classify(before)
                        .filter(failure -> failure.product() == Product.POSTGRESQL)
                        .isPresent()) {
            ending = null;
        }
    }

    /** Returns for how long statements waited for a lock that they did not get. */
    Duration blocked() {
        return Duration.ofNanos(blockedNanos);
    }

    /** Returns the failure after which nothing that the work did would be stored; null if the transaction is alive. */
    @Nullable SQLException swallowed() throws SQLException {
        if (first == null && ending == null && timeout == null) {
            return isFailedForTheDriver()
                    ? new SQLException("A failure that is not known ended the transaction", "25P02")
                    : null;
        }
        if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            return ending();
        }
        try (Statement probe = connection.createStatement()) {
            probe.execute("SELECT 1");
            return null;
        } catch (SQLException aborted) {
            return first;
        }
    }

    /** Asks pgjdbc, which knows without asking the server, also of statements that the guard did not see. */
    private boolean isFailedForTheDriver() {
        try {
            Connection driver = connection.unwrap(Connection.class);
            Object state = driver.getClass().getMethod("getTransactionState").invoke(driver);
            return String.valueOf(state).equals("FAILED");
        } catch (ReflectiveOperationException | SQLException | RuntimeException anotherDriver) {
            return false;
        }
    }

    /** Returns the failure that explains what the work threw, if it is not that itself. */
    @Nullable SQLException reasonFor(Exception thrown) {
        if (ending == null && isIn(thrown, timeout)) {
            return null;
        }
        boolean consequence = SqlConflicts.classify(thrown)
                .filter(failure -> failure.kind() == Kind.TX_ABORTED
                        || failure.sqlState().orElse("").equals("25P02"))
                .isPresent();
        SQLException reason = consequence ? first : ending();
        return isIn(thrown, reason) ? null : reason;
    }

    @SuppressWarnings("ReferenceEquality") // this very exception, and no other
    private static boolean isIn(Throwable thrown, @Nullable SQLException wanted) {
        for (Throwable link = thrown; wanted != null && link != null; link = link.getCause()) {
            if (link == wanted) {
                return true;
            }
        }
        return false;
    }

    /** What ended the transaction. A lock timeout of InnoDB does only where the server is configured so. */
    private @Nullable SQLException ending() {
        if (ending == null && timeout != null && isRolledBackOnTimeout()) {
            ending = timeout;
        }
        return ending;
    }

    private boolean isRolledBackOnTimeout() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT @@innodb_rollback_on_timeout")) {
            return !row.next() || row.getBoolean(1);
        } catch (SQLException nobodyKnows) {
            return true;
        }
    }

    /** Which failures surely roll back more than their statement. InnoDB's lock timeout may, whatever its SQLState says. */
    private static boolean endsTransaction(SqlFailure failure) {
        return switch (failure.kind()) {
            case DEADLOCK, SERIALIZATION_FAILURE, CONNECTION_LOST, TX_ABORTED -> true;
            case LOCK_TIMEOUT -> !isOfInnoDb(failure) && isRollback(failure);
            default -> isRollback(failure) || (isOfInnoDb(failure) && failure.vendorCode() == LOCK_TABLE_FULL);
        };
    }

    private static boolean isOfInnoDb(SqlFailure failure) {
        return failure.product() == Product.MYSQL || failure.product() == Product.MARIADB;
    }

    /** Class 40 is the standard's "transaction rollback". */
    private static boolean isRollback(SqlFailure failure) {
        return failure.sqlState().orElse("").toUpperCase(Locale.ROOT).startsWith("40");
    }
}
