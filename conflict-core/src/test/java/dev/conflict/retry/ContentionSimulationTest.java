package dev.conflict.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.retry.Simulation.Pause;
import dev.conflict.retry.Simulation.Result;
import dev.conflict.retry.Simulation.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers of docs/contention.md, from fixed seeds. */
class ContentionSimulationTest {
    private static final int SEEDS = 50;
    private static final int[] WRITERS = {2, 8, 32, 128};
    private static final int[] ROUND_TRIPS = {2, 10, 50};

    /** The default, except that 128 writers of one row need longer than a person waits. */
    private static Contention policy(int writers) {
        Contention standard = Contention.standard();
        return writers <= 32 ? standard : standard.deadline(Duration.ofSeconds(60));
    }

    /** The limits are out of the way, so that each tries until he has won. */
    private static final Contention UNLIMITED =
            Contention.standard().attempts(Integer.MAX_VALUE).deadline(Duration.ofHours(24));

    static Stream<Arguments> cells() {
        return Stream.of(Store.values())
                .flatMap(store -> Stream.of(2, 10, 50)
                        .flatMap(roundTrip ->
                                Stream.of(2, 8, 32, 128).map(writers -> Arguments.of(store, roundTrip, writers))));
    }

    private static List<Result> runs(Store store, int writers, int roundTrip, Pause pause) {
        List<Result> results = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            results.add(Simulation.run(
                    store,
                    writers,
                    Duration.ofMillis(roundTrip),
                    pause == Pause.MEASURED ? policy(writers) : UNLIMITED,
                    pause,
                    seed));
        }
        return results;
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyWriterStoresHisUpdateAndNoneIsLost(Store store, int roundTrip, int writers) {
        assertThat(runs(store, writers, roundTrip, Pause.MEASURED)).allSatisfy(run -> {
            assertThat(run.gaveUp()).isZero();
            assertThat(run.stored()).isEqualTo(writers);
            assertThat(run.version()).isEqualTo(writers);
        });
    }

    /** What the limits leave for a slower machine. */
    @ParameterizedTest
    @MethodSource("cells")
    void threeQuartersOfTheDeadlineAndHalfOfTheAttemptsAreEnough(Store store, int roundTrip, int writers) {
        List<Result> runs = runs(store, writers, roundTrip, Pause.MEASURED);

        assertThat(most(runs, Result::nanos)).isLessThan(policy(writers).deadlineNanos() * 3 / 4);
        assertThat(most(runs, Result::mostAttempts)).isLessThanOrEqualTo(32);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void statementsAreAFractionOfThoseWithoutBackoff(Store store, int roundTrip, int writers) {
        double with = mean(runs(store, writers, roundTrip, Pause.MEASURED), Result::statements);
        double without = mean(runs(store, writers, roundTrip, Pause.NONE), Result::statements);

        assertThat(with / without).isLessThanOrEqualTo(writers < 8 ? 1.05 : writers < 32 ? 0.65 : 0.4);
    }

    /** Why the base is no number of milliseconds: what suits the near store makes a convoy at the far one. */
    @ParameterizedTest
    @CsvSource({"2, 1.0, 2.0", "50, 3.0, 100.0"})
    void baseInMillisecondsFitsOneDistance(int roundTrip, double least, double most) {
        double fixed = mean(runs(Store.ROW_LOCK, 32, roundTrip, Pause.FIXED), Result::statements);
        double measured = mean(runs(Store.ROW_LOCK, 32, roundTrip, Pause.MEASURED), Result::statements);

        assertThat(fixed / measured).isBetween(least, most);
    }

    /** Why the deadline decides. */
    @ParameterizedTest
    @CsvSource({"32, 5", "128, 10"})
    void fewAttemptsDoNotDo(int writers, int attempts) {
        Contention few = policy(writers).attempts(attempts);

        int gaveUp = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Result run = Simulation.run(Store.ROW_LOCK, writers, Duration.ofMillis(50), few, Pause.MEASURED, seed);
            assertThat(run.version()).isEqualTo(run.stored()).isEqualTo(writers - run.gaveUp());
            gaveUp += run.gaveUp();
        }
        assertThat(gaveUp).isPositive();
    }

    @Test
    void tablesStandInTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("../docs/contention.md"));
        List<String> tables =
                Stream.of(Store.values()).map(ContentionSimulationTest::table).toList();
        tables.forEach(System.out::println);

        assertThat(page).contains(tables);
    }

    private static String table(Store store) {
        StringBuilder table = new StringBuilder("| round trip | 2 writers | 8 writers | 32 writers | 128 writers |\n");
        table.append("|---|---|---|---|---|\n");
        for (int roundTrip : ROUND_TRIPS) {
            table.append("| ").append(roundTrip).append(" ms |");
            for (int writers : WRITERS) {
                List<Result> with = runs(store, writers, roundTrip, Pause.MEASURED);
                List<Result> without = runs(store, writers, roundTrip, Pause.NONE);
                table.append(String.format(
                        Locale.ROOT,
                        " %.1f (%.1f), %.2f s (%.2f), %d |",
                        mean(with, Result::statements) / writers,
                        mean(without, Result::statements) / writers,
                        mean(with, Result::nanos) / 1e9,
                        mean(without, Result::nanos) / 1e9,
                        most(with, Result::mostAttempts)));
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static double mean(List<Result> runs, ToLongFunction<Result> number) {
        return runs.stream().mapToLong(number).average().orElseThrow();
    }

    private static long most(List<Result> runs, ToLongFunction<Result> number) {
        return runs.stream().mapToLong(number).max().orElseThrow();
    }
}
