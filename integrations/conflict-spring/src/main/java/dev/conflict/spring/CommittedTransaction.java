package dev.conflict.spring;

import dev.conflict.sql.UnknownOutcome;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.HeuristicCompletionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Says that a transaction failed when it was committed already, or in part, so that nobody does it again. */
final class CommittedTransaction extends RuntimeException implements UnknownOutcome {
    private static final long serialVersionUID = 1L;

    private final transient RuntimeException failure;

    private CommittedTransaction(RuntimeException failure) {
        super(null, failure, false, false);
        this.failure = failure;
    }

    RuntimeException failure() {
        return failure;
    }

    /** Does work in a transaction; what fails behind the commit is told apart. */
    @SuppressWarnings("NullAway") // what the work returns, the template returns
    static <T extends @Nullable Object> T orFailure(TransactionTemplate template, Supplier<T> work) {
        AtomicBoolean committed = new AtomicBoolean();
        try {
            return template.execute(status -> {
                if (TransactionSynchronizationManager.isSynchronizationActive()) {
                    TransactionSynchronizationManager.registerSynchronization(new Notes(committed));
                }
                return work.get();
            });
        } catch (HeuristicCompletionException mixed) {
            throw new CommittedTransaction(mixed);
        } catch (RuntimeException thrown) {
            throw committed.get() ? new CommittedTransaction(thrown) : thrown;
        }
    }

    /** Hears of the commit before anybody who could fail. */
    private record Notes(AtomicBoolean committed) implements TransactionSynchronization, Ordered {
        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public void afterCommit() {
            committed.set(true);
        }
    }
}
