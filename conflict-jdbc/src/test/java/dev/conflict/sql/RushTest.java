package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.harness.DatabaseEngine;
import dev.conflict.retry.Contention;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /**
     * Where it counts how much fewer statements they need, one rush says little: how often writers without a pause collide
     * depends on whom the database and the machine let go on first, and differs by a quarter from rush to rush.
     */
    private static int rushes(DatabaseEngine engine, int writers, int roundTrip) {
        if (!isGated(engine) || writers != 32) {
            return 1;
        }
        return roundTrip == 2 ? 16 : roundTrip == 10 ? 12 : 4;
    }

    /** The rivals of H2, in this process, or on a busy machine, slow each other down. */
    private static boolean isGated(DatabaseEngine engine) {
        return FULL && engine == DatabaseEngine.POSTGRESQL;
    }

    @ParameterizedTest
    @EnumSource
    void everyWriterStoresHisUpdateForAFractionOfTheStatements(DatabaseEngine engine) throws Exception {
        StringBuilder table = new StringBuilder("| round trip |");
        writers().forEach(writers -> table.append(' ').append(writers).append(" writers |"));
        table.append("\n|---|").append("---|".repeat(writers().size())).append('\n');
        Total with32 = new Total(32);
        Total without32 = new Total(32);
        Map<Integer, Double> share = new LinkedHashMap<>();
        for (int roundTrip : roundTrips()) {
            table.append("| ").append(roundTrip).append(" ms |");
            for (int writers : writers()) {
                Total with = new Total(writers);
                Total without = new Total(writers);
                for (int i = rushes(engine, writers, roundTrip); i > 0; i--) {
                    with.add(Rush.of(engine, writers, Duration.ofMillis(roundTrip), policy(writers)));
                    if (writers <= 32) { // beyond that it takes minutes
                        without.add(Rush.withoutBackoff(engine, writers, Duration.ofMillis(roundTrip)));
                    }
                }
                table.append(String.format(
                        Locale.ROOT,
                        " %s, %d%s |",
                        with,
                        with.mostAttempts,
                        without.rushes == 0 ? "" : " (" + without + ")"));
                if (writers == 32) {
                    share.put(roundTrip, (double) with.statements / without.statements);
                    with32.add(with);
                    without32.add(without);
                }
            }
            table.append('\n');
        }
        System.out.println(engine + ": statements for an update, time, most attempts; without backoff in brackets\n"
                + table + "at 32 writers " + with32 + " (" + without32 + ")");

        if (isGated(engine)) {
            assertThat(share)
                    .as("by round trip")
                    .allSatisfy((roundTrip, each) -> assertThat(each).isLessThan(0.5)); // fewer rushes, so more chance
            assertThat((double) with32.statements)
                    .as(
                            "statements of %d rushes of 32 writers, which need %d without backoff",
                            with32.rushes, without32.statements)
                    .isLessThanOrEqualTo(0.4 * without32.statements);
        }
    }

    /** Rushes of as many writers each. */
    private static final class Total {
        private final int writers;
        private int rushes;
        private long statements;
        private long millis;
        private int mostAttempts;

        Total(int writers) {
            this.writers = writers;
        }

        void add(Rush rush) {
            checkHistory(rush, writers);
            rushes++;
            statements += rush.statements();
            millis += rush.time().toMillis();
            mostAttempts = Math.max(mostAttempts, rush.mostAttempts());
        }

        void add(Total other) {
            rushes += other.rushes;
            statements += other.statements;
            millis += other.millis;
            mostAttempts = Math.max(mostAttempts, other.mostAttempts);
        }

        /** The means. */
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%.1f, %.2f s", (double) statements / rushes / writers, millis / 1e3 / rushes);
        }
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
