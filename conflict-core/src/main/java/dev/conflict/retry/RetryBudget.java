package dev.conflict.retry;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many retries many writers may use up together: a first attempt is always free, a retry costs, a success pays.
 *
 * <pre>{@code
 * RetryBudget budget = RetryBudget.of(100, 5);   // 100 at once, in the long run one retry for five successes
 * Contention policy = Contention.standard().budget(budget);
 * }</pre>
 *
 * <p>It is for batches and for clients of a service that is overloaded, where retries are the load that keeps it so. A
 * person who waits is better served without. The budget is that of this process, and the only thing that policies share.
 * Instances are safe for use by many threads.
 */
public final class RetryBudget {
    private final int successes;
    private final long full;
    private final AtomicLong tokens;

    private RetryBudget(int retries, int successes) {
        this.successes = successes;
        this.full = (long) retries * successes;
        this.tokens = new AtomicLong(full);
    }

    /**
     * Returns a full budget.
     *
     * @param retries how many retries it holds at most
     * @param successes how many successes pay for one
     * @return the budget
     * @throws IllegalArgumentException if a number is not positive
     */
    public static RetryBudget of(int retries, int successes) {
        if (retries < 1 || successes < 1) {
            throw new IllegalArgumentException(
                    "A budget holds at least one retry, and one success at least pays for it, not " + retries + " and "
                            + successes);
        }
        return new RetryBudget(retries, successes);
    }

    /** Takes a retry out, if there is one. */
    boolean withdraw() {
        return tokens.getAndUpdate(now -> now < successes ? now : now - successes) >= successes;
    }

    /** Pays for a part of a retry. */
    void deposit() {
        tokens.updateAndGet(now -> Math.min(full, now + 1));
    }

    /** Returns what is left, for the log. */
    @Override
    public String toString() {
        return "budget " + tokens.get() / successes + " of " + full / successes + " retries";
    }
}
