package dev.conflict.sql;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.ConflictReader;
import dev.conflict.ConflictReaders;
import dev.conflict.event.ConflictEvent.Attempted;
import dev.conflict.event.ConflictEvent.Outcome;
import dev.conflict.event.ConflictListener;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.retry.Attempts;
import dev.conflict.retry.Contention;
import dev.conflict.sql.SqlFailure.Phase;
import dev.conflict.sql.SqlFailure.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries a transaction again that lost to another, whoever begins and commits it: a framework's template, a call of a bean.
 *
 * <pre>{@code
 * private final TransactionRetry retry = TransactionRetry.of(new SqlConflictReader());
 *
 * void take(long sku) {
 *     retry.run(() -> template.execute(status -> stocks.take(sku)));
 * }
 * }</pre>
 *
 * <p>The caller sees to it that each call begins a new transaction, reads anew what it decides by, and that none is open
 * around it. {@link SqlTransactions} does so by itself; what is tried again and what is not stands in its table.
 *
 * <p>Instances are immutable and safe for use by many threads.
 */
public final class TransactionRetry {
    /** A database that restarts is not waited for by the window of a refused connection. */
    private static final Duration BEFORE_RECONNECT = Duration.ofMillis(100);

    /** One attempt, which says itself when it starts to read. */
    @FunctionalInterface
    interface Attempt<T extends @Nullable Object, E extends Exception> {
        T run(Attempts attempts) throws E;
    }

    /** How a run ended, and what is thrown instead of what came, null for nothing else. */
    private record End(Outcome outcome, @Nullable ConflictException instead) {}

    private final ConflictReader reader;
    private final Contention policy;
    private final ConflictListener listener;
    private final Phase lostBy;

    private TransactionRetry(ConflictReader reader, Contention policy, ConflictListener listener, Phase lostBy) {
        this.reader = Objects.requireNonNull(reader, "reader");
        this.policy = Objects.requireNonNull(policy, "policy");
        this.listener = Objects.requireNonNull(listener, "listener");
        this.lostBy = Objects.requireNonNull(lostBy, "lostBy");
    }

    /**
     * Returns a retry with the standard policy.
     *
     * @param reader tells what a transaction lost to: {@link SqlConflictReader}, or conflict-jpa's
     * @return the retry
     */
    public static TransactionRetry of(ConflictReader reader) {
        return new TransactionRetry(reader, Contention.standard(), ignored -> {}, Phase.COMMIT);
    }

    /**
     * Returns the same under another policy.
     *
     * @param policy how often and for how long to try again
     * @return the retry
     */
    public TransactionRetry policy(Contention policy) {
        return new TransactionRetry(reader, policy, listener, lostBy);
    }

    /**
     * Returns the same with somebody who hears how each run ended, and after how many attempts.
     *
     * @param listener hears an {@link Attempted} for each run
     * @return the retry
     */
    public TransactionRetry listener(ConflictListener listener) {
        return new TransactionRetry(reader, policy, ConflictListener.all(List.of(listener)), lostBy);
    }

    /**
     * Returns the same for transactions that tell a lost commit themselves, by an {@link UnknownOutcome}. Then any other lost
     * connection was lost before the commit, and is tried again; unless told so, it may have been lost during the commit.
     *
     * @param latest the last phase in which a connection may be lost without an {@code UnknownOutcome}
     * @return the retry
     */
    public TransactionRetry lostBy(Phase latest) {
        return new TransactionRetry(reader, policy, listener, latest);
    }

    /**
     * Runs a transaction until it wins, or until the policy gives up.
     *
     * @param <T> the type of the result
     * @param transaction begins, does the work and commits
     * @return what the committed attempt returned
     */
    public <T extends @Nullable Object> T run(Supplier<T> transaction) {
        return run(started(transaction), null);
    }

    /**
     * Runs the transaction of a request. If what the request states has turned false, that ends it: trying again would find
     * the same. A deadlock is tried again, to find out honestly, and so is the race for another row than the one that the
     * request is about: the next attempt holds the precondition against what is there then. Where it was held against
     * something before the run, or never was, each version that moved on ends it.
     *
     * @param <T> the type of the result
     * @param request the request's ledger
     * @param transaction begins, does the work and commits
     * @return what the committed attempt returned
     */
    public <T extends @Nullable Object> T run(ConditionalRequest request, Supplier<T> transaction) {
        return run(started(transaction), Objects.requireNonNull(request, "request"));
    }

