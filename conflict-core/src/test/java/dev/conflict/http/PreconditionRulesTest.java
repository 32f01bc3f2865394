package dev.conflict.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.conflict.EntityTag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application may demand beyond RFC 9110, and what it may relax by name. */
class PreconditionRulesTest {
    private static final EntityTag TAG = EntityTag.strong("a");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String AT_NOON = "Mon, 23 Nov 2026 12:00:00 GMT";
    private static final String BEFORE = "Mon, 23 Nov 2026 11:59:59 GMT";
    private static final Validators CURRENT = Validators.of(TAG).lastModified(NOON.plusMillis(999));
    private static final Verdict PROCEED = new Verdict.Proceed(false);

    private static Verdict put(Preconditions rules, Validators current, String header, String... lines) {
        return rules.evaluate("PUT", Fields.none().and(header, lines).lines(), current);
    }

    private static Verdict failed(String header, String expected) {
        return new Verdict.Failed(header, expected, TAG);
    }

    @Nested
    class Required {
        @Test
        void methodsMayBeOthers() {
            Preconditions rules = Preconditions.required().requiredOn("POST", "MERGE");
            Verdict required = new Verdict.Required(List.of("If-Match"));
            assertThat(rules.evaluate("POST", name -> null, CURRENT)).isEqualTo(required);
            assertThat(rules.evaluate("MERGE", name -> null, CURRENT)).isEqualTo(required);
            assertThat(rules.evaluate("PUT", name -> null, CURRENT)).isEqualTo(PROCEED);
            assertThat(rules.evaluate("POST", name -> null, Validators.absent()))
                    .isEqualTo(PROCEED);
            assertThat(Preconditions.required().evaluate("POST", name -> null, CURRENT))
                    .isEqualTo(PROCEED);
        }

