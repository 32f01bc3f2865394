package dev.conflict.sql;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * One attempt: a connection that is given back as it came, with one transaction on it that is committed once or rolled back.
 */
final class Transaction implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.conflict.sql");

    private enum State {
        OPEN,
        COMMITTED,
        /** Nobody knows what the connection is in the middle of. */
        BROKEN
    }

    private interface Action {
        void run() throws SQLException;
    }

    private final Connection connection;
    private final Guard guard;
    private final @Nullable Integer isolationBefore;
    private final boolean autoCommitBefore;
    private State state = State.OPEN;

    private Transaction(Connection connection, @Nullable Integer isolationBefore, boolean autoCommitBefore) {
        this.connection = connection;
        this.guard = new Guard(connection);
        this.isolationBefore = isolationBefore;
        this.autoCommitBefore = autoCommitBefore;
    }

    /** Takes a connection and begins a transaction on it; {@code isolation} is null for what the connection has. */
    static Transaction begin(DataSource source, @Nullable Integer isolation) throws SQLException {
        Connection connection = source.getConnection();
        if (Guard.isGuarded(connection)) {
            quietly(connection::close);
            throw new IllegalStateException(
                    "This data source hands out the connection of a transaction that runs already."
                            + " A transaction inside of it could be tried again only as a whole: call the work itself, or run"
                            + " the inner one on a data source with connections of its own");
        }
        try {
            Integer before = null;
            if (isolation != null) {
                before = connection.getTransactionIsolation();
                connection.setTransactionIsolation(isolation);
            }
            boolean autoCommit = connection.getAutoCommit();
            if (autoCommit) {
                connection.setAutoCommit(false);
            }
            return new Transaction(connection, before, autoCommit);
        } catch (SQLException | RuntimeException unusable) {
            quietly(connection::close);
            throw unusable;
        }
    }

    /** Runs the work and commits. */
    <T extends @Nullable Object> T run(SqlTransactions.Work<T> work) throws SQLException {
        T result;
        try {
            result = work.run(guard.shown());
        } catch (SQLException | RuntimeException thrown) {
            SQLException first = guard.failures().reasonFor(thrown);
            if (first == null) {
                throw thrown;
            }
            first.addSuppressed(thrown);
            throw first;
        } finally {
            guard.end();
        }
        SQLException swallowed = guard.failures().swallowed();
        if (swallowed != null) {
            throw new IllegalStateException(
                    "A statement failed and ended the transaction, but the work went on: a commit would store nothing of"
                            + " what came before, or nothing at all",
                    swallowed);
        }
        commit();
        return result;
    }

    /** Returns for how long the work waited for a lock that it did not get. */
    Duration blocked() {
        return guard.failures().blocked();
    }

    private void commit() throws SQLException {
        state = State.BROKEN; // until it is known to be anything else
        try {
            connection.commit();
        } catch (SQLException | RuntimeException thrown) {
            if (SqlConflicts.classify(thrown)
                    .filter(SqlFailure::isRefusedCommit)
                    .isPresent()) {
                state = State.OPEN;
                throw thrown;
            }
            throw new UnknownOutcomeException(thrown);
        }
        state = State.COMMITTED;
    }

    /** Gives the connection back as it came. Never fails: what was committed stays so. */
    @Override
    public void close() {
        if (state == State.OPEN && !quietly(connection::rollback)) {
            state = State.BROKEN;
        }
        if (state == State.BROKEN || !quietly(this::restore)) {
            quietly(() -> connection.abort(Runnable::run)); // else a pool might hand it on in the middle of something
        }
        quietly(connection::close);
    }

    private void restore() throws SQLException {
        if (autoCommitBefore) {
            connection.setAutoCommit(true);
        }
        if (isolationBefore != null) {
            connection.setTransactionIsolation(isolationBefore);
        }
    }

    private static boolean quietly(Action action) {
        try {
            action.run();
            return true;
        } catch (SQLException | RuntimeException failed) {
            LOG.log(Level.DEBUG, "A connection could not be given back as it came", failed);
            return false;
        }
    }
}
