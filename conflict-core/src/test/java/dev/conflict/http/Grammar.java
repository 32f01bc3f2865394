package dev.conflict.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The grammar of RFC 9110 as it is written there, slow and apart from the parsers: §13.1.1 {@code "*" / #entity-tag},
 * §5.6.1.2 lists as recipients read them, §8.8.3 entity-tag, §5.3 lines joined by a comma, §5.6.7 HTTP-date.
 */
final class Grammar {
    private static final String OWS = "[ \\t]*";
    private static final String TAG = "(W/)?\"([\\x21\\x23-\\x7E\\x80-\\xFF]*)\"";
    private static final String ELEMENT = "(?:" + TAG + ")?";

    // Possessive, as a list of some thousand elements overflows the stack else; what stands in front of a comma is no
    // tag.
    private static final Pattern LIST =
            Pattern.compile(OWS + ELEMENT + "(?:" + OWS + "," + OWS + ELEMENT + ")*+" + OWS);
    private static final Pattern ONE = Pattern.compile(TAG);
    private static final Pattern ANY = Pattern.compile(OWS + "\\*" + OWS);

    private static final String DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    private static final String LONG_DAY = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final String MONTH = "(?<month>" + String.join("|", MONTHS) + ")";
    private static final String TIME = "(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})";
    private static final Pattern FIXED =
            Pattern.compile(DAY + ", (?<day>[0-9]{2}) " + MONTH + " (?<year>[0-9]{4}) " + TIME + " GMT");
    private static final Pattern RFC850 =
            Pattern.compile(LONG_DAY + ", (?<day>[0-9]{2})-" + MONTH + "-(?<year>[0-9]{2}) " + TIME + " GMT");
    private static final Pattern ASCTIME =
            Pattern.compile(DAY + " " + MONTH + " (?<day>[0-9]{2}| [0-9]) " + TIME + " (?<year>[0-9]{4})");

    private Grammar() {}

    /** A tag as a field states it. */
    record Stated(boolean weak, String opaque) {}

    static String joined(List<String> lines) {
        return String.join(", ", lines);
    }

    static boolean isAny(List<String> lines) {
        return ANY.matcher(joined(lines)).matches();
    }

    static boolean isList(List<String> lines) {
        return LIST.matcher(joined(lines)).matches();
    }

    static boolean isWellFormed(List<String> lines) {
        return isAny(lines) || isList(lines);
    }

    /** The tags of a list that is well-formed. */
    static List<Stated> tags(List<String> lines) {
        List<Stated> tags = new ArrayList<>();
        Matcher one = ONE.matcher(joined(lines));
        while (one.find()) {
            tags.add(new Stated(one.group(1) != null, one.group(2)));
        }
        return tags;
    }

    /** Whether some tail makes a field of it. */
    static boolean isMendable(String head) {
        for (String tail : new String[] {"", "\"", "\"\"", "/\"\""}) {
            if (isWellFormed(List.of(head + tail))) {
                return true;
            }
        }
        return false;
    }

    /** The one date that a text is, as java.time has the calendar. */
    static Optional<Instant> date(String text, Instant now) {
        String value = withoutOws(text);
        for (Pattern format : List.of(FIXED, RFC850, ASCTIME)) {
            Matcher date = format.matcher(value);
            if (date.matches()) {
                try {
                    return Optional.of(format == RFC850 ? recent(date, now) : moment(date, number(date, "year")));
                } catch (DateTimeException notInTheCalendar) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** §5.6.7: what appears to be more than 50 years ahead has the latest such year in the past. */
    private static Instant recent(Matcher date, Instant now) {
        LocalDateTime latest = LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusYears(50);
        int year = latest.getYear();
        while (year % 100 != number(date, "year")) {
            year--;
        }
        Instant moment = moment(date, year);
        return moment.isAfter(latest.toInstant(ZoneOffset.UTC)) ? moment(date, year - 100) : moment;
    }

    private static Instant moment(Matcher date, int year) {
        LocalDate day = LocalDate.of(year, MONTHS.indexOf(date.group("month")) + 1, number(date, "day"));
        int second = number(date, "second");
        LocalTime time = LocalTime.of(number(date, "hour"), number(date, "minute"), second == 60 ? 59 : second);
        return day.atTime(time).plusSeconds(second == 60 ? 1 : 0).toInstant(ZoneOffset.UTC);
    }

    private static int number(Matcher date, String name) {
        return Integer.parseInt(date.group(name).strip());
    }

    static String withoutOws(String value) {
        return value.replaceAll("^[ \\t]+", "").replaceAll("(?<![ \\t])[ \\t]+\\z", "");
    }
}
