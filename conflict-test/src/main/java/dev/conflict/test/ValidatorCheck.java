package dev.conflict.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds what refusals say of the current state against what the history proves.
 *
 * <p>It accuses only what cannot be: everything else is believed, or counted as not judged.
 */
final class ValidatorCheck {

    private final SortedMap<String, SortedSet<Long>> countsByValidator = new TreeMap<>();
    private final SortedMap<Long, SortedSet<String>> validatorsByCount = new TreeMap<>();
    private final List<RaceReport.UntrueValidator> untrue = new ArrayList<>();
    private final boolean countFell;
    private int stated;
    private int unjudged;

    private ValidatorCheck(RaceHistory history, Ledger ledger) {
        boolean chain = ledger.lost() == 0
                && ledger.phantoms() == 0
                && Ledger.sharedBases(history.all(RaceEvent.Write.class)
                                .filter(write -> !(write instanceof RaceEvent.Refused)))
                        .isEmpty();
        history.reads()
                .forEach(read -> learn(read.reading().count(), read.reading().validator()));
        if (chain) {
            history.all(RaceEvent.Won.class)
                    .forEach(win -> learn(win.base().count() + 1, win.answer().currentValidator()));
        }
        Timeline timeline = Timeline.of(history, chain);
        this.countFell = history.reads()
                .anyMatch(read -> timeline.endedBefore(read.reading().count(), read.step()));
        boolean monotonic = ledger.lost() == 0 && !countFell;
        // In a chain every state was read: by the client that built upon it, or at the end by the observer.
        boolean allKnown =
                chain && history.reads().allMatch(read -> read.reading().validator() != null);
        history.all(RaceEvent.Refused.class).forEach(refusal -> judge(refusal, timeline, monotonic, allKnown));
    }

    static ValidatorCheck of(RaceHistory history, Ledger ledger) {
        return new ValidatorCheck(history, ledger);
    }

    private void learn(long count, @Nullable String validator) {
        if (validator != null) {
            countsByValidator
                    .computeIfAbsent(validator, unseen -> new TreeSet<>())
                    .add(count);
            validatorsByCount.computeIfAbsent(count, unseen -> new TreeSet<>()).add(validator);
        }
    }

    private void judge(RaceEvent.Refused refusal, Timeline timeline, boolean monotonic, boolean allKnown) {
        String validator = refusal.answer().currentValidator();
        if (validator == null) {
            return;
        }
        stated++;
        SortedSet<Long> counts = countsByValidator.get(validator);
        if (!monotonic || (counts == null && !allKnown)) {
            unjudged++;
        } else if (counts == null) {
            untrue.add(new RaceReport.UntrueValidator(refusal, validator, RaceReport.Untruth.NEVER_BORNE));
        } else {
            untruth(counts, refusal.step(), timeline)
                    .ifPresent(why -> untrue.add(new RaceReport.UntrueValidator(refusal, validator, why)));
        }
    }

    private static Optional<RaceReport.Untruth> untruth(
            SortedSet<Long> counts, RaceEvent.Step step, Timeline timeline) {
        boolean ended = false;
        for (long count : counts) {
            if (timeline.endedBefore(count, step)) {
                ended = true;
            } else if (!timeline.beganAfter(count, step)) {
                return Optional.empty();
            }
        }
        return Optional.of(ended ? RaceReport.Untruth.NO_LONGER_BORNE : RaceReport.Untruth.NOT_YET_BORNE);
    }

    List<RaceReport.UntrueValidator> untrue() {
        return List.copyOf(untrue);
    }

    /** One validator of several counts first, because a precondition cannot tell these apart. */
    List<RaceReport.ValidatorReuse> reuse() {
        Stream<RaceReport.ValidatorReuse> oneValidator = countsByValidator.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> new RaceReport.ValidatorReuse(List.copyOf(entry.getValue()), List.of(entry.getKey())));
        Stream<RaceReport.ValidatorReuse> oneCount = validatorsByCount.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> new RaceReport.ValidatorReuse(List.of(entry.getKey()), List.copyOf(entry.getValue())));
        return Stream.concat(oneValidator, oneCount).toList();
    }

    /** Tells that a read began after its count was over: the count fell, or the read was stale. */
    boolean countFell() {
        return countFell;
    }

    int stated() {
        return stated;
    }

    int unjudged() {
        return unjudged;
    }
}
