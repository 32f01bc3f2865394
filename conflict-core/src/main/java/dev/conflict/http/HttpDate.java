package dev.conflict.http;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The dates of HTTP: whole seconds, in three formats that are read and one that is written (RFC 9110 §5.6.7).
 *
 * <pre>{@code
 * HttpDate.format(Instant.EPOCH)                                           // Thu, 01 Jan 1970 00:00:00 GMT
 * HttpDate.parse("Sunday, 06-Nov-94 08:49:37 GMT", InstantSource.system()) // 1994-11-06T08:49:37Z
 * }</pre>
 *
 * <p>Letters count in their case, the name of a day need not be that of the date, a 60th second is the next minute's
 * first. What is no date in a calendar, such as 30 February, is no HTTP date. Safe for use by many threads.
 */
public final class HttpDate {
    /** Stands for "no date"; no HTTP date is as early. */
    static final long NONE = Long.MIN_VALUE;

    private static final DateTimeFormatter FIXED =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String DAYS = "SunMonTueWedThuFriSat";
    private static final String[] LONG_DAYS = {
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"
    };

    private static final int NONE_SUCH = -1;
    private static final int SECONDS_A_DAY = 86_400;

    /** The day of 1 January 1970 in {@link #DAYS}. */
    private static final int THURSDAY = 4;

    /** From 1 March of year 0 to 1 January 1970. */
    private static final int DAYS_TO_1970 = 719_468;

    private static final int YEARS_AHEAD = 50;

    private HttpDate() {}

    /**
     * Reads a date.
     *
     * @param text a field value, white space around it counts for nothing
     * @param clock tells the century of a date that names its year by two digits: the latest that puts it no more than 50
     *     years ahead
     * @return the date; empty if the text is not exactly one HTTP date
     */
    public static Optional<Instant> parse(String text, InstantSource clock) {
        long second = epochSecond(Preconditions.trim(text), clock);
        return second == NONE ? Optional.empty() : Optional.of(Instant.ofEpochSecond(second));
    }

    /**
     * Writes a date, for {@code Last-Modified}; parts of a second are left out.
     *
     * @param moment a moment in the years 0 to 9999
     * @return the date as IMF-fixdate
     * @throws IllegalArgumentException if the year has no four digits
     */
    public static String format(Instant moment) {
        ZonedDateTime utc = moment.atZone(ZoneOffset.UTC);
        if (utc.getYear() < 0 || utc.getYear() > 9999) {
            throw new IllegalArgumentException("An HTTP date has a year of four digits, not " + utc.getYear());
        }
        return FIXED.format(utc);
    }

    /** The date as seconds since 1970, {@link #NONE} if the text is none; copies nothing. White space is not overlooked. */
    static long epochSecond(String text, InstantSource clock) {
        int length = text.length();
        if (length == 29 && text.charAt(3) == ',') {
            return fixed(text);
        }
        return length == 24 ? asctime(text) : rfc850(text, clock);
    }

    /** Whether a text is the date of a second with the name of its very day, in whichever format. */
    static boolean isExactly(String text, long second, InstantSource clock) {
        int day = (int) Math.floorMod(Math.floorDiv(second, (long) SECONDS_A_DAY) + THURSDAY, 7L);
        return epochSecond(text, clock) == second && text.regionMatches(0, DAYS, 3 * day, 3);
    }

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    private static long fixed(String text) {
        if (name(text, 0, DAYS) < 0
                || !text.startsWith(", ", 3)
                || text.charAt(7) != ' '
                || text.charAt(11) != ' '
                || text.charAt(16) != ' '
                || !text.startsWith(" GMT", 25)) {
            return NONE;
        }
        return moment(digits(text, 12, 4), name(text, 8, MONTHS), digits(text, 5, 2), timeOfDay(text, 17));
    }

    /** {@code Sun Nov  6 08:49:37 1994}. */
    private static long asctime(String text) {
        if (name(text, 0, DAYS) < 0
                || text.charAt(3) != ' '
                || text.charAt(7) != ' '
                || text.charAt(10) != ' '
                || text.charAt(19) != ' ') {
            return NONE;
        }
        int day = text.charAt(8) == ' ' ? digits(text, 9, 1) : digits(text, 8, 2);
        return moment(digits(text, 20, 4), name(text, 4, MONTHS), day, timeOfDay(text, 11));
    }

    /** {@code Sunday, 06-Nov-94 08:49:37 GMT}. */
    private static long rfc850(String text, InstantSource clock) {
        int i = NONE_SUCH;
        for (String day : LONG_DAYS) {
            if (text.startsWith(day)) {
                i = day.length();
                break;
            }
        }
        if (i == NONE_SUCH
                || text.length() - i != 24
                || !text.startsWith(", ", i)
                || text.charAt(i + 4) != '-'
                || text.charAt(i + 8) != '-'
                || text.charAt(i + 11) != ' '
                || !text.startsWith(" GMT", i + 20)) {
            return NONE;
        }
        int digits = digits(text, i + 9, 2);
        if (digits < 0) {
            return NONE;
        }
        int month = name(text, i + 5, MONTHS);
        int day = digits(text, i + 2, 2);
        int time = timeOfDay(text, i + 12);
        ZonedDateTime latest = clock.instant().atZone(ZoneOffset.UTC).plusYears(YEARS_AHEAD);
        int year = latest.getYear() - Math.floorMod(latest.getYear() - digits, 100);
        long moment = moment(year, month, day, time);
        return moment > latest.toEpochSecond() ? moment(year - 100, month, day, time) : moment;
    }

    /** The number, -1 if a character is no digit. */
    private static int digits(String text, int start, int count) {
        int number = 0;
        for (int i = start; i < start + count; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return NONE_SUCH;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }

    /** The index of a name of three letters, from 0 on, -1 if it is none. */
    private static int name(String text, int start, String names) {
        for (int i = 0; i < names.length(); i += 3) {
            if (text.regionMatches(start, names, i, 3)) {
                return i / 3;
            }
        }
        return NONE_SUCH;
    }

    /** {@code 08:49:37} as seconds, -1 if it is none. */
    private static int timeOfDay(String text, int start) {
        int hour = digits(text, start, 2);
        int minute = digits(text, start + 3, 2);
        int second = digits(text, start + 6, 2);
        boolean valid = text.charAt(start + 2) == ':'
                && text.charAt(start + 5) == ':'
                && hour >= 0
                && hour <= 23
                && minute >= 0
                && minute <= 59
                && second >= 0
                && second <= 60;
        return valid ? (hour * 60 + minute) * 60 + second : NONE_SUCH;
    }

    private static long moment(int year, int month, int day, int timeOfDay) {
        if (year < 0 || month < 0 || timeOfDay < 0 || day < 1 || day > lengthOf(month, year)) {
            return NONE;
        }
        // Days before a month, counted from March on, so that the leap day is a year's last.
        long shifted = month < 2 ? year - 1L : year;
        int fromMarch = (month + 10) % 12;
        long days = shifted * 365
                + Math.floorDiv(shifted, 4L)
                - Math.floorDiv(shifted, 100L)
                + Math.floorDiv(shifted, 400L)
                + (153 * fromMarch + 2) / 5
                + day
                - 1
                - DAYS_TO_1970;
        return days * SECONDS_A_DAY + timeOfDay;
    }

    private static int lengthOf(int month, int year) {
        if (month == 1) {
            return isLeap(year) ? 29 : 28;
        }
        return month == 3 || month == 5 || month == 8 || month == 10 ? 30 : 31;
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }
}
