package dev.conflict.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The books of a race: what was answered against what arrived, round by round.
 *
 * <p>Between rounds nothing is under way, so a round's growth must lie between its successes and its successes plus the
 * writes that ended unknown, of this round or left over from an earlier one. Both sums are lower bounds: within one round
 * a write that was refused and applied can hide a lost one.
 */
record Ledger(long lost, long phantoms, int contestedRounds, List<RaceReport.Interleaving> interleavings) {

    static Ledger of(RaceHistory history) {
        long lost = 0;
        long phantoms = 0;
        long unknown = 0;
        int contested = 0;
        List<RaceReport.Interleaving> interleavings = new ArrayList<>();
        for (int round = 1; round <= history.rounds(); round++) {
            List<RaceEvent.Won> wins = history.of(RaceEvent.Won.class, round).toList();
            unknown += history.of(RaceEvent.Unanswered.class, round).count();
            long grown = history.after(round).reading().count()
                    - history.before(round).reading().count();
            long excess = grown - wins.size();
            if (excess > 0) {
                long explained = Math.min(excess, unknown);
                unknown -= explained;
                phantoms += excess - explained;
            } else if (excess < 0) {
                lost -= excess;
                interleavings.addAll(interleavings(history, round, wins, -excess));
            }
            if (!sharedBases(history.of(RaceEvent.Write.class, round)).isEmpty()) {
                contested++;
            }
        }
        return new Ledger(lost, phantoms, contested, List.copyOf(interleavings));
    }

    /** Finds the writes that were based on the same count as another of the same round, by that count. */
    static <W extends RaceEvent.Write> Map<Long, List<W>> sharedBases(Stream<W> writes) {
        Map<Long, List<W>> byBase =
                writes.collect(Collectors.groupingBy(write -> write.base().count(), TreeMap::new, Collectors.toList()));
        byBase.values().removeIf(sharing -> sharing.size() < 2);
        return byBase;
    }

    private static List<RaceReport.Interleaving> interleavings(
            RaceHistory history, int round, List<RaceEvent.Won> wins, long missing) {
        Map<Long, List<RaceEvent.Won>> shared = sharedBases(wins.stream());
        List<List<RaceEvent.Won>> groups = shared.isEmpty() ? List.of(wins) : List.copyOf(shared.values());
        return groups.stream()
                .map(group -> interleaving(history, round, group, missing))
                .toList();
    }

    private static RaceReport.Interleaving interleaving(
            RaceHistory history, int round, List<RaceEvent.Won> wins, long missing) {
        List<RaceEvent.Won> writes = wins.stream()
                .sorted(Comparator.comparingLong(win -> win.step().endNanos()))
                .toList();
        List<RaceEvent> events = new ArrayList<>(writes);
        history.of(RaceEvent.Read.class, round)
                .filter(read -> writes.stream().anyMatch(win -> sameAttempt(win.step(), read.step())))
                .forEach(events::add);
        events.sort(Comparator.comparingLong(event -> event.step().startNanos()));
        events.add(0, history.before(round));
        events.add(history.after(round));
        return new RaceReport.Interleaving(round, missing, writes, events);
    }

    private static boolean sameAttempt(RaceEvent.Step one, RaceEvent.Step other) {
        return one.client() == other.client() && one.attempt() == other.attempt();
    }
}
