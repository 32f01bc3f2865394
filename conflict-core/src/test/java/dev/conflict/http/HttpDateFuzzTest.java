package dev.conflict.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Reads texts as dates, and compares the parser with the grammar and the calendar of java.time. */
class HttpDateFuzzTest {
    /** Around the turns of centuries, where years of two digits change their meaning, and leap days. */
    private static final List<Instant> CLOCKS = List.of(
            Instant.parse("2026-11-23T10:00:00Z"),
            Instant.parse("1949-12-31T23:59:59Z"),
            Instant.parse("1950-01-01T00:00:00Z"),
            Instant.parse("2024-02-29T12:00:00Z"),
            Instant.parse("2099-12-31T23:59:59.999Z"));

    /** The 60th second of the last minute of all that have four digits for a year is read, and cannot be written. */
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    @FuzzTest
    void datesAreThoseOfTheGrammarAndTheCalendar(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        for (Instant now : CLOCKS) {
            Optional<Instant> date = HttpDate.parse(text, InstantSource.fixed(now));
            assertThat(date).as("%s in %s", text, now).isEqualTo(Grammar.date(text, now));
            date.filter(END::isAfter)
                    .ifPresent(moment -> assertThat(HttpDate.parse(HttpDate.format(moment), InstantSource.system()))
                            .contains(moment));
        }
    }
}