    private static <T extends @Nullable Object> Attempt<T, RuntimeException> started(Supplier<T> transaction) {
        Objects.requireNonNull(transaction, "transaction");
        return attempts -> {
            attempts.start();
            return transaction.get();
        };
    }

    <T extends @Nullable Object, E extends Exception> T run(
            Attempt<T, E> transaction, @Nullable ConditionalRequest request) throws E {
        Attempts attempts = policy.begin(System::nanoTime, ThreadLocalRandom.current());
        Predicate<ConflictException> isFinal = finality(request);
        while (true) {
            try {
                T result = transaction.run(attempts);
                attempts.won();
                listener.on(new Attempted(Outcome.COMMITTED, attempts.count()));
                return result;
            } catch (Exception | Error lost) {
                End end = pause(lost, attempts, isFinal);
                if (end == null) {
                    continue;
                }
                listener.on(new Attempted(end.outcome(), attempts.count()));
                if (end.instead() != null) {
                    throw end.instead();
                }
                throw lost;
            }
        }
    }

    /** Waits until the next attempt; returns how the run ends, null if it does not. */
    private @Nullable End pause(Throwable lost, Attempts attempts, Predicate<ConflictException> isFinal) {
        List<Throwable> chain = ConflictReaders.chain(lost);
        Optional<ConflictException> own = own(chain);
        Optional<ConflictException> read = own.isPresent() || lost instanceof Error ? Optional.empty() : read(chain);
        Retry broken = own.or(() -> read).isPresent() ? Retry.NONE : retryOf(lost);
        if (broken == Retry.UNKNOWN_OUTCOME || chain.stream().anyMatch(UnknownOutcome.class::isInstance)) {
            return new End(Outcome.UNKNOWN, null); // also that of another transaction, inside of this one
        }
        boolean unreachable = broken == Retry.AFTER_DELAY;
        if (lost instanceof Error
                || !(unreachable
                        || own.or(() -> read).filter(it -> isRace(it, isFinal)).isPresent())) {
            return new End(Outcome.REFUSED, null);
        }
        Optional<Duration> wait = unreachable ? attempts.lost(BEFORE_RECONNECT) : attempts.lost();
        return wait.isPresent() && !isInterrupted(wait.get())
                ? null
                : new End(Outcome.GAVE_UP, exhausted(read.orElse(null), attempts));
    }

    private static boolean isInterrupted(Duration wait) {
        try {
            TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Optional<ConflictException> own(List<Throwable> chain) {
        return chain.stream()
                .filter(ConflictException.class::isInstance)
                .map(ConflictException.class::cast)
                .findFirst();
    }

    private Optional<ConflictException> read(List<Throwable> chain) {
        return chain.stream().flatMap(link -> reader.read(link).stream()).findFirst();
    }

    /** What becomes of a transaction whose connection broke, or that got none. */
    private Retry retryOf(Throwable lost) {
        return SqlConflicts.classify(lost)
                .filter(failure -> !failure.kind().isConflict())
                .map(failure -> failure.at(lostBy).retry())
                .orElse(Retry.NONE);
    }

    /** Whether this very attempt lost a race, so that the next may win it. */
    private static boolean isRace(ConflictException lost, Predicate<ConflictException> isFinal) {
        return lost.conflict() instanceof Conflict.Concurrency
                || (lost.conflict() instanceof Conflict.VersionMismatch mismatch
                        && mismatch.statedIn() == null
                        && mismatch.requested() == null
                        && !isFinal.test(lost));
    }

    /**
     * Tells of which races the next attempt would only find what the request states to be false. The ledger knows which row that
     * is about, once an attempt has held it against one; each attempt does, unless somebody did so before all of them. Where no
     * field states anything, it may still know of a version that came in the content.
     */
    private static Predicate<ConflictException> finality(@Nullable ConditionalRequest request) {
        if (request == null) {
            return lost -> false;
        }
        boolean earlier = request.isEvaluated();
        return lost -> (request.statedIn().isPresent() && (earlier || !request.isEvaluated()))
                || !request.attribute(lost).equals(lost);
    }

    /** What a caller can be told of transactions that got in each other's way. */
    private static @Nullable ConflictException exhausted(@Nullable ConflictException read, Attempts attempts) {
        return read instanceof ConflictException.Concurrency concurrency
                ? concurrency.retryAfter(attempts.window().orElse(Duration.ZERO).multipliedBy(32))
                : null;
    }
}
