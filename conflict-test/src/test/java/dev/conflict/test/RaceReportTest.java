package dev.conflict.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.test.SimulatedRace.Fault;
import dev.conflict.test.SimulatedRace.Manner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class RaceReportTest {

    private static final int SEEDS = 500;
    private static final long NEVER = 999;

    /** The checker against histories whose truth is known. */
    @Nested
    final class AgainstTheTruth {

        static List<Arguments> honestManners() {
            return List.of(
                    Arguments.argumentSet("compare and set", Manner.HONEST),
                    Arguments.argumentSet("no spurious refusals", new Manner(Fault.NONE, false, 0, 0)),
                    Arguments.argumentSet("answers cut off", new Manner(Fault.NONE, false, 25, 10)),
                    Arguments.argumentSet("merging", new Manner(Fault.NONE, true, 0, 25)),
                    Arguments.argumentSet("merging, answers cut off", new Manner(Fault.NONE, true, 25, 25)));
        }

        @ParameterizedTest
        @MethodSource("honestManners")
        void honestResourceIsNeverAccused(Manner manner) {
            int judged = 0;
            for (long seed = 0; seed < SEEDS; seed++) {
                RaceReport report = RaceReport.of(new SimulatedRace(seed, manner).run());

                assertThat(report.lostUpdates()).as("seed %d", seed).isZero();
                assertThat(report.phantomWrites()).as("seed %d", seed).isZero();
                assertThat(report.untrueValidators()).as("seed %d", seed).isEmpty();
                assertThat(report.validatorReuse()).as("seed %d", seed).isEmpty();
                assertThat(report.countFell()).as("seed %d", seed).isFalse();
                judged += sum(report) - report.refusalsWithoutValidator() - report.unjudgedValidators();
            }
            assertThat(judged).isGreaterThan(SEEDS);
        }

        @Test
        void everyDroppedWriteIsCounted() {
            LongStream.range(0, SEEDS).forEach(seed -> {
                SimulatedRace race = new SimulatedRace(seed, new Manner(Fault.DROP, false, 0, 10));
                RaceReport report = RaceReport.of(race.run());

                assertThat(report.lostUpdates()).as("seed %d", seed).isEqualTo(race.planted());
                assertThat(report.phantomWrites()).as("seed %d", seed).isZero();
                assertThat(report.interleavings().isEmpty()).as("seed %d", seed).isEqualTo(race.planted() == 0);
                assertThat(report.untrueValidators()).as("seed %d", seed).isEmpty();
            });
        }

        @Test
        void everyOverwriteIsCounted() {
            LongStream.range(0, SEEDS).forEach(seed -> {
                SimulatedRace race = new SimulatedRace(seed, new Manner(Fault.OVERWRITE, false, 0, 10));
                RaceReport report = RaceReport.of(race.run());

                assertThat(report.lostUpdates() == 0).as("seed %d", seed).isEqualTo(race.planted() == 0);
                assertThat(report.lostUpdates())
                        .as("seed %d", seed)
                        .isEqualTo(report.successes() - report.increments());
                assertThat(report.phantomWrites()).as("seed %d", seed).isZero();
                assertThat(report.interleavings().isEmpty()).as("seed %d", seed).isEqualTo(race.planted() == 0);
                assertThat(report.untrueValidators()).as("seed %d", seed).isEmpty();
            });
        }

        @Test
        void everyPhantomIsCounted() {
            LongStream.range(0, SEEDS).forEach(seed -> {
                SimulatedRace race = new SimulatedRace(seed, new Manner(Fault.PHANTOM, false, 0, 10));
                RaceReport report = RaceReport.of(race.run());

                assertThat(report.phantomWrites()).as("seed %d", seed).isEqualTo(race.planted());
                assertThat(report.lostUpdates()).as("seed %d", seed).isZero();
                assertThat(report.untrueValidators()).as("seed %d", seed).isEmpty();
            });
        }

        @ParameterizedTest
        @MethodSource("honestManners")
        void onlyUntrueValidatorsAreAccused(Manner manner) {
            int accused = 0;
            for (long seed = 0; seed < SEEDS; seed++) {
                SimulatedRace race = new SimulatedRace(seed, manner);
                RaceReport report = RaceReport.of(withLies(race, new Random(seed)));

                for (RaceReport.UntrueValidator untrue : report.untrueValidators()) {
                    long named = number(untrue.validator());
                    assertThat(race.bore(named, untrue.refusal().step()))
                            .as("seed %d: %s", seed, untrue)
                            .isFalse();
                    accused++;
                }
            }
            assertThat(accused).isGreaterThan(SEEDS / 10);
        }

        @Test
        void everyProvableLieOfAGuardedResourceIsFound() {
            Set<RaceReport.Untruth> found = new HashSet<>();
            for (long seed = 0; seed < SEEDS; seed++) {
                RaceHistory history = withLies(new SimulatedRace(seed, Manner.HONEST), new Random(seed));
                List<RaceReport.UntrueValidator> untrue = RaceReport.of(history).untrueValidators();

                assertThat(untrue)
                        .as("seed %d", seed)
                        .extracting(RaceReport.UntrueValidator::refusal)
                        .containsExactlyElementsOf(history.all(RaceEvent.Refused.class)
                                .filter(refusal -> isProvablyUntrue(refusal, history))
                                .toList());
                untrue.forEach(each -> found.add(each.untruth()));
            }
            assertThat(found).containsExactlyInAnyOrder(RaceReport.Untruth.values());
        }

        /** Lets half of the refusals name a state at random, or the one that never was. */
        private static RaceHistory withLies(SimulatedRace race, Random random) {
            List<RaceEvent> events = new ArrayList<>(race.run().events());
            List<Long> counts = new ArrayList<>(race.counts());
            counts.add(NEVER);
            events.replaceAll(event -> event instanceof RaceEvent.Refused refusal && random.nextBoolean()
                    ? new RaceEvent.Refused(
                            refusal.step(),
                            refusal.base(),
                            new Answer(
                                    412, SimulatedRace.validator(counts.get(random.nextInt(counts.size()))), "a lie?"))
                    : event);
            return race.history(events);
        }

        /** The definition without any short cut: some exchange shows that the state was over before, or not begun after. */
        private static boolean isProvablyUntrue(RaceEvent.Refused refusal, RaceHistory history) {
            long named = number(String.valueOf(refusal.answer().currentValidator()));
            return named == NEVER
                    || history.reads()
                            .anyMatch(read -> speaksAgainst(
                                    refusal,
                                    named,
                                    read.step(),
                                    read.reading().count(),
                                    read.reading().count()))
                    || history.all(RaceEvent.Won.class)
                            .anyMatch(win -> speaksAgainst(
                                    refusal,
                                    named,
                                    win.step(),
                                    win.base().count(),
                                    win.base().count() + 1));
        }

        /** At the start of the step the resource had the first count or a smaller one, at its end the second or a larger one. */
        private static boolean speaksAgainst(
                RaceEvent.Refused refusal, long named, RaceEvent.Step step, long first, long second) {
            return (second > named && step.endNanos() < refusal.step().startNanos())
                    || (first < named && step.startNanos() > refusal.step().endNanos());
        }

        private static long number(String validator) {
            return Long.parseLong(validator.replaceAll("[^0-9]", ""));
        }

        private static int sum(RaceReport report) {
            return report.refusals().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
        }
    }

    @Nested
    final class Books {

        @Test
        void writeOfUnknownOutcomeExplainsAnIncrementOfALaterRound() {
            RaceReport report = books(List.of(0L, 1L, 3L), unanswered(1), won(1), won(2));

            assertThat(report.phantomWrites()).isZero();
            assertThat(report.lostUpdates()).isZero();
        }

        @Test
        void writeOfUnknownOutcomeExplainsOneIncrementOnly() {
            RaceReport report = books(List.of(0L, 2L, 4L), unanswered(1), won(1), won(2));

            assertThat(report.phantomWrites()).isEqualTo(1);
        }

        @Test
        void writeOfUnknownOutcomeExplainsNoIncrementOfAnEarlierRound() {
            RaceReport report = books(List.of(0L, 2L, 3L), won(1), won(2), unanswered(2));

            assertThat(report.phantomWrites()).isEqualTo(1);
        }

        @Test
        void phantomOfOneRoundHidesNoLossOfAnother() {
            RaceReport report = books(List.of(0L, 0L, 2L), won(1), won(2));

            assertThat(report.lostUpdates()).isEqualTo(1);
            assertThat(report.phantomWrites()).isEqualTo(1);
            assertThat(report.increments()).isEqualTo(report.successes());
            assertThat(report.toString())
                    .startsWith("1 update was lost; 1 write was applied though none of the answers says so\n");
        }

        private static RaceReport books(List<Long> looks, RaceEvent... events) {
            List<RaceEvent.Read> read = LongStream.range(0, looks.size())
                    .mapToObj(i -> new RaceEvent.Read(
                            new RaceEvent.Step((int) i + 1, 0, 1, i * 100, i * 100 + 1), reading(looks.get((int) i))))
                    .toList();
            return RaceReport.of(new RaceHistory(2, looks.size() - 1, 1, read, List.of(events)));
        }

        private static RaceEvent won(int round) {
            return new RaceEvent.Won(step(round), reading(round), Answer.of(200));
        }

        private static RaceEvent unanswered(int round) {
            return new RaceEvent.Unanswered(step(round), reading(round), "cut off");
        }

        private static RaceEvent.Step step(int round) {
            return new RaceEvent.Step(round, 1, 1, round * 100L - 50, round * 100L - 40);
        }

        private static Reading reading(long count) {
            return new Reading(count, "", null);
        }
    }

    @Nested
    final class Text {

        private final RaceEvent.Read before = read(1, 0, 1_000, 5_000, 3);
        private final RaceEvent.Read after = read(2, 0, 90_000, 95_000, 4);

        @Test
        void lostUpdateIsToldAsATranscriptInMicroseconds() {
            RaceReport report = report(
                    read(1, 1, 10_000, 20_000, 3),
                    read(1, 2, 12_000, 25_000, 3),
                    read(1, 3, 13_000, 25_000, 3),
                    won(1, 26_000, 55_000),
                    won(2, 30_000, 40_000));

            assertThat(report.interleavings().get(0).writes())
                    .extracting(win -> win.step().client())
                    .containsExactly(2, 1);
            assertThat(report).hasToString("""
                    1 update was lost
                    race of 2 clients in 1 round
                      count      3 -> 4, grown by 1
                      successes  2
                      refusals   0
                      unknown    0
                      lost       1
                      phantom    0
                      validators 0 untrue in refusals, 0 not judged, 0 not stated
                    round 1 lost 1 update: 2 writes were all answered as successes on count 3
                            -4 ..        0 µs  observer   read count 3, validator "v3"
                             5 ..       15 µs  client 1   read count 3, validator "v3"
                             7 ..       20 µs  client 2   read count 3, validator "v3"
                            21 ..       50 µs  client 1   wrote on count 3, validator "v3", answered 200 naming "x" (ok)
                            25 ..       35 µs  client 2   wrote on count 3, validator "v3", answered 200 naming "x" (ok)
                            85 ..       90 µs  observer   read count 4, validator "v4\"""");
        }

        @Test
        void readThatShowsWhatWasOverIsNoted() {
            RaceReport report =
                    report(read(1, 1, 10_000, 20_000, 3), won(1, 21_000, 30_000), read(1, 2, 40_000, 50_000, 3));

            assertThat(report.lostUpdates()).isZero();
            assertThat(report.toString()).contains("the count fell, or reads are stale");
        }

        @Test
        void validatorsAreNotJudgedWhereUpdatesWereLost() {
            RaceReport report = report(
                    read(1, 1, 10_000, 20_000, 3),
                    won(1, 26_000, 40_000),
                    won(2, 30_000, 55_000),
                    new RaceEvent.Refused(step(1, 2, 60_000, 61_000), before.reading(), new Answer(412, "?", "")));

            assertThat(report.unjudgedValidators()).isEqualTo(1);
            assertThat(report.untrueValidators()).isEmpty();
        }

        @Test
        void unreadValidatorIsNotJudgedWhereSomeStateHadNone() {
            RaceReport report = report(
                    new RaceEvent.Read(step(1, 2, 6_000, 7_000), new Reading(3, "", null)),
                    won(1, 26_000, 40_000),
                    new RaceEvent.Refused(step(1, 2, 60_000, 61_000), before.reading(), new Answer(412, "?", "")));

            assertThat(report.unjudgedValidators()).isEqualTo(1);
            assertThat(report.untrueValidators()).isEmpty();
        }

        private RaceReport report(RaceEvent... events) {
            return RaceReport.of(new RaceHistory(2, 1, 1, List.of(before, after), List.of(events)));
        }

        private static RaceEvent.Step step(int round, int client, long start, long end) {
            return new RaceEvent.Step(round, client, 1, start, end);
        }

        private static RaceEvent.Read read(int round, int client, long start, long end, long count) {
            return new RaceEvent.Read(
                    step(round, client, start, end), new Reading(count, "", SimulatedRace.validator(count)));
        }

        private RaceEvent.Won won(int client, long start, long end) {
            return new RaceEvent.Won(step(1, client, start, end), before.reading(), new Answer(200, "\"x\"", "ok"));
        }
    }
}