        /** RFC 9110 §9.1: "put" is another method, of which nobody will ever send one. */
        @ParameterizedTest
        @ValueSource(strings = {"put", "Delete", "patch", "GET", "get", "HEAD", "OPTIONS", "TRACE", "connect"})
        void methodThatGuardsNothingIsRefused(String method) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Preconditions.required().requiredOn("PUT", method))
                    .withMessageContaining(method);
        }

        @Test
        void dateIsNotAskedForWhereThereIsNone() {
            assertThat(Preconditions.required().acceptingDates().evaluate("PUT", name -> null, Validators.of(TAG)))
                    .isEqualTo(new Verdict.Required(List.of("If-Match")));
        }

        @Test
        void anyMayBeRefused() {
            Preconditions rules = Preconditions.required().refusingAny();
            assertThat(put(rules, CURRENT, "If-Match", "*")).isEqualTo(new Verdict.Required(List.of("If-Match")));
            assertThat(put(rules, CURRENT, "If-Match", "\"a\"")).isEqualTo(PROCEED);
            assertThat(put(Preconditions.required(), CURRENT, "If-Match", "*")).isEqualTo(PROCEED);
            assertThat(put(Preconditions.optional().refusingAny(), CURRENT, "If-Match", "*"))
                    .isEqualTo(PROCEED);
        }

        @Test
        void trueDateCountsOnlyWhereItIsAccepted() {
            Preconditions strict = Preconditions.required();
            Preconditions rules = strict.acceptingDates();
            assertThat(put(strict, CURRENT, "If-Unmodified-Since", AT_NOON))
                    .isEqualTo(new Verdict.Required(List.of("If-Match")));
            assertThat(put(rules, CURRENT, "If-Unmodified-Since", AT_NOON)).isEqualTo(PROCEED);
            assertThat(rules.evaluate("PUT", name -> null, CURRENT))
                    .isEqualTo(new Verdict.Required(List.of("If-Match", "If-Unmodified-Since")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"yesterday", ""})
        void dateThatCannotBeReadDoesNotCount(String date) {
            assertThat(put(Preconditions.required().acceptingDates(), CURRENT, "If-Unmodified-Since", date))
                    .isInstanceOf(Verdict.Required.class);
        }

        @Test
        void dateOfSomethingUndatedDoesNotCount() {
            assertThat(put(
                            Preconditions.required().acceptingDates(),
                            Validators.of(TAG),
                            "If-Unmodified-Since",
                            AT_NOON))
                    .isInstanceOf(Verdict.Required.class);
        }

        @Test
        void falseDateIsFalseWhetherItCountsOrNot() {
            assertThat(put(Preconditions.required(), CURRENT, "If-Unmodified-Since", BEFORE))
                    .isEqualTo(failed("If-Unmodified-Since", BEFORE));
            assertThat(put(Preconditions.required().acceptingDates(), CURRENT, "If-Unmodified-Since", BEFORE))
                    .isEqualTo(failed("If-Unmodified-Since", BEFORE));
        }
    }

    @Nested
    class WeakenedTags {
        private final Preconditions rules = Preconditions.optional().acceptingWeakenedTags();

        @ParameterizedTest
        @ValueSource(strings = {"W/\"a\"", "\"a\"", "\"b\", W/\"a\""})
        void weakMarkIsOverlooked(String stated) {
            assertThat(put(rules, CURRENT, "If-Match", stated)).isEqualTo(PROCEED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"W/\"b\"", "W/\"ab\"", "W/\"\""})
        void anotherTagIsStillAnother(String stated) {
            assertThat(put(rules, CURRENT, "If-Match", stated)).isEqualTo(failed("If-Match", stated));
        }

        @Test
        void presentTagHasToBeStrong() {
            assertThat(put(rules, Validators.of(EntityTag.weak("a")), "If-Match", "W/\"a\""))
                    .isInstanceOf(Verdict.Failed.class);
        }

        @Test
        void weakNamingIsNoticedWithoutBeingAccepted() {
            assertThat(names("\"b\", W/\"a\"")).isTrue();
            assertThat(names("W/\"b\"")).isFalse();
            assertThat(names("*")).isFalse();
            assertThat(names("W/\"a\", b")).isFalse();
            assertThat(Preconditions.optional().namesWeakly(name -> null, CURRENT))
                    .isFalse();
        }

        private static boolean names(String stated) {
            return Preconditions.optional()
                    .namesWeakly(Fields.none().and("If-Match", stated).lines(), CURRENT);
        }

        @Test
        void nothingIsOverlookedUnasked() {
            assertThat(put(Preconditions.optional(), CURRENT, "If-Match", "W/\"a\""))
                    .isEqualTo(failed("If-Match", "W/\"a\""));
        }
    }

    @Nested
    class CodingSuffixes {
        private final Preconditions rules = Preconditions.optional().acceptingCodingSuffixes("-gzip", "--gzip", ";br");

        @ParameterizedTest
        @ValueSource(strings = {"\"a-gzip\"", "\"a--gzip\"", "\"a;br\"", "\"a\"", "\"b\", \"a-gzip\""})
        void oneEndingIsOverlooked(String stated) {
            assertThat(put(rules, CURRENT, "If-Match", stated)).isEqualTo(PROCEED);
            assertThat(rules.evaluate(
                            "GET", Fields.none().and("If-None-Match", stated).lines(), CURRENT))
                    .isEqualTo(new Verdict.NotModified());
        }

        /** Each was accepted by a server that compared less than the whole tag. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"ab-gzip\"",
                    "\"-gzip\"",
                    "\"a-gzi\"",
                    "\"a-gzip-gzip\"",
                    "\"a-GZIP\"",
                    "\"a-br\"",
                    "\"a-\"",
                    "\"--\"",
                    "\"a;brx\"",
                    "W/\"a-gzip\"",
                    "\"a\u00ffgzip\""
                })
        void tagIsComparedWhole(String stated) {
            assertThat(put(rules, CURRENT, "If-Match", stated)).isEqualTo(failed("If-Match", stated));
        }

        @Test
        void goesWithWeakenedTags() {
            assertThat(put(rules.acceptingWeakenedTags(), CURRENT, "If-Match", "W/\"a-gzip\""))
                    .isEqualTo(PROCEED);
        }

        @Test
        void nothingIsOverlookedUnasked() {
            assertThat(put(Preconditions.optional(), CURRENT, "If-Match", "\"a-gzip\""))
                    .isInstanceOf(Verdict.Failed.class);
        }

        @Test
        void endingsAreTextsThatATagMayHave() {
            assertThatIllegalArgumentException().isThrownBy(() -> rules.acceptingCodingSuffixes(""));
            assertThatIllegalArgumentException().isThrownBy(() -> rules.acceptingCodingSuffixes("-gzip", "a\"b"));
        }
    }

    /** One version has several representations; a write replaces the version. */
    @Nested
    class Equivalents {
        private final EntityTag xml = TAG.variant("xml");
        private final Validators both = Validators.of(TAG).equivalents(EntityTag.weak("w"), xml);

        @ParameterizedTest
        @ValueSource(strings = {"\"a\"", "\"a+xml\"", "\"b\", \"a+xml\""})
        void writeMayNameAnyOfThem(String stated) {
            assertThat(put(Preconditions.required(), both, "If-Match", stated)).isEqualTo(PROCEED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"a+json\"", "\"w\"", "W/\"w\"", "W/\"a+xml\""})
        void writeMayNameNothingElse(String stated) {
            assertThat(put(Preconditions.required(), both, "If-Match", stated)).isEqualTo(failed("If-Match", stated));
        }

        @Test
        void readerOfOneHasNotGotTheOther() {
            Preconditions rules = Preconditions.optional();
            assertThat(rules.evaluate(
                            "GET",
                            Fields.none().and("If-None-Match", "\"a+xml\"").lines(),
                            both))
                    .isEqualTo(PROCEED);
            assertThat(rules.evaluate(
                            "GET", Fields.none().and("If-Match", "\"a+xml\"").lines(), both))
                    .isEqualTo(failed("If-Match", "\"a+xml\""));
            assertThat(put(rules, both, "If-None-Match", "\"a+xml\"")).isEqualTo(PROCEED);
        }
    }

    @Nested
    class Limits {
        private final Preconditions rules = Preconditions.optional().limits(10, 2);

        @Test
        void fieldOfOneCharacterTooManyIsRefused() {
            assertThat(put(rules, CURRENT, "If-Match", "\"12345678\"")).isEqualTo(failed("If-Match", "\"12345678\""));
            assertThat(put(rules, CURRENT, "If-Match", "\"12345678\","))
                    .isEqualTo(new Verdict.TooLarge("If-Match", 10, Verdict.Unit.CHARACTERS));
        }

        @Test
        void tagsAreCountedOverAllLines() {
            assertThat(put(rules, CURRENT, "If-Match", "\"b\"", "\"a\"")).isEqualTo(PROCEED);
            assertThat(put(rules.limits(99, 2), CURRENT, "If-Match", "\"b\",\"c\"", "\"a\""))
                    .isEqualTo(new Verdict.TooLarge("If-Match", 2, Verdict.Unit.TAGS));
            assertThat(put(rules, CURRENT, "If-Match", "\"b\"", "\"aaaa\""))
                    .isEqualTo(new Verdict.TooLarge("If-Match", 10, Verdict.Unit.CHARACTERS));
        }

        @Test
        void theOneExactTagCountsToo() {
            Validators current = Validators.of(EntityTag.strong("x".repeat(9)));
            assertThat(put(rules, current, "If-Match", current.toString()))
                    .isEqualTo(new Verdict.TooLarge("If-Match", 10, Verdict.Unit.CHARACTERS));
        }

        @Test
        void limitIsAtLeastOne() {
            assertThatIllegalArgumentException().isThrownBy(() -> rules.limits(0, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> rules.limits(1, 0));
            assertThat(put(rules.limits(1, 1), CURRENT, "If-Match", "*")).isEqualTo(PROCEED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "*, \"a\"     | 1 | stands alone",
                "\"a\", *     | 5 | stands alone",
                "\"a\" \"b\"   | 4 | comma",
                "\"a\" b      | 4 | comma",
                "\"a\", b     | 5 | starts with a double quote",
                "b           | 0 | starts with a double quote",
                "W/b         | 2 | starts with a double quote",
                "\"a\", \"b   | 7 | ends with a double quote",
            })
    void reasonSaysWhatWouldBeRightThere(String stated, int position, String reason) {
        assertThat(put(Preconditions.optional(), CURRENT, "If-Match", stated))
                .isInstanceOfSatisfying(Verdict.Malformed.class, malformed -> {
                    assertThat(malformed.position()).isEqualTo(position);
                    assertThat(malformed.reason()).contains(reason);
                });
    }

    @Test
    void clockTellsTheCentury() {
        Validators current = Validators.of(TAG).lastModified(Instant.parse("2030-01-01T00:00:00Z"));
        String date = "Tuesday, 01-Jan-80 00:00:00 GMT";
        Preconditions rules = Preconditions.optional();
        assertThat(put(
                        rules.clock(InstantSource.fixed(Instant.parse("2029-01-01T00:00:00Z"))),
                        current,
                        "If-Unmodified-Since",
                        date))
                .isInstanceOf(Verdict.Failed.class);
        assertThat(put(
                        rules.clock(InstantSource.fixed(Instant.parse("2030-01-01T00:00:00Z"))),
                        current,
                        "If-Unmodified-Since",
                        date))
                .isEqualTo(PROCEED);
    }

    @Test
    void rulesGoTogetherInAnyOrder() {
        Preconditions first = Preconditions.optional()
                .acceptingWeakenedTags()
                .acceptingCodingSuffixes("-x")
                .acceptingDates()
                .refusingAny()
                .limits(30, 3)
                .clock(InstantSource.fixed(NOON))
                .requiredOn("PUT");
        Preconditions last = Preconditions.optional()
                .requiredOn("PUT")
                .clock(InstantSource.fixed(NOON))
                .limits(30, 3)
                .refusingAny()
                .acceptingDates()
                .acceptingCodingSuffixes("-x")
                .acceptingWeakenedTags();
        for (Preconditions rules : List.of(first, last)) {
            assertThat(put(rules, CURRENT, "If-Match", "W/\"a-x\"")).isEqualTo(PROCEED);
            assertThat(put(rules, CURRENT, "If-Match", "*"))
                    .isEqualTo(new Verdict.Required(List.of("If-Match", "If-Unmodified-Since")));
            assertThat(put(rules, CURRENT, "If-Unmodified-Since", AT_NOON)).isEqualTo(PROCEED);
            assertThat(put(rules, CURRENT, "If-Match", "\"1\",\"2\",\"3\",\"4\""))
                    .isEqualTo(new Verdict.TooLarge("If-Match", 3, Verdict.Unit.TAGS));
            assertThat(put(rules, CURRENT, "If-Match", " ".repeat(31)))
                    .isEqualTo(new Verdict.TooLarge("If-Match", 30, Verdict.Unit.CHARACTERS));
            assertThat(put(rules, CURRENT, "If-Unmodified-Since", "Monday, 23-Nov-77 12:00:00 GMT"))
                    .isInstanceOf(Verdict.Failed.class);
        }
    }

    @Test
    void fieldsAreAskedForOnlyWhereTheyCount() {
        Map<String, String> counting = Map.of(
                "GET", "If-Match If-Unmodified-Since If-None-Match If-Modified-Since If-Range ",
                "HEAD", "If-Match If-Unmodified-Since If-None-Match If-Modified-Since ",
                "PUT", "If-Match If-Unmodified-Since If-None-Match ",
                "OPTIONS", "",
                "TRACE", "",
                "CONNECT", "");
        counting.forEach((method, fields) -> {
            StringBuilder asked = new StringBuilder();
            Preconditions.optional()
                    .evaluate(
                            method,
                            name -> {
                                asked.append(name).append(' ');
                                return null;
                            },
                            CURRENT);
            assertThat(asked).as(method).hasToString(fields);
        });
    }

    @Test
    @SuppressWarnings("NullAway") // nobody checked the caller
    void clockIsNeeded() {
        assertThatNullPointerException()
                .isThrownBy(() -> Preconditions.optional().clock(null));
    }
}
