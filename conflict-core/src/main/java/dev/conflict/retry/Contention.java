package dev.conflict.retry;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long a writer who lost a race waits before he reads and writes anew, and when he gives up.
 *
 * <pre>{@code
 * Attempts attempts = Contention.standard().begin(System::nanoTime, ThreadLocalRandom.current());
 * while (true) {
 *     attempts.start();                                // the window opens
 *     Stock read = read();
 *     if (write(read.minus(quantity))) {               // refused if it is no longer what was read
 *         attempts.won();
 *         return;
 *     }
 *     Duration wait = attempts.lost().orElseThrow(OutOfTime::new);
 *     Thread.sleep(wait.toMillis());
 * }
 * }</pre>
 *
 * <p>A wait is drawn evenly from zero to a ceiling (<em>full jitter</em>): those who collided together come back apart. The
 * ceiling is 4 <em>windows</em> after the first loss, doubles with each further one, and ends at 32 windows. The window is
 * the time from the read to the refused write, measured in each attempt; so the same policy fits a database next door and a
 * service an ocean away, where a base in milliseconds fits one of them, and it gives way when a store slows down. No wait is
 * longer than a quarter of the deadline.
 *
 * <p>The deadline decides: nobody waits beyond the moment from which an attempt could still be over in time. The number of
 * attempts is limited too, so that a writer who cannot win does not go on until then.
 *
 * <p>It is a policy and nothing else: the clock and the random numbers are the caller's, and so is the waiting. Each method
 * that changes a policy returns another one; instances are immutable and safe for use by many threads, except that a
 * {@link RetryBudget} is shared by all that use it.
 */
public final class Contention {
    private static final Contention STANDARD = new Contention(64, Duration.ofSeconds(30), null);

    private final int attempts;
    private final Duration deadline;
    private final @Nullable RetryBudget budget;

    private Contention(int attempts, Duration deadline, @Nullable RetryBudget budget) {
        this.attempts = attempts;
        this.deadline = deadline;
        this.budget = budget;
    }

    /**
     * Returns the policy that suits most writers: 30 seconds, 64 attempts, no budget.
     *
     * @return the policy
     */
    public static Contention standard() {
        return STANDARD;
    }

    /**
     * Returns the same policy with another limit to the number of attempts.
     *
     * @param most how many attempts there may be, the first one included; 1 tries nothing again
     * @return the policy
     * @throws IllegalArgumentException if the number is not positive
     */
    public Contention attempts(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("There is at least one attempt, not " + most);
        }
        return new Contention(most, deadline, budget);
    }

    /**
     * Returns the same policy with another deadline.
     *
     * @param deadline the time from the beginning until the last attempt should be over; it interrupts nothing that runs
     * @return the policy
     * @throws IllegalArgumentException if the time is not positive, or longer than a day
     */
    public Contention deadline(Duration deadline) {
        if (deadline.isNegative() || deadline.isZero() || deadline.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("A deadline lies within a day, not " + deadline + " ahead");
        }
        return new Contention(attempts, deadline, budget);
    }

    /**
     * Returns the same policy with a budget of retries, which all who share it use up together.
     *
     * @param budget the budget
     * @return the policy
     */
    public Contention budget(RetryBudget budget) {
        return new Contention(attempts, deadline, Objects.requireNonNull(budget, "budget"));
    }

    /**
     * Begins the attempts of one writer; the deadline counts from now on.
     *
     * @param nanoTime a clock that never goes back, such as {@link System#nanoTime}
     * @param random where the jitter comes from
     * @return the attempts, of which none has started
     */
    public Attempts begin(LongSupplier nanoTime, RandomGenerator random) {
        return new Attempts(this, nanoTime, random);
    }

    int attempts() {
        return attempts;
    }

    long deadlineNanos() {
        return deadline.toNanos();
    }

    @Nullable RetryBudget budget() {
        return budget;
    }

    /** Returns the limits, for the log. */
    @Override
    public String toString() {
        return "at most " + attempts + " attempts in " + deadline + (budget == null ? "" : ", " + budget);
    }
}
