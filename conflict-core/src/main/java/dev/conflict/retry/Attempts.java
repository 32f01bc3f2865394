package dev.conflict.retry;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one writer, who tells when one starts and how it ends, and hears how long to wait.
 *
 * <p>{@link Contention} says how the waits come about. An instance belongs to one writer and is not safe for use by several
 * threads at once.
 */
public final class Attempts {
    /** A refusal that took less says nothing about how long the others need. */
    private static final long SHORTEST_WINDOW = 1_000_000;

    private static final int BASE = 4;
    private static final int CAP = 32;

    /** What ends the attempts. */
    public enum Limit {
        /** There were as many as there may be. */
        ATTEMPTS,
        /** The next one would not be over in time. */
        DEADLINE,
        /** All who share the budget have used it up. */
        BUDGET
    }

    private final Contention policy;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final long begun;

    private boolean running;
    private long started;
    private int count;
    private long window;
    private @Nullable Limit limit;

    Attempts(Contention policy, LongSupplier nanoTime, RandomGenerator random) {
        this.policy = policy;
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
        this.random = Objects.requireNonNull(random, "random");
        this.begun = nanoTime.getAsLong();
    }

    /**
     * Opens the window of an attempt, right before the writer reads.
     *
     * @throws IllegalStateException if an attempt is running, or a limit was reached
     */
    public void start() {
        if (running || limit != null) {
            throw new IllegalStateException(
                    running ? "The attempt before has not ended" : "The limit is reached: " + limit);
        }
        running = true;
        count++;
        started = nanoTime.getAsLong();
    }

    /**
     * Takes time out of the window of the attempt that runs: in which the writer did nothing but wait, such as the second
     * after which a database finds a deadlock.
     *
     * @param waited the time
     * @throws IllegalArgumentException if it is negative
     */
    public void exclude(Duration waited) {
        if (waited.isNegative()) {
            throw new IllegalArgumentException("Nobody waits for a negative time: " + waited);
        }
        started += waited.toNanos();
    }

    /**
     * Ends an attempt whose write was accepted, which pays into the budget.
     *
     * @throws IllegalStateException if no attempt is running
     */
    public void won() {
        end();
        RetryBudget budget = policy.budget();
        if (budget != null) {
            budget.deposit();
        }
    }

    /**
     * Ends an attempt whose write was refused, right after the refusal.
     *
     * @return how long to wait before the next attempt, which may be no time at all; empty if there should be none. A writer
     *     whose refusal brought the present state along may use it at once the first time, without waiting
     * @throws IllegalStateException if no attempt is running
     */
    public Optional<Duration> lost() {
        return lost(Duration.ZERO);
    }

    /**
     * Ends an attempt whose write was refused by one who says when to come back, as {@code Retry-After} does (RFC 9110
     * §10.2.3).
     *
     * @param atLeast how long to wait at least; the jitter is added, so that not all who were told the same come at once
     * @return how long to wait before the next attempt; empty if there should be none
     * @throws IllegalArgumentException if the time is negative
     * @throws IllegalStateException if no attempt is running
     */
    public Optional<Duration> lost(Duration atLeast) {
        if (atLeast.isNegative()) {
            throw new IllegalArgumentException("Nobody waits for a negative time: " + atLeast);
        }
        end();
        long now = nanoTime.getAsLong();
        window = Math.max(SHORTEST_WINDOW, now - started);
        long least = atLeast.compareTo(Duration.ofDays(1)) > 0 ? Long.MAX_VALUE / 2 : atLeast.toNanos();
        long room = policy.deadlineNanos() - (now - begun) - window - least;
        limit = limit(room);
        return limit == null ? Optional.of(Duration.ofNanos(least + jitter(room))) : Optional.empty();
    }

    private @Nullable Limit limit(long room) {
        if (count >= policy.attempts()) {
            return Limit.ATTEMPTS;
        }
        if (room < 0) {
            return Limit.DEADLINE;
        }
        RetryBudget budget = policy.budget();
        return budget != null && !budget.withdraw() ? Limit.BUDGET : null;
    }

    /** From zero to the ceiling, and never past the last moment from which an attempt could be over in time. */
    private long jitter(long room) {
        long doubled = window * Math.min(CAP, (long) BASE << Math.min(count - 1, 8));
        long ceiling = Math.min(doubled, policy.deadlineNanos() / 4);
        return random.nextLong(Math.min(ceiling, room) + 1);
    }

    private void end() {
        if (!running) {
            throw new IllegalStateException("No attempt is running: start() opens one");
        }
        running = false;
    }

    /**
     * Returns how many attempts were started.
     *
     * @return the number, zero in the beginning
     */
    public int count() {
        return count;
    }

    /**
     * Returns the time that the last refused attempt took from its start to its refusal, at least a millisecond.
     *
     * @return the window; empty if none was refused
     */
    public Optional<Duration> window() {
        return window == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(window));
    }

    /**
     * Returns what ended the attempts.
     *
     * @return the limit; empty unless {@link #lost} said that there should be no other attempt
     */
    public Optional<Limit> limit() {
        return Optional.ofNullable(limit);
    }

    /** Returns how many attempts there were, and in what time. */
    @Override
    public String toString() {
        return count + " attempts in " + Duration.ofNanos(nanoTime.getAsLong() - begun)
                + (limit == null ? "" : ", limit " + limit);
    }
}
