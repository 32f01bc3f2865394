package dev.conflict.http;

import static dev.conflict.http.Preconditions.IF_MATCH;
import static dev.conflict.http.Preconditions.IF_NONE_MATCH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.conflict.EntityTag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreconditionsTest {
    /**
     * Section | method | If-Match lines | If-None-Match lines | present tag | verdict.
     *
     * <p>Tags are written {@code <x>}, other characters {@code {hex}}; lines are separated by {@code ;}, {@code -} is no field, and an empty cell one
     * empty line. The present tag is a tag, {@code none} (a representation without a tag) or {@code absent}. A malformed
     * field stands with the index in its lines joined by {@code ", "}.
     */
    private static final String TABLE = """
            # what the request does not state
            §13.2.1 nothing stated          | GET    | -               | -          | <a>    | PROCEED
            §13.2.1 nothing stated          | PUT    | -               | -          | <a>    | PROCEED
            §13.2.1 nothing stated          | PUT    | -               | -          | none   | PROCEED
            §13.2.1 nothing stated          | PUT    | -               | -          | absent | PROCEED
            §13.2.1 nothing stated          | DELETE | -               | -          | absent | PROCEED

            # If-Match, strong comparison
            §13.1.1 the present tag         | PUT    | <a>             | -          | <a>    | PROCEED
            §13.1.1 the present tag         | PATCH  | <a>             | -          | <a>    | PROCEED
            §13.1.1 the present tag         | DELETE | <a>             | -          | <a>    | PROCEED
            §13.1.1 the present tag         | POST   | <a>             | -          | <a>    | PROCEED
            §13.1.1 the present tag         | GET    | <a>             | -          | <a>    | PROCEED
            §13.1.1 the present tag         | HEAD   | <a>             | -          | <a>    | PROCEED
            §13.1.1 another tag             | PUT    | <b>             | -          | <a>    | FAILED If-Match
            §13.1.1 another tag             | PATCH  | <b>             | -          | <a>    | FAILED If-Match
            §13.1.1 another tag             | DELETE | <b>             | -          | <a>    | FAILED If-Match
            §13.1.1 another tag             | POST   | <b>             | -          | <a>    | FAILED If-Match
            §13.1.1 another tag             | GET    | <b>             | -          | <a>    | FAILED If-Match
            §13.1.1 another tag             | HEAD   | <b>             | -          | <a>    | FAILED If-Match
            §13.1.1 first of a list         | PUT    | <a>, <b>        | -          | <a>    | PROCEED
            §13.1.1 middle of a list        | PUT    | <b>, <a>, <c>   | -          | <a>    | PROCEED
            §13.1.1 last of a list          | PUT    | <b>,<c>,<a>     | -          | <a>    | PROCEED
            §13.1.1 not in the list         | PUT    | <b>, <c>        | -          | <a>    | FAILED If-Match
            §8.8.3.2 weak stated            | PUT    | W/<a>           | -          | <a>    | FAILED If-Match
            §8.8.3.2 weak present           | PUT    | <a>             | -          | W/<a>  | FAILED If-Match
            §8.8.3.2 both weak              | PUT    | W/<a>           | -          | W/<a>  | FAILED If-Match
            §8.8.3.2 weak, then strong      | PUT    | W/<a>, <a>      | -          | <a>    | PROCEED
            §8.8.3 tags are case-sensitive  | PUT    | <A>             | -          | <a>    | FAILED If-Match
            §8.8.3 no prefix                | PUT    | <ab>            | -          | <a>    | FAILED If-Match
            §8.8.3 no prefix                | PUT    | <a>             | -          | <ab>   | FAILED If-Match
            §8.8.3 no suffix of a coding    | PUT    | <a--gzip>       | -          | <a>    | FAILED If-Match
            §8.8.3 no suffix of a coding    | PUT    | <a-gzip>        | -          | <a>    | FAILED If-Match
            §8.8.3 no substring             | PUT    | <xax>           | -          | <a>    | FAILED If-Match
            §8.8.3 the empty tag            | PUT    | <>              | -          | <>     | PROCEED
            §8.8.3 the empty tag            | PUT    | <>              | -          | <a>    | FAILED If-Match
            §8.8.3 obs-text                 | PUT    | <{00e9}>        | -          | <{00e9}> | PROCEED
            §8.8.3 backslash is data        | PUT    | <a\\>           | -          | <a\\>  | PROCEED
            §8.8.3 backslash is data        | PUT    | <\\a>           | -          | <a>    | FAILED If-Match
            §8.8.3 a comma is data          | PUT    | <a,b>           | -          | <a,b>  | PROCEED
            §8.8.3 a comma is data          | PUT    | <a,b>           | -          | <a>    | FAILED If-Match
            §8.8.3 a star in quotes is data | PUT    | <*>             | -          | <a>    | FAILED If-Match
            §8.8.3 a star in quotes is data | PUT    | <*>             | -          | <*>    | PROCEED
            §13.1.1 nothing is there        | PUT    | <a>             | -          | absent | FAILED If-Match
            §13.1.1 nothing is there        | DELETE | <a>             | -          | absent | FAILED If-Match
            §13.1.1 no tag is there         | PUT    | <a>             | -          | none   | FAILED If-Match

            # If-Match: *
            §13.1.1 * on something          | PUT    | *               | -          | <a>    | PROCEED
            §13.1.1 * on something weak     | PUT    | *               | -          | W/<a>  | PROCEED
            §13.1.1 * needs no tag          | PUT    | *               | -          | none   | PROCEED
            §13.1.1 * on nothing            | PUT    | *               | -          | absent | FAILED If-Match
            §13.1.1 * on nothing            | DELETE | *               | -          | absent | FAILED If-Match
            §5.6.3 * with white space       | PUT    | \\t* \\t        | -          | <a>    | PROCEED

            # lists
            §5.6.1.2 empty elements         | PUT    | ,<a>            | -          | <a>    | PROCEED
            §5.6.1.2 empty elements         | PUT    | <a>,            | -          | <a>    | PROCEED
            §5.6.1.2 empty elements         | PUT    | ,, <b> ,,, <a>,,| -          | <a>    | PROCEED
            §5.6.1.2 only empty elements    | PUT    | , ,             | -          | <a>    | FAILED If-Match
            §5.6.1.2 the empty list         | PUT    |                 | -          | <a>    | FAILED If-Match
            §5.6.1.2 the empty list         | PUT    |                 | -          | absent | FAILED If-Match
            §5.6.1.2 the empty list         | DELETE |                 | -          | <a>    | FAILED If-Match
            §5.6.3 OWS is SP and HTAB       | PUT    | <b>\\t,\\t <a>\\t | -        | <a>    | PROCEED
            §5.6.3 no white space           | PUT    | <b>,<a>         | -          | <a>    | PROCEED
            §5.3 several lines, one list    | PUT    | <b>; <a>        | -          | <a>    | PROCEED
            §5.3 several lines, one list    | PUT    | <a>; <b>        | -          | <a>    | PROCEED
            §5.3 several lines, one list    | PUT    | <b>; <c>        | -          | <a>    | FAILED If-Match
            §5.3 an empty line              | PUT    | ; <a>           | -          | <a>    | PROCEED
            §5.3 a comma at a line's end    | PUT    | <b>,; ,<a>      | -          | <a>    | PROCEED

            # If-Match that cannot be read never lets a write through
            §13.1.1 bare word               | PUT    | a               | -          | <a>    | MALFORMED If-Match 0
            §13.1.1 bare word               | PATCH  | a               | -          | <a>    | MALFORMED If-Match 0
            §13.1.1 bare word               | DELETE | a               | -          | <a>    | MALFORMED If-Match 0
            §13.1.1 bare word               | POST   | a               | -          | <a>    | MALFORMED If-Match 0
            §13.1.1 bare word               | GET    | a               | -          | <a>    | MALFORMED If-Match 0
            §13.1.1 on nothing              | PUT    | a               | -          | absent | MALFORMED If-Match 0
            §13.1.1 on no tag               | PUT    | a               | -          | none   | MALFORMED If-Match 0
            §8.8.3 lower-case w/            | PUT    | w/<a>           | -          | <a>    | MALFORMED If-Match 0
            §8.8.3 no slash                 | PUT    | W<a>            | -          | <a>    | MALFORMED If-Match 0
            §8.8.3 W alone                  | PUT    | W               | -          | <a>    | MALFORMED If-Match 0
            §8.8.3 W/ alone                 | PUT    | W/              | -          | <a>    | MALFORMED If-Match 2
            §8.8.3 space after W/           | PUT    | W/ <a>          | -          | <a>    | MALFORMED If-Match 2
            §8.8.3 bare word after W/       | PUT    | W/a             | -          | <a>    | MALFORMED If-Match 2
            §8.8.3 W/ twice                 | PUT    | W/W/<a>         | -          | <a>    | MALFORMED If-Match 2
            §8.8.3 not closed               | PUT    | "a              | -          | <a>    | MALFORMED If-Match 2
            §8.8.3 a lone quote             | PUT    | "               | -          | <a>    | MALFORMED If-Match 1
            §8.8.3 not opened               | PUT    | a"              | -          | <a>    | MALFORMED If-Match 0
            §8.8.3 single quotes            | PUT    | 'a'             | -          | <a>    | MALFORMED If-Match 0
            §8.8.3 space inside             | PUT    | <a b>           | -          | <a>    | MALFORMED If-Match 2
            §8.8.3 tab inside               | PUT    | <a\\tb>         | -          | <a>    | MALFORMED If-Match 2
            §8.8.3 NUL                      | PUT    | <{0000}>        | -          | <a>    | MALFORMED If-Match 1
            §8.8.3 CTL                      | PUT    | <a{001f}>       | -          | <a>    | MALFORMED If-Match 2
            §8.8.3 DEL                      | PUT    | <{007f}>        | -          | <a>    | MALFORMED If-Match 1
            §8.8.3 no octet                 | PUT    | <{20ac}>        | -          | <a>    | MALFORMED If-Match 1
            §8.8.3 an escaped quote ends    | PUT    | <a\\"b>         | -          | <a>    | MALFORMED If-Match 4
            §5.6.1 no comma                 | PUT    | <a><b>          | -          | <a>    | MALFORMED If-Match 3
            §5.6.1 only a space             | PUT    | <a> <b>         | -          | <a>    | MALFORMED If-Match 4
            §5.6.1 only a space, weak       | PUT    | <a> W/<b>       | -          | <a>    | MALFORMED If-Match 4
            §5.6.1 a semicolon is no comma  | PUT    | <a>:<b>         | -          | <a>    | MALFORMED If-Match 3
            §13.1.1 malformed after a match | PUT    | <a>, b          | -          | <a>    | MALFORMED If-Match 5
            §13.1.1 malformed before one    | PUT    | b, <a>          | -          | <a>    | MALFORMED If-Match 0
            §13.1.1 malformed, no match     | PUT    | <c>, b          | -          | <a>    | MALFORMED If-Match 5
            §5.6.3 other white space        | PUT    | {000b}<a>       | -          | <a>    | MALFORMED If-Match 0
            §5.6.3 no-break space           | PUT    | {00a0}<a>       | -          | <a>    | MALFORMED If-Match 0

            # * stands alone
            §13.1.1 * twice                 | PUT    | *, *            | -          | <a>    | MALFORMED If-Match 1
            §13.1.1 * before a tag          | PUT    | *, <a>          | -          | <a>    | MALFORMED If-Match 1
            §13.1.1 * after a tag           | PUT    | <a>, *          | -          | <a>    | MALFORMED If-Match 5
            §13.1.1 * after a comma         | PUT    | ,*              | -          | <a>    | MALFORMED If-Match 1
            §13.1.1 * before a comma        | PUT    | *,              | -          | <a>    | MALFORMED If-Match 1
            §13.1.1 * and a word            | PUT    | * a             | -          | <a>    | MALFORMED If-Match 2
            §13.1.1 * without a comma       | PUT    | **              | -          | <a>    | MALFORMED If-Match 1
            §13.1.1 weak *                  | PUT    | W/*             | -          | <a>    | MALFORMED If-Match 2
            §13.1.1 * and another line      | PUT    | *; <a>          | -          | <a>    | MALFORMED If-Match 1
            §13.1.1 * and an empty line     | PUT    | *;              | -          | <a>    | MALFORMED If-Match 1
            §13.1.1 * on the second line    | PUT    | <a>; *          | -          | <a>    | MALFORMED If-Match 5
            §13.1.1 * after an empty line   | PUT    | ; *             | -          | <a>    | MALFORMED If-Match 2
            §13.1.1 * twice over lines      | PUT    | *; *            | -          | <a>    | MALFORMED If-Match 1

            # positions over several lines
            §5.3 in the second line         | PUT    | <a>; b          | -          | <a>    | MALFORMED If-Match 5
            §5.3 in the second line         | PUT    | <a>; <b> c      | -          | <a>    | MALFORMED If-Match 9
            §5.3 in the third line          | PUT    | <a>; <bc>; <d   | -          | <a>    | MALFORMED If-Match 13
            §5.3 after an empty line        | PUT    | ; b             | -          | <a>    | MALFORMED If-Match 2
            §5.3 a tag does not span lines  | PUT    | "a; b"          | -          | <a>    | MALFORMED If-Match 2

            # If-None-Match, weak comparison
            §13.1.2 the present tag         | GET    | -               | <a>        | <a>    | NOT_MODIFIED
            §13.1.2 the present tag         | HEAD   | -               | <a>        | <a>    | NOT_MODIFIED
            §13.1.2 the present tag         | PUT    | -               | <a>        | <a>    | FAILED If-None-Match
            §13.1.2 the present tag         | PATCH  | -               | <a>        | <a>    | FAILED If-None-Match
            §13.1.2 the present tag         | DELETE | -               | <a>        | <a>    | FAILED If-None-Match
            §13.1.2 the present tag         | POST   | -               | <a>        | <a>    | FAILED If-None-Match
            §13.1.2 another tag             | GET    | -               | <b>        | <a>    | PROCEED
            §13.1.2 another tag             | PUT    | -               | <b>        | <a>    | PROCEED
            §8.8.3.2 weak stated            | GET    | -               | W/<a>      | <a>    | NOT_MODIFIED
            §8.8.3.2 weak present           | GET    | -               | <a>        | W/<a>  | NOT_MODIFIED
            §8.8.3.2 both weak              | GET    | -               | W/<a>      | W/<a>  | NOT_MODIFIED
            §8.8.3.2 weak stated            | PUT    | -               | W/<a>      | <a>    | FAILED If-None-Match
            §8.8.3.2 weak present           | PUT    | -               | <a>        | W/<a>  | FAILED If-None-Match
            §8.8.3.2 another weak tag       | GET    | -               | W/<b>      | W/<a>  | PROCEED
            §13.1.2 in a list               | GET    | -               | <b>, W/<a> | <a>    | NOT_MODIFIED
            §13.1.2 not in the list         | GET    | -               | <b>, <c>   | <a>    | PROCEED
            §13.1.2 the empty list          | GET    | -               |            | <a>    | PROCEED
            §13.1.2 the empty list          | PUT    | -               |            | <a>    | PROCEED
            §13.1.2 several lines           | GET    | -               | <b>; <a>   | <a>    | NOT_MODIFIED
            §13.1.2 nothing is there        | GET    | -               | <a>        | absent | PROCEED
            §13.1.2 nothing is there        | PUT    | -               | <a>        | absent | PROCEED
            §13.1.2 no tag is there         | GET    | -               | <a>        | none   | PROCEED
            §13.1.2 * on nothing            | PUT    | -               | *          | absent | PROCEED
            §13.1.2 * on something          | PUT    | -               | *          | <a>    | FAILED If-None-Match
            §13.1.2 * on something weak     | PUT    | -               | *          | W/<a>  | FAILED If-None-Match
            §13.1.2 * needs no tag          | PUT    | -               | *          | none   | FAILED If-None-Match
            §13.1.2 * on something          | POST   | -               | *          | <a>    | FAILED If-None-Match
            §13.1.2 * on something          | GET    | -               | *          | <a>    | NOT_MODIFIED
            §13.1.2 * on nothing            | GET    | -               | *          | absent | PROCEED
            §13.1.2 * in quotes is data     | PUT    | -               | <*>        | <a>    | PROCEED

            # If-None-Match that cannot be read: a reader gets everything, a writer is refused
            §13.1.2 bare word               | GET    | -               | a          | <a>    | PROCEED
            §13.1.2 bare word               | HEAD   | -               | a          | <a>    | PROCEED
            §13.1.2 match, then malformed   | GET    | -               | <a>, b     | <a>    | PROCEED
            §13.1.2 * and a tag             | GET    | -               | *, <a>     | <a>    | PROCEED
            §13.1.2 bare word               | PUT    | -               | a          | <a>    | MALFORMED If-None-Match 0
            §13.1.2 bare word               | POST   | -               | a          | absent | MALFORMED If-None-Match 0
            §13.1.2 match, then malformed   | PUT    | -               | <a>, b     | <a>    | MALFORMED If-None-Match 5
            §13.1.2 * and a tag             | PUT    | -               | *, <a>     | absent | MALFORMED If-None-Match 1
            §13.1.2 lower-case w/           | DELETE | -               | w/<a>      | <a>    | MALFORMED If-None-Match 0

            # order: If-Match first; if it is true, If-None-Match too
            §13.2.2 both true               | PUT    | <a>             | <b>        | <a>    | PROCEED
            §13.2.2 If-Match true only      | PUT    | <a>             | <a>        | <a>    | FAILED If-None-Match
            §13.2.2 If-Match true only      | PUT    | *               | *          | <a>    | FAILED If-None-Match
            §13.2.2 If-Match true only      | GET    | <a>             | <a>        | <a>    | NOT_MODIFIED
            §13.2.2 If-Match false decides  | PUT    | <b>             | <a>        | <a>    | FAILED If-Match
            §13.2.2 If-Match false decides  | GET    | <b>             | <a>        | <a>    | FAILED If-Match
            §13.2.2 If-Match false decides  | PUT    | *               | *          | absent | FAILED If-Match
            §13.2.2 If-Match false decides  | PUT    | <b>             | a          | <a>    | FAILED If-Match
            §13.2.2 true, then malformed    | PUT    | <a>             | a          | <a>    | MALFORMED If-None-Match 0
            §13.2.2 malformed decides       | PUT    | a               | *          | <a>    | MALFORMED If-Match 0
            §13.2.2 true, then malformed    | GET    | <a>             | a          | <a>    | PROCEED

            # methods
            §13.2.1 no preconditions        | OPTIONS| <b>             | *          | <a>    | PROCEED
            §13.2.1 no preconditions        | TRACE  | <b>             | *          | <a>    | PROCEED
            §13.2.1 no preconditions        | CONNECT| <b>             | *          | <a>    | PROCEED
            §13.2.1 no preconditions        | OPTIONS| a               | -          | <a>    | PROCEED
            §13.2.1 unknown method          | MERGE  | <b>             | -          | <a>    | FAILED If-Match
            §13.2.1 unknown method          | MERGE  | <a>             | -          | <a>    | PROCEED
            §13.2.1 unknown method          | MERGE  | -               | <a>        | <a>    | FAILED If-None-Match
            §13.2.1 unknown method          | PROPPATCH | a            | -          | <a>    | MALFORMED If-Match 0
            §9.1 methods are case-sensitive | get    | -               | <a>        | <a>    | FAILED If-None-Match
            §9.1 methods are case-sensitive | options| <b>             | -          | <a>    | FAILED If-Match
            """;

    static Stream<Arguments> table() {
        return TABLE.lines()
                .filter(row -> !row.isBlank() && !row.startsWith("#"))
                .map(row -> row.split("\\|", -1))
                .map(cells -> arguments(
                        cells[0].trim(),
                        cells[1].trim(),
                        lines(cells[2]),
                        lines(cells[3]),
                        validators(cells[4].trim()),
                        cells[5].trim()));
    }

    private static @Nullable List<String> lines(String cell) {
        if (cell.trim().equals("-")) {
            return null;
        }
        List<String> lines = new ArrayList<>();
        for (String line : cell.split(";", -1)) {
            lines.add(tags(line.trim()));
        }
        return lines;
    }

    private static String tags(String cell) {
        String quoted = cell.replace('<', '"').replace('>', '"').replace("\\t", "\t");
        return Pattern.compile("\\{(.+?)}")
                .matcher(quoted)
                .replaceAll(hex -> Character.toString(Integer.parseInt(hex.group(1), 16)));
    }

    private static Validators validators(String cell) {
        return switch (cell) {
            case "absent" -> Validators.absent();
            case "none" -> Validators.untagged();
            default -> Validators.of(EntityTag.parse(tags(cell)));
        };
    }

    @Test
    void tableIsLongEnoughToBeTrusted() {
        assertThat(table()).hasSizeGreaterThan(120);
    }

    @ParameterizedTest(name = "{0}: {1} If-Match {2} If-None-Match {3} on {4}: {5}")
    @MethodSource("table")
    void preconditionsAreEvaluatedToTheLetter(
            String section,
            String method,
            @Nullable List<String> ifMatch,
            @Nullable List<String> ifNoneMatch,
            Validators current,
            String verdict) {
        FieldLines fields = fields(ifMatch, ifNoneMatch);
        assertThat(text(Preconditions.optional().evaluate(method, fields, current)))
                .isEqualTo(verdict);
        assertThat(text(Preconditions.required().evaluate(method, fields, current)))
                .as("where a precondition is required")
                .isEqualTo(requiresMore(method, ifMatch, current, verdict) ? "REQUIRED [If-Match]" : verdict);
    }

    private static boolean requiresMore(
            String method, @Nullable List<String> ifMatch, Validators current, String verdict) {
        return verdict.equals("PROCEED")
                && ifMatch == null
                && current.exists()
                && List.of("PUT", "PATCH", "DELETE").contains(method);
    }

    private static FieldLines fields(@Nullable List<String> ifMatch, @Nullable List<String> ifNoneMatch) {
        Fields fields = Fields.none();
        if (ifMatch != null) {
            fields.and(IF_MATCH, ifMatch.toArray(String[]::new));
        }
        if (ifNoneMatch != null) {
            fields.and(IF_NONE_MATCH, ifNoneMatch.toArray(String[]::new));
        }
        return fields.lines();
    }

    private static String text(Verdict verdict) {
        if (verdict instanceof Verdict.Failed failed) {
            return "FAILED " + failed.header();
        }
        if (verdict instanceof Verdict.Malformed malformed) {
            return "MALFORMED " + malformed.header() + " " + malformed.position();
        }
        if (verdict instanceof Verdict.TooLarge large) {
            return "TOO_LARGE " + large.header() + " " + large.limit();
        }
        if (verdict instanceof Verdict.Required required) {
            return "REQUIRED " + required.acceptedHeaders();
        }
        if (verdict instanceof Verdict.NotModified) {
            return "NOT_MODIFIED";
        }
        return verdict instanceof Verdict.Proceed ? "PROCEED" : "no verdict";
    }

    private static final Validators CURRENT = Validators.of(EntityTag.strong("a"));

    @ParameterizedTest(name = "RFC 6585 §3: {0}")
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void guardedWriteOfSomethingMustStateATag(String method) {
        Preconditions rules = Preconditions.required();
        assertThat(rules.evaluate(method, name -> null, CURRENT)).isEqualTo(new Verdict.Required(List.of("If-Match")));
        assertThat(rules.evaluate(method, name -> null, Validators.untagged()))
                .isEqualTo(new Verdict.Required(List.of("If-Match")));
        assertThat(rules.evaluate(method, name -> null, Validators.absent())).isEqualTo(new Verdict.Proceed(false));
        assertThat(rules.evaluate(method, fields(List.of("*"), null), CURRENT)).isEqualTo(new Verdict.Proceed(false));
        assertThat(rules.evaluate(method, fields(null, List.of("\"b\"")), CURRENT))
                .isEqualTo(new Verdict.Required(List.of("If-Match")));
    }

    @ParameterizedTest(name = "RFC 6585 §3: {0}")
    @ValueSource(strings = {"GET", "HEAD", "POST", "OPTIONS", "MERGE"})
    void otherMethodsMustStateNothing(String method) {
        assertThat(Preconditions.required().evaluate(method, name -> null, CURRENT))
                .isEqualTo(new Verdict.Proceed(false));
    }

    @Test
    void dateThatIsStatedCountsAsNothing() {
        FieldLines dated = Fields.none()
                .and("If-Unmodified-Since", "Mon, 23 Nov 2026 10:00:00 GMT")
                .lines();
        assertThat(Preconditions.required().evaluate("PUT", dated, CURRENT)).isInstanceOf(Verdict.Required.class);
    }

    @Test
    void malformedFieldSaysWhatWouldBeRight() {
        assertThat(reason("a")).contains("double quote");
        assertThat(reason("\"a b\"")).contains("visible characters");
        assertThat(reason("\"a\" \"b\"")).contains("comma");
        assertThat(reason("*,")).contains("\"*\" stands alone");
    }

    private static String reason(String line) {
        Verdict verdict = Preconditions.optional().evaluate("PUT", fields(List.of(line), null), CURRENT);
        return ((Verdict.Malformed) verdict).reason();
    }

    static Stream<Arguments> sizes() {
        String longest = "\"" + "x".repeat(8190) + "\"";
        String many = "\"x\",".repeat(255) + "\"a\"";
        return Stream.of(
                arguments("8192 characters", List.of(longest), "FAILED If-Match"),
                arguments("8193 characters", List.of(longest + " "), "TOO_LARGE If-Match 8192"),
                arguments("8193 characters, malformed", List.of("?" + longest), "TOO_LARGE If-Match 8192"),
                arguments("8192 over lines", List.of("\"a\"", " ".repeat(8187)), "PROCEED"),
                arguments("8193 over lines", List.of("\"a\"", " ".repeat(8188)), "TOO_LARGE If-Match 8192"),
                arguments(
                        "8193 over lines",
                        List.of("\"a\"", " ".repeat(4000), " ".repeat(4186)),
                        "TOO_LARGE If-Match 8192"),
                arguments("empty lines count too", Collections.nCopies(4097, ""), "FAILED If-Match"),
                arguments("empty lines count too", Collections.nCopies(4098, ""), "TOO_LARGE If-Match 8192"),
                arguments("256 tags", List.of(many), "PROCEED"),
                arguments("257 tags", List.of(many + ",\"b\""), "TOO_LARGE If-Match 256"),
                arguments("257 tags over lines", List.of(many, "\"b\""), "TOO_LARGE If-Match 256"),
                arguments("257 weak tags", List.of("W/\"x\",".repeat(257)), "TOO_LARGE If-Match 256"),
                arguments("empty elements are no tags", List.of("\"a\"" + ",".repeat(1000)), "PROCEED"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("sizes")
    void fieldsAreReadUpToTheirLimits(String what, List<String> lines, String verdict) {
        assertThat(text(Preconditions.optional().evaluate("PUT", fields(lines, null), CURRENT)))
                .isEqualTo(verdict);
        String noneMatch = text(Preconditions.optional().evaluate("GET", fields(null, lines), CURRENT));
        assertThat(noneMatch).isEqualTo(verdict.equals("PROCEED") ? "NOT_MODIFIED" : "PROCEED");
    }

    @Test
    void rulesTellWhichMethodsMustStateSomething() {
        assertThat(Preconditions.required().isRequiredOn("PUT")).isTrue();
        assertThat(Preconditions.required().isRequiredOn("POST")).isFalse();
        assertThat(Preconditions.required().requiredOn("POST").isRequiredOn("POST"))
                .isTrue();
        assertThat(Preconditions.optional().isRequiredOn("PUT")).isFalse();
    }
}
