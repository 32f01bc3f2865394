package dev.conflict.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.conflict.retry.Attempts.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentionTest {
    private static final Duration WINDOW = Duration.ofMillis(5);

    private long now = -7;

    /** Draws the highest number that may come. */
    private static final RandomGenerator HIGHEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            throw new AssertionError("a bounded number was expected");
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private Attempts begin(Contention policy, RandomGenerator random) {
        return policy.begin(() -> now, random);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private Duration lose(Attempts attempts, Duration window) {
        attempts.start();
        pass(window);
        Duration wait = attempts.lost().orElseThrow(() -> new AssertionError("given up: " + attempts));
        pass(wait);
        return wait;
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 10, 50, 150})
    void ceilingIsFourWindowsAndDoublesToThirtyTwo(long millis) {
        Attempts attempts = begin(Contention.standard().deadline(Duration.ofHours(1)), HIGHEST);
        Duration window = Duration.ofMillis(millis);

        assertThat(List.of(
                        lose(attempts, window),
                        lose(attempts, window),
                        lose(attempts, window),
                        lose(attempts, window),
                        lose(attempts, window)))
                .containsExactly(
                        window.multipliedBy(4),
                        window.multipliedBy(8),
                        window.multipliedBy(16),
                        window.multipliedBy(32),
                        window.multipliedBy(32));
    }

    @Test
    void waitsAreDrawnEvenlyFromZeroToTheCeiling() {
        Random random = new Random(1);
        int[] tenths = new int[10];
        for (int i = 0; i < 10_000; i++) {
            Attempts attempts = begin(Contention.standard(), random);
            tenths[(int) (lose(attempts, WINDOW).toNanos() / (WINDOW.toNanos() * 4 / 10.0 + 1))]++;
        }

        assertThat(IntStream.of(tenths).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(900, 1100));
    }

    @Test
    void windowOfTheLastAttemptCounts() {
        Attempts attempts = begin(Contention.standard().deadline(Duration.ofHours(1)), HIGHEST);
        assertThat(attempts.window()).isEmpty();

        assertThat(lose(attempts, Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(8));
        assertThat(lose(attempts, WINDOW)).isEqualTo(WINDOW.multipliedBy(8));
        assertThat(lose(attempts, WINDOW.multipliedBy(3))).isEqualTo(WINDOW.multipliedBy(48));
        assertThat(attempts.window()).contains(WINDOW.multipliedBy(3));
    }

    @Test
    void timeThatIsExcludedIsNotInTheWindow() {
        Attempts attempts = begin(Contention.standard(), HIGHEST);
        attempts.start();
        pass(Duration.ofSeconds(1).plus(WINDOW));
        attempts.exclude(Duration.ofSeconds(1));
        assertThat(attempts.lost()).contains(WINDOW.multipliedBy(4));

        attempts.start();
        pass(WINDOW);
        attempts.exclude(Duration.ofSeconds(1));
        assertThat(attempts.lost()).contains(Duration.ofMillis(8));
        assertThatIllegalArgumentException().isThrownBy(() -> attempts.exclude(Duration.ofMillis(-1)));
    }

    @Test
    void windowIsAMillisecondAtLeast() {
        Attempts attempts = begin(Contention.standard(), HIGHEST);

        assertThat(lose(attempts, Duration.ZERO)).isEqualTo(Duration.ofMillis(4));
        assertThat(attempts.window()).contains(Duration.ofMillis(1));
    }

    @Test
    void timeBetweenAttemptsIsNotInTheWindow() {
        Attempts attempts = begin(Contention.standard(), HIGHEST);
        pass(Duration.ofSeconds(3)); // to get a connection

        assertThat(lose(attempts, WINDOW)).isEqualTo(WINDOW.multipliedBy(4));
        pass(Duration.ofSeconds(3));
        assertThat(lose(attempts, WINDOW)).isEqualTo(WINDOW.multipliedBy(8));
    }

    @Test
    void noWaitIsLongerThanAQuarterOfTheDeadline() {
        Attempts attempts = begin(Contention.standard().deadline(Duration.ofSeconds(8)), HIGHEST);

        assertThat(lose(attempts, Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void lastAttemptCanStillBeOverInTime() {
        Attempts attempts = begin(Contention.standard().deadline(Duration.ofSeconds(1)), HIGHEST);

        lose(attempts, Duration.ofMillis(200)); // at 450: a quarter of the deadline
        lose(attempts, Duration.ofMillis(200)); // at 800: room for one more, not for the quarter
        assertThat(now + 7).isEqualTo(Duration.ofMillis(800).toNanos());
        attempts.start();
        pass(Duration.ofMillis(200));

        assertThat(attempts.lost()).isEmpty();
        assertThat(attempts.limit()).contains(Limit.DEADLINE);
        assertThat(attempts).hasToString("3 attempts in PT1S, limit DEADLINE");
    }

    @Test
    void deadlineDecidesHoweverTheDiceFall() {
        Random random = new Random(42);
        for (int run = 0; run < 2000; run++) {
            long begun = now;
            Duration window = Duration.ofMillis(1 + random.nextInt(300));
            Attempts attempts = begin(Contention.standard().deadline(Duration.ofSeconds(2)), random);
            boolean more = true;
            while (more) {
                attempts.start();
                pass(window);
                more = attempts.lost().map(wait -> now += wait.toNanos()).isPresent();
            }
            if (attempts.limit().orElseThrow() == Limit.DEADLINE) {
                assertThat(now - begun).isBetween(2_000_000_000L - window.toNanos(), 2_000_000_000L);
            }
        }
    }

    @Test
    void numberOfAttemptsIsLimitedToo() {
        Attempts attempts = begin(Contention.standard().attempts(3), HIGHEST);
        lose(attempts, WINDOW);
        lose(attempts, WINDOW);
        attempts.start();

        assertThat(attempts.lost()).isEmpty();
        assertThat(attempts.limit()).contains(Limit.ATTEMPTS);
        assertThat(attempts.count()).isEqualTo(3);
        assertThatIllegalStateException().isThrownBy(attempts::start).withMessageContaining("ATTEMPTS");
    }

    @Test
    void retryAfterIsALowerBoundUnderTheJitter() {
        Attempts attempts = begin(Contention.standard(), HIGHEST);
        attempts.start();
        pass(WINDOW);

        assertThat(attempts.lost(Duration.ofSeconds(3)))
                .contains(Duration.ofSeconds(3).plus(WINDOW.multipliedBy(4)));
    }

    @Test
    void thoseWhoWereToldTheSameTimeComeBackApart() {
        Random random = new Random(3);
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Attempts attempts = begin(Contention.standard(), random);
            attempts.start();
            pass(WINDOW);
            waits.add(attempts.lost(Duration.ofSeconds(1)).orElseThrow());
        }

        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) >= 0);
        assertThat(waits.stream().distinct().count()).isGreaterThan(90);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT30S", "PT24H", "PT1000000000H"})
    void retryAfterBeyondTheDeadlineEndsTheAttempts(Duration retryAfter) {
        Attempts attempts = begin(Contention.standard(), HIGHEST);
        attempts.start();

        assertThat(attempts.lost(retryAfter)).isEmpty();
        assertThat(attempts.limit()).contains(Limit.DEADLINE);
    }

    @Test
    void clockMayStandAnywhereAndOverflow() {
        now = Long.MAX_VALUE - 1000;
        Attempts attempts = begin(Contention.standard(), HIGHEST);

        assertThat(lose(attempts, WINDOW)).isEqualTo(WINDOW.multipliedBy(4));
        assertThat(now).isNegative();
        assertThat(lose(attempts, WINDOW)).isEqualTo(WINDOW.multipliedBy(8));
    }

    @Test
    void callsOutOfOrderAreRefused() {
        Attempts attempts = begin(Contention.standard(), HIGHEST);

        assertThatIllegalStateException().isThrownBy(attempts::won).withMessageContaining("start()");
        assertThatIllegalStateException().isThrownBy(attempts::lost).withMessageContaining("start()");
        attempts.start();
        assertThatIllegalStateException().isThrownBy(attempts::start).withMessageContaining("not ended");
        assertThatIllegalArgumentException().isThrownBy(() -> attempts.lost(Duration.ofMillis(-1)));
        attempts.won();
        assertThatIllegalStateException().isThrownBy(attempts::won);
        assertThat(attempts.limit()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void noAttemptAtAllIsNoPolicy(int most) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Contention.standard().attempts(most))
                .withMessageContaining(String.valueOf(most));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT24H0.000000001S"})
    void deadlineLiesWithinADay(Duration deadline) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Contention.standard().deadline(deadline))
                .withMessageContaining(deadline.toString());
    }

    @Test
    void policiesAreValues() {
        Contention standard = Contention.standard();

        assertThat(standard.attempts(2).deadline(Duration.ofSeconds(3)).budget(RetryBudget.of(4, 5)))
                .hasToString("at most 2 attempts in PT3S, budget 4 of 4 retries");
        assertThat(standard).hasToString("at most 64 attempts in PT30S");
    }

    @Test
    void budgetIsUsedUpByRetriesAndPaidBySuccesses() {
        RetryBudget budget = RetryBudget.of(2, 3);
        Contention policy = Contention.standard().budget(budget);
        for (int i = 0; i < 2; i++) {
            lose(begin(policy, HIGHEST), WINDOW);
        }
        assertThat(retries(policy)).isFalse();

        win(policy);
        win(policy);
        assertThat(retries(policy)).isFalse();
        win(policy);
        assertThat(retries(policy)).isTrue();
        assertThat(retries(policy)).isFalse();
        for (int i = 0; i < 100; i++) {
            win(policy);
        }
        assertThat(budget).hasToString("budget 2 of 2 retries");
    }

    private void win(Contention policy) {
        Attempts attempts = begin(policy, HIGHEST);
        attempts.start();
        attempts.won();
    }

    private boolean retries(Contention policy) {
        Attempts attempts = begin(policy, HIGHEST);
        attempts.start();
        boolean more = attempts.lost().isPresent();
        assertThat(attempts.limit().isPresent()).isNotEqualTo(more);
        return more;
    }

    @Test
    void attemptThatAnotherLimitEndsCostsNothing() {
        RetryBudget budget = RetryBudget.of(1, 1);
        Attempts attempts = begin(Contention.standard().attempts(1).budget(budget), HIGHEST);
        attempts.start();
        attempts.lost();

        assertThat(attempts.limit()).contains(Limit.ATTEMPTS);
        assertThat(budget).hasToString("budget 1 of 1 retries");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-1, 1"})
    void emptyBudgetIsNone(int retries, int successes) {
        assertThatIllegalArgumentException().isThrownBy(() -> RetryBudget.of(retries, successes));
    }

    @Test
    void threadsNeverTakeMoreThanTheBudgetHolds() throws InterruptedException {
        RetryBudget budget = RetryBudget.of(1000, 7);
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                for (int n = 0; n < 500; n++) {
                    if (budget.withdraw()) {
                        taken.incrementAndGet();
                    }
                }
            });
            thread.start();
            threads.add(thread);
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(taken).hasValue(1000);
    }
}
