package dev.conflict.test;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * When each count can have been the resource's, as far as the history proves it.
 *
 * <p>It rests on one assumption, that the count never falls, and so judges nothing where updates were lost. A read tells
 * that its count was there at some moment between its start and its end: what is smaller had ended by that end, what is
 * larger had not begun before that start. A success on a count tells, by its end, that this count had ended. Only where the
 * writes form one chain, each on what the one before it made, does a success tell by its start that nothing larger had
 * begun: a server which merges may apply a write to a later state than the one that its client read.
 */
final class Timeline {

    /** By the value's moment the resource had reached at least the key. */
    private final NavigableMap<Long, Long> reachedBy = new TreeMap<>();

    /** At the value's moment or later the resource was still at most at the key. */
    private final NavigableMap<Long, Long> stillAt = new TreeMap<>();

    private Timeline() {}

    static Timeline of(RaceHistory history, boolean chain) {
        Timeline timeline = new Timeline();
        history.reads().forEach(read -> {
            timeline.reached(read.reading().count(), read.step().endNanos());
            timeline.still(read.reading().count(), read.step().startNanos());
        });
        history.all(RaceEvent.Won.class).forEach(win -> {
            timeline.reached(win.base().count() + 1, win.step().endNanos());
            if (chain) {
                timeline.still(win.base().count(), win.step().startNanos());
            }
        });
        timeline.close();
        return timeline;
    }

    /** Tells that the count was over before the step began. */
    boolean endedBefore(long count, RaceEvent.Step step) {
        Map.Entry<Long, Long> above = reachedBy.higherEntry(count);
        return above != null && above.getValue() < step.startNanos();
    }

    /** Tells that the count had not begun when the step ended. */
    boolean beganAfter(long count, RaceEvent.Step step) {
        Map.Entry<Long, Long> below = stillAt.lowerEntry(count);
        return below != null && below.getValue() > step.endNanos();
    }

    private void reached(long count, long atNanos) {
        reachedBy.merge(count, atNanos, Math::min);
    }

    private void still(long count, long atNanos) {
        stillAt.merge(count, atNanos, Math::max);
    }

    /** What holds of a count holds of the smaller ones too (reached) or of the larger ones (still). */
    private void close() {
        long earliest = Long.MAX_VALUE;
        for (Map.Entry<Long, Long> entry : reachedBy.descendingMap().entrySet()) {
            earliest = Math.min(earliest, entry.getValue());
            entry.setValue(earliest);
        }
        long latest = Long.MIN_VALUE;
        for (Map.Entry<Long, Long> entry : stillAt.entrySet()) {
            latest = Math.max(latest, entry.getValue());
            entry.setValue(latest);
        }
    }
}
