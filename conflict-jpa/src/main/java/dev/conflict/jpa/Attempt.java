package dev.conflict.jpa;

import dev.conflict.ConflictReaders;
import dev.conflict.sql.SqlConflicts;
import dev.conflict.sql.SqlFailure;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.OptimisticLockException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** One attempt: a persistence context of its own with one transaction, which is committed once or rolled back. */
record Attempt(EntityManagerFactory factory) {
    private static final System.Logger LOG = System.getLogger("dev.conflict.jpa");

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    <T extends @Nullable Object> T run(ConflictTransactions.Work<T> work) {
        requireOutermost();
        EntityManager em = factory.createEntityManager();
        try {
            EntityTransaction transaction = transaction(em);
            transaction.begin();
            Checks checks = Checks.begin(em);
            T result = work.run(em);
            requireOpen(transaction);
            requireCommittable(transaction);
            em.flush(); // what is refused here is surely not stored
            requireCommittable(transaction);
            if (checks.lockRest()) {
                em.flush();
            }
            commit(transaction);
            checks.commit();
            return result;
        } finally {
            end(em);
        }
    }

    /** A run inside of a run would commit, and the outer one, tried again, would have it done twice. */
    private static void requireOutermost() {
        // This method and the one that called it; a name would be looked up anew in each run.
        long own = STACK.walk(frames -> frames.filter(frame -> frame.getDeclaringClass() == Attempt.class)
                .limit(3)
                .count());
        if (own > 2) {
            throw new IllegalStateException(
                    "A transaction is running already, and would not be rolled back with this one."
                            + " Do the inner work with the EntityManager of the outer one");
        }
    }

    private static EntityTransaction transaction(EntityManager em) {
        try {
            return em.getTransaction();
        } catch (IllegalStateException jta) {
            throw new IllegalStateException(
                    "The transactions of this persistence unit are managed elsewhere (JTA): begin and commit there, and give"
                            + " that to retry(...)",
                    jta);
        }
    }

    private static void requireOpen(EntityTransaction transaction) {
        if (!transaction.isActive()) {
            throw new IllegalStateException(
                    "The work ended the transaction itself; return from it to commit, and throw to roll back");
        }
    }

    /** Hibernate's commit() of such a transaction returns as if something were stored. */
    private static void requireCommittable(EntityTransaction transaction) {
        if (transaction.getRollbackOnly()) {
            throw new IllegalStateException(
                    "The transaction can only be rolled back, because a failure was swallowed or"
                            + " somebody marked it: a commit would store nothing. Throw from the work to roll back");
        }
    }

    private static void commit(EntityTransaction transaction) {
        try {
            transaction.commit();
        } catch (RuntimeException thrown) {
            throw isRefusal(thrown) ? thrown : new UnknownOutcomeException(thrown);
        }
    }

    /** Whether nothing was stored for sure. Providers compare versions before they commit; else the database has to say so. */
    private static boolean isRefusal(RuntimeException thrown) {
        return SqlConflicts.classify(thrown)
                .map(SqlFailure::isRefusedCommit)
                .orElseGet(() ->
                        ConflictReaders.chain(thrown).stream().anyMatch(OptimisticLockException.class::isInstance));
    }

    /** Never fails: what was committed stays so. */
    private static void end(EntityManager em) {
        quietly(() -> {
            EntityTransaction transaction = em.getTransaction();
            if (transaction.isActive()) {
                transaction.rollback();
            }
        });
        quietly(em::close);
    }

    private static void quietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failed) {
            LOG.log(
                    Level.DEBUG,
                    "A transaction could not be rolled back, or its persistence context not be closed",
                    failed);
        }
    }
}
