package dev.conflict.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.event.ConflictEvent.Kind;
import dev.conflict.event.ConflictEvent.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConflictStatisticsTest {
    private final ConflictStatistics statistics = new ConflictStatistics();

    @Test
    void startsAtZero() {
        assertThat(statistics.refused()).isZero();
        assertThat(statistics.guardedWrites()).isZero();
        assertThat(statistics.unguardedWrites()).isZero();
        assertThat(statistics.unmapped()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void refusalsAreCountedByKind(Kind kind) {
        statistics.on(refused(kind));
        statistics.on(refused(kind));
        assertThat(statistics.refused(kind)).isEqualTo(2);
        assertThat(statistics.refused()).isEqualTo(2);
        assertThat(statistics.refused(kind == Kind.CUSTOM ? Kind.VERSION : Kind.CUSTOM))
                .isZero();
    }

    @Test
    void writesAndUnmappedRulesAreCountedApart() {
        statistics.on(new ConflictEvent.GuardedWrite("PUT"));
        statistics.on(new ConflictEvent.GuardedWrite("PUT"));
        statistics.on(new ConflictEvent.GuardedWrite("PUT"));
        statistics.on(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
        statistics.on(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
        statistics.on(new ConflictEvent.Unmapped(ConflictEvent.Rule.UNIQUE));
        assertThat(statistics.guardedWrites()).isEqualTo(3);
        assertThat(statistics.unguardedWrites()).isEqualTo(2);
        assertThat(statistics.unmapped()).isEqualTo(1);
        assertThat(statistics.refused()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void transactionsAreCountedByTheirEndAndAttemptsBeyondTheFirst(Outcome outcome) {
        statistics.on(new ConflictEvent.Attempted(outcome, 1));
        statistics.on(new ConflictEvent.Attempted(outcome, 4));

        assertThat(statistics.attempted(outcome)).isEqualTo(2);
        assertThat(statistics.attempted(outcome == Outcome.UNKNOWN ? Outcome.COMMITTED : Outcome.UNKNOWN))
                .isZero();
        assertThat(statistics.retries()).isEqualTo(3);
    }

    private static ConflictEvent refused(Kind kind) {
        return new ConflictEvent.Refused(kind, null, 409, "PUT", "urn:uuid:1");
    }
}
