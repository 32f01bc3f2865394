package dev.conflict.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
    private static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Sun, 06 Nov 1994 08:49:37 GMT|1994-11-06T08:49:37Z",
                "Sunday, 06-Nov-94 08:49:37 GMT|1994-11-06T08:49:37Z",
                "Sun Nov  6 08:49:37 1994|1994-11-06T08:49:37Z",
                "Sun Nov 16 08:49:37 1994|1994-11-16T08:49:37Z",
                " \tSun, 06 Nov 1994 08:49:37 GMT\t |1994-11-06T08:49:37Z",
                "  Sun Nov  6 08:49:37 1994 |1994-11-06T08:49:37Z",
                " Sunday, 06-Nov-94 08:49:37 GMT |1994-11-06T08:49:37Z",
                "Sat, 06 Nov 1994 08:49:37 GMT|1994-11-06T08:49:37Z", // the name of another day
                "Thu, 01 Jan 1970 00:00:00 GMT|1970-01-01T00:00:00Z",
                "Wed, 31 Dec 1969 23:59:59 GMT|1969-12-31T23:59:59Z",
                "Sat, 01 Jan 0000 00:00:00 GMT|0000-01-01T00:00:00Z",
                "Fri, 31 Dec 9999 23:59:59 GMT|9999-12-31T23:59:59Z",
                "Tue, 29 Feb 2000 00:00:00 GMT|2000-02-29T00:00:00Z",
                "Thu, 29 Feb 2024 12:00:00 GMT|2024-02-29T12:00:00Z",
                "Sat, 31 Dec 2016 23:59:60 GMT|2017-01-01T00:00:00Z", // a leap second
            })
    void datesAreReadInThreeFormats(String text, Instant moment) {
        assertThat(HttpDate.parse(text, NOW)).contains(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "0",
                "-1",
                "784111777",
                "1994-11-06T08:49:37Z",
                "sun, 06 Nov 1994 08:49:37 GMT",
                "SUN, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 gmt",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 +0000",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun,  6 Nov 1994 08:49:37 GMT",
                "Sun; 06 Nov 1994 08:49:37 GMT",
                "Sun,\t06 Nov 1994 08:49:37 GMT",
                "Sun, 06-Nov-1994 08:49:37 GMT",
                "Sun, 06 Nov-1994 08:49:37 GMT",
                "Sun, 06 Nov 1994-08:49:37 GMT",
                "Sun, 06 Nov 1994 08-49:37 GMT",
                "Sun, 06 Nov 1994 08:49-37 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:60:37 GMT",
                "Sun, 06 Nov 1994 08:49:61 GMT",
                "Sun, 06 Nov 1994 0a:49:37 GMT",
                "Sun, 06 Nov 1994 08:4a:37 GMT",
                "Sun, 06 Nov 1994 08:49:3/ GMT",
                "Sun, 00 Nov 1994 08:49:37 GMT",
                "Sun, 31 Nov 1994 08:49:37 GMT",
                "Sun, 31 Apr 1994 08:49:37 GMT",
                "Sun, 31 Jun 1994 08:49:37 GMT",
                "Sun, 31 Sep 1994 08:49:37 GMT",
                "Sun, 32 Jan 1994 08:49:37 GMT",
                "Wed, 30 Feb 2000 00:00:00 GMT",
                "Mon, 29 Feb 1900 00:00:00 GMT",
                "Sun, 29 Feb 2026 00:00:00 GMT",
                "Sun, 06 Nov 199: 08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
                "\"Sun, 06 Nov 1994 08:49:37 GMT\"",
                "Sunday, 06-Nov-1994 08:49:37 GMT",
                "Sunday, 6-Nov-94 08:49:37 GMT",
                "Sunday 06-Nov-94 08:49:37 GMT",
                "Sunday, 06 Nov-94 08:49:37 GMT",
                "Sunday, 06-Nov 94 08:49:37 GMT",
                "Sunday, 06-Nov-94-08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 UTC",
                "Sunday, 06-Nov-9x 08:49:37 GMT",
                "Sundays, 06-Nov-94 08:49:37 GMT",
                "Sun, 06-Nov-94 08:49:37 GMT",
                "Sunday",
                "Sun Nov 6 08:49:37 1994",
                "Sun Nov   6 08:49:37 1994",
                "Sun Nov 06 08:49:37  994",
                "Sun-Nov  6 08:49:37 1994",
                "Sun Nov- 6 08:49:37 1994",
                "Sun Nov  6-08:49:37 1994",
                "Sun Nov  6 08:49:37-1994",
                "Xyz Nov  6 08:49:37 1994",
                "Sun Xyz  6 08:49:37 1994",
                "unM Nov  6 08:49:37 1994",
                "Sun anF  6 08:49:37 1994",
            })
    void whatIsNoDateIsNone(String text) {
        assertThat(HttpDate.parse(text, NOW)).isEmpty();
    }

    /** RFC 9110 §5.6.7: more than 50 years in the future means the most recent such year in the past. */
    @ParameterizedTest
    @CsvSource({
        "Sunday,94,1994",
        "Sunday,26,2026",
        "Sunday,75,2075",
        "Sunday,76,2076",
        "Monday,77,1977",
        "Saturday,00,2000",
    })
    void yearsOfTwoDigitsAreAtMostFiftyYearsAhead(String day, String digits, int year) {
        assertThat(HttpDate.parse(day + ", 06-Nov-" + digits + " 08:49:37 GMT", NOW))
                .contains(Instant.parse(year + "-11-06T08:49:37Z"));
    }

    @Test
    void fiftyYearsAreCountedToTheSecond() {
        assertThat(HttpDate.parse("Monday, 23-Nov-76 10:00:00 GMT", NOW))
                .contains(Instant.parse("2076-11-23T10:00:00Z"));
        assertThat(HttpDate.parse("Tuesday, 23-Nov-76 10:00:01 GMT", NOW))
                .contains(Instant.parse("1976-11-23T10:00:01Z"));
        InstantSource lateInACentury = InstantSource.fixed(Instant.parse("2099-06-01T00:00:00Z"));
        assertThat(HttpDate.parse("Saturday, 01-Jan-01 00:00:00 GMT", lateInACentury))
                .contains(Instant.parse("2101-01-01T00:00:00Z"));
    }

    @Test
    void everyDayOfFourCenturiesIsWrittenAndReadAsTheCalendarHasIt() {
        DateTimeFormatter reference = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        LocalDate end = LocalDate.of(2101, 1, 1);
        for (LocalDate day = LocalDate.of(1699, 12, 31); day.isBefore(end); day = day.plusDays(1)) {
            Instant noon = day.atTime(12, 34, 56).toInstant(ZoneOffset.UTC);
            assertThat(HttpDate.parse(HttpDate.format(noon), NOW)).contains(noon);
            assertThat(HttpDate.parse(reference.format(noon), NOW)).contains(noon);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00.999Z, 'Thu, 01 Jan 1970 00:00:00 GMT'",
        "1969-12-31T23:59:59.001Z, 'Wed, 31 Dec 1969 23:59:59 GMT'",
        "2026-11-03T01:02:03Z, 'Tue, 03 Nov 2026 01:02:03 GMT'",
        "0000-12-31T23:59:59Z, 'Sun, 31 Dec 0000 23:59:59 GMT'",
        "9999-12-31T23:59:59Z, 'Fri, 31 Dec 9999 23:59:59 GMT'",
    })
    void datesAreWrittenInWholeSeconds(Instant moment, String text) {
        assertThat(HttpDate.format(moment)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0001-12-31T23:59:59Z", "+10000-01-01T00:00:00Z"})
    void yearWithoutFourDigitsCannotBeWritten(Instant moment) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpDate.format(moment))
                .withMessageContaining("four digits");
    }
}
