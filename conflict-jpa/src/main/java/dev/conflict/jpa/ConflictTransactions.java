package dev.conflict.jpa;

import dev.conflict.ConflictException;
import dev.conflict.event.ConflictEvent.Attempted;
import dev.conflict.event.ConflictListener;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.retry.Contention;
import dev.conflict.sql.SqlFailure.Phase;
import dev.conflict.sql.TransactionRetry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in a transaction and a persistence context of its own, and again in new ones if it lost to another.
 *
 * <pre>{@code
 * Document renamed = ConflictTransactions.run(factory, Contention.standard(), em -> {
 *     Document document = em.find(Document.class, id);
 *     document.rename(title);
 *     return document;
 * });
 * }</pre>
 *
 * <p>The work runs once for each attempt and must do the same each time: find anew what it decides by, keep no entity of an
 * earlier attempt, and change nothing but the database. It returns to commit and throws to roll back.
 *
 * <table>
 * <caption>What happens after a failure</caption>
 * <tr><th>what</th><th>then</th></tr>
 * <tr><td>deadlock, serialization failure, lock timeout, whatever the provider calls them</td>
 *     <td>rolled back and tried again</td></tr>
 * <tr><td>a version that another writer moved on between the read and the write</td><td>the same</td></tr>
 * <tr><td>a version that the client stated, in a header ({@link #run(ConditionalRequest, Work)}) or in the body
 *     ({@link EntityVersions#check(EntityManager, Object, dev.conflict.Revision)})</td>
 *     <td>rolled back and thrown: it would be as false the next time</td></tr>
 * <tr><td>the connection is lost before the commit, or none can be had</td>
 *     <td>tried again: nothing was stored</td></tr>
 * <tr><td>the answer to the commit is lost</td><td>{@link UnknownOutcomeException}, never tried again</td></tr>
 * <tr><td>the transaction can only be rolled back when the work returns</td>
 *     <td>rolled back, {@link IllegalStateException}; Hibernate by itself would report a success</td></tr>
 * <tr><td>everything else</td><td>rolled back and thrown</td></tr>
 * </table>
 *
 * <p>What the transaction has to write is flushed before the commit, so that most refusals come before it. When the
 * {@link Contention policy} gives up, a conflict between transactions becomes a {@code ConflictException.Concurrency} that
 * says when to come back; everything else is thrown as it came. An interrupt during a wait gives up at once and stays set.
 * A lock timeout that the work swallows leaves a transaction that some providers commit, with half of the work.
 *
 * <p>Instances are immutable and safe for use by many threads.
 */
public final class ConflictTransactions {
    private static final TransactionRetry RETRY = TransactionRetry.of(new JpaConflictReader());

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
         * @param em the attempt's persistence context, closed once the attempt has ended
         * @return the result of the run, if the commit succeeds
         */
        T run(EntityManager em);
    }

    private final EntityManagerFactory factory;
    private final Contention policy;
    private final ConflictListener listener;

    private ConflictTransactions(EntityManagerFactory factory, Contention policy, ConflictListener listener) {
        this.factory = Objects.requireNonNull(factory, "factory");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * Returns transactions with the standard policy.
     *
     * @param factory makes the persistence context of each attempt; its transactions are resource-local
     * @return the transactions
     */
    public static ConflictTransactions of(EntityManagerFactory factory) {
        return new ConflictTransactions(factory, Contention.standard(), ignored -> {});
    }

    /**
     * Runs work in a transaction.
     *
     * @param <T> the type of the result
     * @param factory makes the persistence context of each attempt; its transactions are resource-local
     * @param policy how often and for how long to try again
     * @param work the work
     * @return what the committed attempt returned
     * @throws UnknownOutcomeException if nobody knows whether the transaction was stored
     * @throws ConflictException if the work refuses, or each attempt lost
     * @throws IllegalStateException if the work ends the transaction itself, runs inside another run, or leaves a transaction
     *     that can only be rolled back
     */
    public static <T extends @Nullable Object> T run(EntityManagerFactory factory, Contention policy, Work<T> work) {
        return of(factory).policy(policy).run(work);
    }

    /**
     * Returns the same transactions under another policy.
     *
     * @param policy how often and for how long to try again
     * @return the transactions
     */
    public ConflictTransactions policy(Contention policy) {
        return new ConflictTransactions(factory, policy, listener);
    }

    /**
     * Returns the same transactions with somebody who hears how each ended, and after how many attempts.
     *
     * @param listener hears an {@link Attempted} for each run
     * @return the transactions
     */
    public ConflictTransactions listener(ConflictListener listener) {
        return new ConflictTransactions(factory, policy, ConflictListener.all(List.of(listener)));
    }

    /**
     * Runs work in a transaction.
     *
     * @param <T> the type of the result
     * @param work the work
     * @return what the committed attempt returned
     */
    public <T extends @Nullable Object> T run(Work<T> work) {
        Attempt attempt = new Attempt(factory);
        return RETRY.lostBy(Phase.FLUSH).policy(policy).listener(listener).run(() -> attempt.run(work));
    }

    /**
     * Runs the work of a request in a transaction. If what the request states has turned false, that ends it: trying again
     * would find the same. A deadlock is tried again, to find out honestly, and so is the race for another row than the one
     * that the request is about, if the work holds the precondition against that one anew.
     *
     * @param <T> the type of the result
     * @param request the request's ledger
     * @param work the work
     * @return what the committed attempt returned
     */
    public <T extends @Nullable Object> T run(ConditionalRequest request, Work<T> work) {
        Attempt attempt = new Attempt(factory);
        return RETRY.lostBy(Phase.FLUSH).policy(policy).listener(listener).run(request, () -> attempt.run(work));
    }

    /**
     * Tries a whole transaction again that somebody else begins and commits, such as Spring's {@code TransactionTemplate}.
     *
     * <pre>{@code
     * transactions.retry(conditional, () -> template.execute(status -> documents.find(em, id, conditional).rename(title)));
     * }</pre>
     *
     * <p>The caller sees to it that each call begins a new transaction and a new persistence context, and that none is open
     * around it. Where the connection is lost nobody knows whether it was during the commit, so that is not tried again.
     *
     * @param <T> the type of the result
     * @param request the request's ledger
     * @param transaction begins, does the work and commits
     * @return what the committed attempt returned
     */
    public <T extends @Nullable Object> T retry(ConditionalRequest request, Supplier<T> transaction) {
        return RETRY.policy(policy).listener(listener).run(request, transaction);
    }
}
