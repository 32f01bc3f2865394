package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.harness.DatabaseEngine;
import dev.conflict.retry.Contention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Contention on real databases, with a round trip added to each statement. The profile {@code contention} runs all of it and
 * prints the tables of docs/contention.md.
 */
class RushTest {
    private static final boolean FULL = "full".equals(System.getProperty("contention.grid"));

    private static List<Integer> roundTrips() {
        return FULL ? List.of(2, 10, 50) : List.of(2);
    }

    private static List<Integer> writers() {
        return FULL ? List.of(2, 8, 32, 128) : List.of(2, 8, 32);
    }

    private static Contention policy(int writers) {
        Contention standard = Contention.standard();
        return writers <= 32 ? standard : standard.deadline(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @EnumSource
    void everyWriterStoresHisUpdateForAFractionOfTheStatements(DatabaseEngine engine) throws Exception {
        StringBuilder table = new StringBuilder("| round trip |");
        writers().forEach(writers -> table.append(' ').append(writers).append(" writers |"));
        table.append("\n|---|").append("---|".repeat(writers().size())).append('\n');
        List<Double> ratios = new ArrayList<>();
        for (int roundTrip : roundTrips()) {
            table.append("| ").append(roundTrip).append(" ms |");
            for (int writers : writers()) {
                Rush with = Rush.of(engine, writers, Duration.ofMillis(roundTrip), policy(writers));
                checkHistory(with, writers);
                String without = "";
                if (writers <= 32) { // beyond that it takes minutes
                    Rush eager = Rush.withoutBackoff(engine, writers, Duration.ofMillis(roundTrip));
                    checkHistory(eager, writers);
                    without = without(eager, writers);
                    if (writers == 32) {
                        ratios.add((double) with.statements() / eager.statements());
                    }
                }
                table.append(String.format(
                        Locale.ROOT,
                        " %.1f, %.2f s, %d%s |",
                        (double) with.statements() / writers,
                        with.time().toMillis() / 1e3,
                        with.mostAttempts(),
                        without));
            }
            table.append('\n');
        }
        System.out.println(
                engine + ": statements for an update, time, most attempts; without backoff in brackets\n" + table);

        if (FULL
                && engine
                        == DatabaseEngine.POSTGRESQL) { // the rivals of H2, or on a busy machine, slow each other down
            assertThat(ratios)
                    .as("statements at 32 writers, of those without backoff")
                    .hasSize(3)
                    .allSatisfy(ratio -> assertThat(ratio).isLessThanOrEqualTo(0.4));
        }
    }

    private static String without(Rush rush, int writers) {
        return String.format(
                Locale.ROOT,
                " (%.1f, %.2f s)",
                (double) rush.statements() / writers,
                rush.time().toMillis() / 1e3);
    }

    /** Each made another version, and together all that there are. */
    private static void checkHistory(Rush rush, int writers) {
        assertThat(rush.gaveUp()).isZero();
        assertThat(rush.stored())
                .isEqualTo(IntStream.rangeClosed(1, writers).boxed().toList());
        assertThat(rush.version()).isEqualTo(writers);
        assertThat(rush.taken()).isEqualTo(writers);
    }
}
