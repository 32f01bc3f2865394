package dev.conflict.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class LostUpdateTest {

    private final Register register = new Register();

    @Nested
    final class Verdicts {

        @Test
        void comparedAndSetRegisterLosesNothing() {
            RaceReport report = LostUpdate.race(register::read, register::compareAndSet)
                    .with(16)
                    .rounds(50)
                    .assertNoneLost();

            assertThat(report.increments()).isEqualTo(report.successes()).isGreaterThanOrEqualTo(50);
            assertThat(report.initialCount()).isZero();
            assertThat(report.finalCount()).isEqualTo(register.count.get());
            assertThat(report.refusals()).containsOnlyKeys(412);
            assertThat(report.refusals().get(412)).isEqualTo(800 - report.successes());
            assertThat(report.contestedRounds()).isGreaterThanOrEqualTo(25);
            assertThat(report.interleavings()).isEmpty();
            assertThat(report.untrueValidators()).isEmpty();
            assertThat(report.unjudgedValidators()).isZero();
            assertThat(report.validatorReuse()).isEmpty();
            assertThat(report.toString()).startsWith("no update was lost\nrace of 16 clients in 50 rounds\n");
        }

        @Test
        void everyClientGetsThroughWhenItTriesAsOftenAsThereAreClients() {
            RaceReport report = LostUpdate.race(register::read, register::compareAndSet)
                    .with(16)
                    .rounds(50)
                    .untilDone(16)
                    .assertNoneLost();

            assertThat(report.successes()).isEqualTo(800);
            assertThat(report.increments()).isEqualTo(800);
            assertThat(report.gaveUp()).isZero();
            assertThat(report.unjudgedValidators()).isZero();
        }

        @Test
        void clientsThatUseUpTheirTriesAreCounted() {
            RaceReport report = LostUpdate.race(register::read, register::compareAndSet)
                    .with(8)
                    .rounds(1)
                    .untilDone(2)
                    .run();

            assertThat(report.gaveUp()).isEqualTo(8 - report.successes());
            assertThat(LostUpdate.race(register::read, base -> Answer.of(409))
                            .with(2)
                            .rounds(3)
                            .untilDone(2)
                            .run()
                            .toString())
                    .contains(
                            "2 clients in 3 rounds, up to 2 tries each", "12 (12 x 409)", "6 clients did not succeed");
        }

        @Test
        void unguardedRegisterLosesInItsFirstRoundByNoLuck() {
            RaceReport report = LostUpdate.race(register::read, register::overwrite)
                    .with(16)
                    .rounds(1)
                    .run();

            assertThat(report.successes()).isEqualTo(16);
            assertThat(report.increments()).isEqualTo(1);
            assertThat(report.lostUpdates()).isEqualTo(15);
            assertThat(report.interleavings()).singleElement().satisfies(lost -> {
                assertThat(lost.round()).isEqualTo(1);
                assertThat(lost.missing()).isEqualTo(15);
                assertThat(lost.writes()).hasSize(16).allMatch(win -> win.base().count() == 0);
                assertThat(lost.events()).hasSize(34);
            });
        }

        @Test
        void unguardedRegisterLosesAtAFreePaceWhenItsWritesMeet() {
            CyclicBarrier both = new CyclicBarrier(2);
            LostUpdate race = LostUpdate.race(register::read, base -> {
                        both.await();
                        return register.overwrite(base);
                    })
                    .with(2)
                    .rounds(5)
                    .pace(LostUpdate.Pace.FREE);

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(race::assertNoneLost)
                    .withMessageStartingWith("5 updates were lost\n")
                    .withMessageContaining("round 1 lost 1 update: 2 writes were all answered as successes on count 0")
                    .withMessageContaining("and 2 more like it");
        }

        @Test
        void droppedWritesAreLostUpdates() {
            RaceReport report = LostUpdate.race(register::read, base -> Answer.of(200))
                    .with(2)
                    .rounds(2)
                    .run();

            assertThat(report.lostUpdates()).isEqualTo(4);
            assertThat(report.increments()).isZero();
        }

        @Test
        void oneDroppedWriteIsToldFromTheObserver() {
            AtomicInteger writes = new AtomicInteger();
            RaceReport report = LostUpdate.race(
                            register::read, base -> Answer.of(writes.getAndIncrement() == 0 ? 200 : 412))
                    .with(2)
                    .rounds(1)
                    .run();

            assertThat(report.interleavings())
                    .singleElement()
                    .asString()
                    .contains("round 1 lost 1 update: of 1 success not all arrived", "observer   read count 0");
        }

        @Test
        void refusedWritesThatAreAppliedArePhantoms() {
            LostUpdate race = LostUpdate.race(register::read, base -> {
                        Answer answer = register.compareAndSet(base);
                        return answer.status() == 200 && base.count() % 2 == 0 ? Answer.of(409) : answer;
                    })
                    .with(2)
                    .rounds(4)
                    .pace(LostUpdate.Pace.TOGETHER);

            RaceReport report = race.run();
            assertThat(report.phantomWrites()).isEqualTo(2);
            assertThat(report.lostUpdates()).isZero();
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(race::assertNoneLost)
                    .withMessageStartingWith("2 writes were applied though none of the answers says so\n");
        }

        @Test
        void writesWithoutAnswerMayHaveBeenAppliedOrNot() {
            AtomicInteger writes = new AtomicInteger();
            RaceReport report = LostUpdate.race(register::read, base -> {
                        boolean apply = writes.getAndIncrement() % 3 != 0;
                        Answer answer = apply ? register.compareAndSet(base) : Answer.of(200);
                        if (answer.status() == 200 && base.count() % 2 == 1) {
                            throw new IOException("connection reset");
                        }
                        return apply ? answer : Answer.of(412);
                    })
                    .with(8)
                    .rounds(40)
                    .assertNoneLost();

            assertThat(report.unknownOutcomes()).isPositive();
            assertThat(report.increments())
                    .isBetween((long) report.successes(), (long) report.successes() + report.unknownOutcomes());
            assertThat(report.toString()).contains("write: java.io.IOException: connection reset");
        }

        @Test
        void raceWithoutAnySuccessProvesNothing() {
            LostUpdate race =
                    LostUpdate.race(register::read, base -> Answer.of(403)).with(2);

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(race::assertNoneLost)
                    .withMessageStartingWith("no write succeeded, so the race proves nothing\n")
                    .withMessageContaining("40 (40 x 403)");
        }

        @Test
        void uncontestedRaceIsSaidToProveLittle() {
            // Whoever reads holds the lock until it has written, so nobody ever writes on the same count.
            Semaphore lock = new Semaphore(1);
            Set<Thread> holders = ConcurrentHashMap.newKeySet();
            RaceReport report = LostUpdate.race(
                            () -> {
                                if (Thread.currentThread().getName().startsWith("lost-update")
                                        && holders.add(Thread.currentThread())) {
                                    lock.acquire();
                                }
                                return register.read();
                            },
                            base -> {
                                Answer answer = register.overwrite(base);
                                lock.release();
                                return answer;
                            })
                    .with(4)
                    .rounds(1)
                    .pace(LostUpdate.Pace.FREE)
                    .run();

            assertThat(report.contestedRounds()).isZero();
            assertThat(report.toString()).contains("no two clients ever wrote on the same count");
        }

        @Test
        void mergingResourceLosesNothingAndIsNamed() {
            RaceReport report = LostUpdate.race(register::read, base -> {
                        register.count.incrementAndGet();
                        return Answer.of(200);
                    })
                    .with(4)
                    .rounds(2)
                    .assertNoneLost();

            assertThat(report.toString()).contains("the resource merges");
        }

        @Test
        void whatASuccessIsCanBeSaid() {
            LostUpdate.race(register::read, base -> {
                        Answer answer = register.compareAndSet(base);
                        return answer.status() == 200 ? Answer.of(303) : answer;
                    })
                    .success(answer -> answer.status() == 303)
                    .assertNoneLost();
        }

        @Test
        void failedReadsWriteNothing() {
            AtomicInteger reads = new AtomicInteger();
            RaceReport report = LostUpdate.race(
                            () -> {
                                // The first read is the observer's.
                                if (reads.getAndIncrement() == 1) {
                                    throw new IOException("no route");
                                }
                                return register.read();
                            },
                            register::compareAndSet)
                    .with(2)
                    .rounds(1)
                    .run();

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(report::assertNoneLost)
                    .withMessageContaining("no two clients ever wrote on the same count");
            assertThat(report.failedReads()).isEqualTo(1);
            assertThat(report.history()).hasSize(3).hasAtLeastOneElementOfType(RaceEvent.ReadFailed.class);
            assertThat(report.toString()).contains("1 read and 0 writes ended in an exception, such as read: java.io");
        }
    }

    @Nested
    final class ValidatorsInRefusals {

        @Test
        void validatorThatNobodyReadIsUntrue() {
            RaceReport report = raceOfRefusals("\"no such\"");

            assertThat(report.untrueValidators()).hasSize(3).allSatisfy(untrue -> {
                assertThat(untrue.untruth()).isEqualTo(RaceReport.Untruth.NEVER_BORNE);
                assertThat(untrue.refusal().answer().status()).isEqualTo(412);
            });
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(report::assertNoneLost)
                    .withMessageStartingWith("3 refusals name untrue validators\n")
                    .withMessageContaining("on count 2, validator \"2\" names \"no such\": no state had it");
        }

        @Test
        void validatorOfAStateThatWasOverIsUntrue() {
            RaceReport report = raceOfRefusals("\"0\"");

            // In round 1 it is untrue only if the loser happened to write after the winner's answer.
            assertThat(report.untrueValidators())
                    .filteredOn(untrue -> untrue.refusal().step().round() > 1)
                    .hasSize(2)
                    .allMatch(untrue -> untrue.untruth() == RaceReport.Untruth.NO_LONGER_BORNE);
        }

        @Test
        void validatorOfAStateStillToComeIsUntrue() {
            RaceReport report = raceOfRefusals("\"3\"");

            assertThat(report.untrueValidators())
                    .hasSize(2)
                    .allMatch(untrue -> untrue.untruth() == RaceReport.Untruth.NOT_YET_BORNE)
                    .allMatch(untrue -> untrue.refusal().step().round() < 3);
        }

        @Test
        void refusalsThatNameNothingAreCounted() {
            RaceReport report = raceOfRefusals(null);

            assertThat(report.assertNoneLost().refusalsWithoutValidator()).isEqualTo(3);
        }

        /** Three rounds of two clients, one of which loses and is told the given validator. */
        private RaceReport raceOfRefusals(@Nullable String told) {
            return LostUpdate.race(register::read, base -> {
                        Answer answer = register.compareAndSet(base);
                        return answer.status() == 412 ? new Answer(412, told, "") : answer;
                    })
                    .with(2)
                    .rounds(3)
                    .pace(LostUpdate.Pace.TOGETHER)
                    .run();
        }

        @Test
        void validatorSharedByCountsIsReportedAsReuse() {
            RaceReport report = LostUpdate.race(
                            () -> new Reading(register.count.get(), "", "\"" + register.count.get() / 2 + "\""),
                            base -> register.count.compareAndSet(base.count(), base.count() + 1)
                                    ? Answer.of(204)
                                    : Answer.of(412))
                    .with(2)
                    .rounds(2)
                    .pace(LostUpdate.Pace.TOGETHER)
                    .assertNoneLost();

            assertThat(report.validatorReuse())
                    .containsExactly(new RaceReport.ValidatorReuse(List.of(0L, 1L), List.of("\"0\"")));
            assertThat(report.toString()).contains("validator \"0\" stood for the counts [0, 1]");
        }

        @Test
        void successThatNamesAnotherValidatorThanItsStateHasIsReportedAsReuse() {
            RaceReport report = LostUpdate.race(
                            register::read,
                            base -> register.count.compareAndSet(base.count(), base.count() + 1)
                                    ? new Answer(200, "W/\"body hash\"", "")
                                    : Answer.of(412))
                    .with(2)
                    .rounds(1)
                    .assertNoneLost();

            assertThat(report.validatorReuse())
                    .singleElement()
                    .hasToString("count 1 had the validators \"1\", W/\"body hash\"");
        }
    }

    @Nested
    final class Endings {

        @Test
        void hungWriteEndsAtTheDeadlineAndIsNamed() {
            CountDownLatch never = new CountDownLatch(1);
            LostUpdate race = LostUpdate.race(register::read, base -> {
                        if (base.count() == 1) {
                            never.await();
                        }
                        return register.compareAndSet(base);
                    })
                    .with(2)
                    .rounds(3)
                    .pace(LostUpdate.Pace.TOGETHER)
                    .within(Duration.ofMillis(300));

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(race::run)
                    .withMessageStartingWith("the race did not end within PT0.3S: it was in round 2 of 3, in flight:\n")
                    .withMessageContaining("  client 1 writing on count 1, validator \"1\", round 2, attempt 1, since ")
                    .withMessageContaining(
                            "  client 2 writing on count 1, validator \"1\", round 2, attempt 1, since ");
            assertThat(racers()).isEmpty();
        }

        @Test
        void hungObserverIsNamed() {
            CountDownLatch never = new CountDownLatch(1);

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(LostUpdate.race(
                                    () -> {
                                        never.await();
                                        return register.read();
                                    },
                                    register::compareAndSet)
                            .within(Duration.ofMillis(100))::run)
                    .withMessageContaining("client 0 (the observer) reading before round 1, since");
            assertThat(racers()).isEmpty();
        }

        @Test
        void errorOfTheUsersFunctionsEndsTheRaceAndIsThrown() {
            AssertionError wrong = new AssertionError("unexpected body");

            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(LostUpdate.race(register::read, base -> {
                        throw wrong;
                    })::run)
                    .isSameAs(wrong);
            assertThat(racers()).isEmpty();
        }

        @Test
        void exceptionOfTheSuccessPredicateEndsTheRaceAndIsThrown() {
            IllegalStateException wrong = new IllegalStateException("unexpected status");

            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(LostUpdate.race(register::read, register::compareAndSet)
                            .success(answer -> {
                                throw wrong;
                            })::run)
                    .isSameAs(wrong);
        }

        @Test
        void unreadableResourceEndsTheRace() {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(LostUpdate.race(
                            () -> {
                                throw new IOException("refused");
                            },
                            register::compareAndSet)::run)
                    .withMessage("the resource could not be read before round 1: java.io.IOException: refused")
                    .withCauseInstanceOf(IOException.class);
        }

        @Test
        void interruptOfTheCallerEndsTheRaceAndStaysSet() {
            Thread caller = Thread.currentThread();
            CountDownLatch never = new CountDownLatch(1);
            LostUpdate race = LostUpdate.race(register::read, base -> {
                caller.interrupt();
                never.await();
                return register.compareAndSet(base);
            });

            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(race::run)
                    .withMessage("the race was interrupted in round 1 of 20");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(racers()).isEmpty();
        }

        @Test
        void interruptFlagLeftBehindByTheUsersFunctionsDoesNoHarm() {
            RaceReport report = LostUpdate.race(register::read, base -> {
                        Thread.currentThread().interrupt();
                        return register.compareAndSet(base);
                    })
                    .with(4)
                    .rounds(5)
                    .assertNoneLost();

            assertThat(report.unknownOutcomes()).isZero();
        }

        private List<Thread> racers() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("lost-update-client-"))
                    .toList();
        }
    }

    @Nested
    final class Settings {

        private final LostUpdate race = LostUpdate.race(register::read, register::compareAndSet);

        @Test
        void settingsThatMakeNoRaceAreRefusedByName() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> race.with(1))
                    .withMessage("with(1): a race needs at least 2 clients");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> race.rounds(0))
                    .withMessage("rounds(0): a race needs at least 1 round");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> race.untilDone(1))
                    .withMessage("untilDone(1): trying again needs at least 2 tries");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> race.within(Duration.ZERO))
                    .withMessage("within(PT0S): a race needs some time, such as PT60S");
        }

        @Test
        void raceRunsAgainFromWhereTheResourceStands() {
            RaceReport first = race.with(2).rounds(1).assertNoneLost();
            RaceReport second = race.assertNoneLost();

            assertThat(second.initialCount()).isEqualTo(first.finalCount());
        }
    }

    /** A number whose tag is itself. */
    private static final class Register {

        private final AtomicLong count = new AtomicLong();

        Reading read() {
            long now = count.get();
            return new Reading(now, String.valueOf(now), tag(now));
        }

        Answer compareAndSet(Reading base) {
            return count.compareAndSet(base.count(), base.count() + 1)
                    ? new Answer(200, tag(base.count() + 1), "")
                    : new Answer(412, tag(count.get()), "stale");
        }

        Answer overwrite(Reading base) {
            count.set(base.count() + 1);
            return new Answer(200, tag(base.count() + 1), "");
        }

        private static String tag(long count) {
            return "\"" + count + "\"";
        }
    }
}
