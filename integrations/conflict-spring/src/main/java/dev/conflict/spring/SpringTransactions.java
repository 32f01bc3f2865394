package dev.conflict.spring;

import dev.conflict.ConflictReader;
import dev.conflict.event.ConflictListener;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.retry.Contention;
import dev.conflict.sql.TransactionRetry;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in a transaction of Spring's, and again in a new one if it lost to another.
 *
 * <pre>{@code
 * Document renamed = transactions.run(conditional, () -> {
 *     Document document = documents.find(em, id, conditional);
 *     document.rename(title);
 *     documents.respondWithTag(em, document, conditional);
 *     return document;
 * });
 * }</pre>
 *
 * <p>The work runs once for each attempt and must do the same each time: find anew what it decides by, keep no entity of an
 * earlier attempt, and change nothing but the database. It may use whatever takes part in Spring's transactions: repositories,
 * {@code JdbcClient}, an injected {@code EntityManager}, services that join a transaction ({@code @Transactional} with its standard
 * propagation). What commits by itself, {@code REQUIRES_NEW} or another transaction manager, is done once for each attempt.
 *
 * <p>Tried again are deadlocks, serialization failures, lock timeouts, and a version that another writer moved on, unless the
 * client stated it; {@link TransactionRetry} has the whole table. A commit whose outcome nobody knows is not, nor is what fails
 * after the commit ({@code afterCommit} of a synchronization): it is thrown, and the work is stored. A run inside a
 * transaction is refused: a part of a transaction cannot be tried again.
 *
 * <p>Each attempt has a persistence context of its own, also where Spring keeps one open for the whole request
 * ({@code spring.jpa.open-in-view}): that one would hand out the stale entities of the attempt before. It is set aside for the
 * run. What the run returns does not belong to it, so read in the run what is going to be shown.
 *
 * <p>Instances are immutable and safe for use by many threads.
 */
public final class SpringTransactions {
    private final PlatformTransactionManager manager;
    private final TransactionDefinition definition;
    private final TransactionRetry retry;

    private SpringTransactions(
            PlatformTransactionManager manager, TransactionDefinition definition, TransactionRetry retry) {
        this.manager = Objects.requireNonNull(manager, "manager");
        this.definition = definition;
        this.retry = retry;
    }

    /**
     * Returns transactions with the standard policy.
     *
     * @param manager begins and commits them
     * @param reader tells what a transaction lost to: {@code JpaConflictReader}, or {@code SqlConflictReader} without JPA
     * @return the transactions
     */
    public static SpringTransactions of(PlatformTransactionManager manager, ConflictReader reader) {
        return new SpringTransactions(manager, new DefaultTransactionDefinition(), TransactionRetry.of(reader));
    }

    /**
     * Returns the same transactions under another policy.
     *
     * @param policy how often and for how long to try again
     * @return the transactions
     */
    public SpringTransactions policy(Contention policy) {
        return new SpringTransactions(manager, definition, retry.policy(policy));
    }

    /**
     * Returns the same transactions with somebody who hears how each run ended, and after how many attempts.
     *
     * @param listener hears a {@link dev.conflict.event.ConflictEvent.Attempted} for each run
     * @return the transactions
     */
    public SpringTransactions listener(ConflictListener listener) {
        return new SpringTransactions(manager, definition, retry.listener(listener));
    }

    /**
     * Returns the same transactions with another isolation, timeout or name.
     *
     * @param definition says how each attempt begins; its propagation does not count
     * @return the transactions
     */
    public SpringTransactions definition(TransactionDefinition definition) {
        return new SpringTransactions(manager, Objects.requireNonNull(definition, "definition"), retry);
    }

    /**
     * Runs work in a transaction.
     *
     * @param <T> the type of the result
     * @param work the work; it returns to commit and throws to roll back
     * @return what the committed attempt returned
     * @throws IllegalStateException if a transaction is open already
     */
    public <T extends @Nullable Object> T run(Supplier<T> work) {
        Supplier<T> attempt = attempt(work);
        return unwrapped(() -> retry.run(attempt));
    }

    /**
     * Runs the work of a request in a transaction. If the request states a precondition, a version that moved on ends it:
     * trying again would find the same. A deadlock is tried again, to find out honestly.
     *
     * @param <T> the type of the result
     * @param request the request's ledger
     * @param work the work; it returns to commit and throws to roll back
     * @return what the committed attempt returned
     * @throws IllegalStateException if a transaction is open already
     */
    public <T extends @Nullable Object> T run(ConditionalRequest request, Supplier<T> work) {
        Objects.requireNonNull(request, "request");
        Supplier<T> attempt = attempt(work);
        return unwrapped(() -> retry.run(request, attempt));
    }

    @SuppressWarnings("NullAway") // what the work returns, the template returns
    private <T extends @Nullable Object> Supplier<T> attempt(Supplier<T> work) {
        Objects.requireNonNull(work, "work");
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A transaction is open already ("
                    + TransactionSynchronizationManager.getCurrentTransactionName()
                    + "), and a part of it cannot be tried again. Call run outside of it, and leave @Transactional"
                    + " to what the work calls");
        }
        TransactionTemplate template = new TransactionTemplate(manager, definition);
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return () -> CommittedTransaction.orFailure(template, work);
    }

    /** What came after a commit is thrown as it came; it was only kept from being taken for a lost race. */
    private static <T extends @Nullable Object> T unwrapped(Supplier<T> attempts) {
        try {
            return PersistenceContexts.setAside(attempts);
        } catch (CommittedTransaction committed) {
            throw committed.failure();
        }
    }
}
