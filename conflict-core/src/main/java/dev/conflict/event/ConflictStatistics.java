package dev.conflict.event;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events of this process since it was made.
 *
 * <p>The numbers are those of one node; add up or scrape all nodes to see the application's. Safe for use by many
 * threads; numbers read while others count may lag behind each other.
 */
public final class ConflictStatistics implements ConflictListener {
    private final Map<ConflictEvent.Kind, LongAdder> refused = new EnumMap<>(ConflictEvent.Kind.class);
    private final Map<ConflictEvent.Kind, LongAdder> wouldRefuse = new EnumMap<>(ConflictEvent.Kind.class);
    private final Map<ConflictEvent.Outcome, LongAdder> attempted = new EnumMap<>(ConflictEvent.Outcome.class);
    private final LongAdder retries = new LongAdder();
    private final LongAdder guardedWrites = new LongAdder();
    private final LongAdder unguardedWrites = new LongAdder();
    private final LongAdder unmapped = new LongAdder();

    /** Creates statistics that start at zero. */
    public ConflictStatistics() {
        for (ConflictEvent.Kind kind : ConflictEvent.Kind.values()) {
            refused.put(kind, new LongAdder());
            wouldRefuse.put(kind, new LongAdder());
        }
        for (ConflictEvent.Outcome outcome : ConflictEvent.Outcome.values()) {
            attempted.put(outcome, new LongAdder());
        }
    }

    @Override
    public void on(ConflictEvent event) {
        if (event instanceof ConflictEvent.Refused refusal) {
            count(refused, refusal.kind()).increment();
        } else if (event instanceof ConflictEvent.WouldRefuse passed) {
            count(wouldRefuse, passed.kind()).increment();
        } else if (event instanceof ConflictEvent.GuardedWrite) {
            guardedWrites.increment();
        } else if (event instanceof ConflictEvent.UnguardedWrite) {
            unguardedWrites.increment();
        } else if (event instanceof ConflictEvent.Unmapped) {
            unmapped.increment();
        } else if (event instanceof ConflictEvent.Attempted run) {
            count(attempted, run.outcome()).increment();
            retries.add(run.attempts() - 1);
        }
    }

    private static <K> LongAdder count(Map<K, LongAdder> counts, K key) {
        return Objects.requireNonNull(counts.get(key));
    }

    /**
     * Returns how many conflicts of a kind were answered.
     *
     * @param kind the kind
     * @return the count
     */
    public long refused(ConflictEvent.Kind kind) {
        return count(refused, kind).sum();
    }

    /**
     * Returns how many conflicts were answered.
     *
     * @return the count over all kinds
     */
    public long refused() {
        return refused.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /**
     * Returns how many requests would have been refused if their edges did not only report.
     *
     * @param kind what kind of refusal it would have been
     * @return the count
     */
    public long wouldRefuse(ConflictEvent.Kind kind) {
        return count(wouldRefuse, kind).sum();
    }

    /**
     * Returns how many requests would have been refused if their edges did not only report.
     *
     * @return the count over all kinds
     */
    public long wouldRefuse() {
        return wouldRefuse.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /**
     * Returns how many writes succeeded whose precondition was evaluated.
     *
     * @return the count
     */
    public long guardedWrites() {
        return guardedWrites.sum();
    }

    /**
     * Returns how many writes succeeded that stated a precondition which nobody evaluated.
     *
     * @return the count, which should be zero
     */
    public long unguardedWrites() {
        return unguardedWrites.sum();
    }

    /**
     * Returns how many writes a store refused by a rule that the application did not declare.
     *
     * @return the count, which should be zero
     */
    public long unmapped() {
        return unmapped.sum();
    }

    /**
     * Returns how many transactions that may be tried again came to such an end.
     *
     * @param outcome the end
     * @return the count
     */
    public long attempted(ConflictEvent.Outcome outcome) {
        return count(attempted, outcome).sum();
    }

    /**
     * Returns how many attempts followed a first one.
     *
     * @return the count
     */
    public long retries() {
        return retries.sum();
    }
}
