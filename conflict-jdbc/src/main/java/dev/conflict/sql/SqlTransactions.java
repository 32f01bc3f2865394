package dev.conflict.sql;

import dev.conflict.ConflictException;
import dev.conflict.event.ConflictEvent.Attempted;
import dev.conflict.event.ConflictListener;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.retry.Attempts;
import dev.conflict.retry.Contention;
import dev.conflict.sql.SqlFailure.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in a transaction of its own, and again in a new one if it lost to another.
 *
 * <pre>{@code
 * long left = SqlTransactions.run(dataSource, Contention.standard(), connection -> {
 *     Stock stock = read(connection, sku);
 *     Conflicts.requireUpdated(update(connection, sku, stock.left() - 1, stock.version()));   // … WHERE version = ?
 *     return stock.left() - 1;
 * });
 * }</pre>
 *
 * <p>The work runs once for each attempt and must do the same each time: read anew what it decides by, and change nothing
 * but the database. It returns to commit and throws to roll back; the connection that it gets cannot end the transaction.
 *
 * <table>
 * <caption>What happens after a failure</caption>
 * <tr><th>what</th><th>then</th></tr>
 * <tr><td>deadlock, serialization failure, lock timeout; a {@link ConflictException.Concurrency}</td>
 *     <td>rolled back and tried again</td></tr>
 * <tr><td>a version that another writer changed between the read and the write: a
 *     {@link ConflictException.VersionMismatch} as {@code requireUpdated} throws it</td><td>the same</td></tr>
 * <tr><td>a version that the client stated, in a header ({@link #run(ConditionalRequest, Work)}) or in a
 *     {@code VersionMismatch} that names the requested one</td>
 *     <td>rolled back and thrown: it would be as false the next time</td></tr>
 * <tr><td>the connection is lost before the commit, or the database cannot be reached</td>
 *     <td>tried again on another one: nothing was stored</td></tr>
 * <tr><td>the pool has no connection free in the time that it was given</td>
 *     <td>thrown: to queue there again is what an overload feeds on</td></tr>
 * <tr><td>the answer to the commit is lost</td><td>{@link UnknownOutcomeException}, never tried again</td></tr>
 * <tr><td>the work swallowed a failure that had ended the transaction</td>
 *     <td>rolled back, {@link IllegalStateException} caused by the failure; tried again if that is one of the first row</td></tr>
 * <tr><td>everything else</td><td>rolled back and thrown</td></tr>
 * </table>
 *
 * <p>When the {@link Contention policy} gives up, a conflict between transactions becomes a
 * {@code ConflictException.Concurrency} that says when to come back; everything else is thrown as it came. An interrupt
 * during a wait gives up at once and stays set. The connection goes back to its pool with the auto-commit mode and the
 * isolation that it came with. Statements that commit by themselves, such as DDL on MySQL, Oracle and H2, cannot be rolled
 * back and do not belong here; nor does the deadline cut a statement that runs.
 *
 * <p>Two things only the caller knows. The data source has to hand out connections of their own: one that is bound to a
 * transaction of the caller's, as Spring's {@code TransactionAwareDataSourceProxy} hands out, would be committed in its middle.
 * And {@code requireUpdated(rows)} does not say whether the version was read by the work or stated by a client: where a client
 * stated it, give the run his request, or the guard his version ({@code requireUpdated(rows, requested)}); else it is tried
 * again in vain until the policy gives up.
 *
 * <p>Instances are immutable and safe for use by many threads.
 */
public final class SqlTransactions {
    /** A transaction of ours tells a lost commit itself. */
    private static final TransactionRetry RETRY =
            TransactionRetry.of(new SqlConflictReader()).lostBy(Phase.OPERATION);

    private static final List<Integer> ISOLATIONS = List.of(
            Connection.TRANSACTION_READ_UNCOMMITTED,
            Connection.TRANSACTION_READ_COMMITTED,
            Connection.TRANSACTION_REPEATABLE_READ,
            Connection.TRANSACTION_SERIALIZABLE);

    /**
     * What is to be done in a transaction.
     *
     * @param <T> the type of its result
     */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        /**
         * Does the work, once for each attempt.
         *
         * @param connection the transaction's connection, of no use once this method has returned
         * @return the result of the run, if the commit succeeds
         * @throws SQLException if a statement fails
         */
        T run(Connection connection) throws SQLException;
    }

    private final DataSource source;
    private final Contention policy;
    private final @Nullable Integer isolation;
    private final ConflictListener listener;

    private SqlTransactions(
            DataSource source, Contention policy, @Nullable Integer isolation, ConflictListener listener) {
        this.source = Objects.requireNonNull(source, "source");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.isolation = isolation;
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Returns transactions with the standard policy, in the isolation that connections come with.
     *
     * @param source where each attempt gets a connection
     * @return the transactions
     */
    public static SqlTransactions of(DataSource source) {
        return new SqlTransactions(source, Contention.standard(), null, ignored -> {});
    }

    /**
     * Runs work in a transaction.
     *
     * @param <T> the type of the result
     * @param source where each attempt gets a connection
     * @param policy how often and for how long to try again
     * @param work the work
     * @return what the committed attempt returned
     * @throws UnknownOutcomeException if nobody knows whether the transaction was stored
     * @throws SQLException if a statement or the commit fails in a way that another attempt would not mend
     * @throws ConflictException if the work refuses, or each attempt lost
     * @throws IllegalStateException if the work ends the transaction itself, runs inside another run's transaction, or
     *     swallows a failure that ended the transaction
     */
    public static <T extends @Nullable Object> T run(DataSource source, Contention policy, Work<T> work)
            throws SQLException {
        return of(source).policy(policy).run(work);
    }

    /**
     * Returns the same transactions under another policy.
     *
     * @param policy how often and for how long to try again
     * @return the transactions
     */
    public SqlTransactions policy(Contention policy) {
        return new SqlTransactions(source, policy, isolation, listener);
    }

    /**
     * Returns the same transactions in another isolation.
     *
     * @param level one of the constants of {@link Connection}, such as {@link Connection#TRANSACTION_SERIALIZABLE}
     * @return the transactions
     * @throws IllegalArgumentException if it is none of them
     */
    public SqlTransactions isolation(int level) {
        if (!ISOLATIONS.contains(level)) {
            throw new IllegalArgumentException(
                    "The isolation of a transaction is one of " + ISOLATIONS + ", not " + level);
        }
        return new SqlTransactions(source, policy, level, listener);
    }

    /**
     * Returns the same transactions with somebody who hears how each ended, and after how many attempts.
     *
     * @param listener hears an {@link Attempted} for each run
     * @return the transactions
     */
    public SqlTransactions listener(ConflictListener listener) {
        return new SqlTransactions(source, policy, isolation, ConflictListener.all(List.of(listener)));
    }

    /**
     * Runs work in a transaction.
     *
     * @param <T> the type of the result
     * @param work the work
     * @return what the committed attempt returned
     * @throws SQLException as {@link #run(DataSource, Contention, Work)} does
     */
    public <T extends @Nullable Object> T run(Work<T> work) throws SQLException {
        return run(work, null);
    }

    /**
     * Runs the work of a request in a transaction. If the request states a version, a changed one ends it: trying again
     * would find the same, and a deadlock is tried again to find out honestly.
     *
     * @param <T> the type of the result
     * @param request the request's ledger
     * @param work the work
     * @return what the committed attempt returned
     * @throws SQLException as {@link #run(DataSource, Contention, Work)} does
     */
    public <T extends @Nullable Object> T run(ConditionalRequest request, Work<T> work) throws SQLException {
        return run(work, Objects.requireNonNull(request, "request"));
    }

    private <T extends @Nullable Object> T run(Work<T> work, @Nullable ConditionalRequest request) throws SQLException {
        Objects.requireNonNull(work, "work");
        return RETRY.policy(policy).listener(listener).run(attempts -> attempt(attempts, work), request);
    }

    private <T extends @Nullable Object> T attempt(Attempts attempts, Work<T> work) throws SQLException {
        Transaction begun;
        try {
            begun = Transaction.begin(source, isolation);
        } finally {
            attempts.start(); // to wait for a connection is not to have read
        }
        try (Transaction transaction = begun) {
            return transaction.run(work);
        } finally {
            attempts.exclude(begun.blocked());
        }
    }
}
