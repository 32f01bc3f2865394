package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conflict.ConflictException;
import dev.conflict.Details;
import dev.conflict.Details.Member;
import dev.conflict.Disclosure;
import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest {
    private static final ProblemType OWN = new ProblemType("out-of-credit", 402);

    /** An application with files of its own. */
    private static final class Application extends ClassLoader {
        private final Map<String, String> files = new HashMap<>();

        Application() {
            super(MessagesTest.class.getClassLoader());
        }

        Application with(String file, String... lines) {
            files.put(file, String.join("\n", lines));
            return this;
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            String file = files.get(name);
            return file == null
                    ? super.getResourceAsStream(name)
                    : new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Answer answer(
            ProblemTranslator.Builder builder, ClassLoader application, @Nullable String acceptLanguage) {
        return answer(builder, application, acceptLanguage, ConflictException.locked());
    }

    private static Answer answer(
            ProblemTranslator.Builder builder,
            ClassLoader application,
            @Nullable String acceptLanguage,
            RuntimeException thrown) {
        return builder.build(application)
                .translate(
                        thrown,
                        ConditionalRequest.of("PUT", name -> null, Preconditions.optional()),
                        Occurrence.of("PUT", "/").withAcceptLanguage(acceptLanguage))
                .map(Held::of)
                .orElseThrow();
    }

    private static String title(Answer answer) {
        return answer.problem().title().orElseThrow();
    }

    @Nested
    class Ours {
        private final Texts german = Messages.load(
                        List.of(), Locale.ENGLISH, getClass().getClassLoader())
                .in(Locale.GERMAN)
                .orElseThrow();

        @Test
        void germanHasEveryKeyOfEnglishAndNoOther() {
            assertThat(new TreeSet<>(german.byKey().keySet()))
                    .isEqualTo(new TreeSet<>(Messages.ENGLISH.byKey().keySet()));
        }

        @Test
        void germanHasThePlaceholdersOfEnglish() {
            assertThat(placeholders(german)).isEqualTo(placeholders(Messages.ENGLISH));
        }

        private static Map<String, Set<String>> placeholders(Texts texts) {
            Map<String, Set<String>> all = new TreeMap<>();
            texts.byKey().forEach((key, text) -> all.put(key, Texts.members(text)));
            return all;
        }

        @Test
        void noTextStandsInBothLanguages() {
            assertThat(german.byKey().entrySet())
                    .noneMatch(text ->
                            text.getValue().equals(Messages.ENGLISH.byKey().get(text.getKey())));
        }

        @Test
        void everyTypeOfTheCatalogueHasAllItsTextsAndNoTextIsOfAnother() {
            Set<String> types =
                    StandardTypes.all().stream().map(ProblemType::name).collect(Collectors.toSet());
            for (Texts texts : List.of(Messages.ENGLISH, german)) {
                for (String type : types) {
                    assertThat(texts.byKey()).containsKeys(type + ".title", type + ".detail", type + ".suggestion");
                }
            }
            types.add("about-blank");
            assertThat(Messages.ENGLISH.byKey().keySet()).allMatch(key -> types.contains(key.split("\\.", 2)[0]));
        }

        /** The type says no more than its status, and so do its texts: no other member is told. */
        @ParameterizedTest
        @CsvSource({"en, 4", "en, 5", "de, 4", "de, 5"})
        void everyStatusHasAllItsTexts(String language, int hundreds) {
            for (int status = hundreds * 100; status < hundreds * 100 + 100; status++) {
                ProblemException bare =
                        new ProblemException(ProblemDetail.builder(status).build());
                ProblemDetail problem = answer(
                                ProblemTranslator.builder(), getClass().getClassLoader(), language, bare)
                        .problem();
                assertThat(problem.title().orElseThrow()).isNotBlank();
                assertThat(problem.detail().orElseThrow()).endsWith(".");
                assertThat(problem.text("suggestion").orElseThrow()).endsWith(".");
            }
            String[] texts = Messages.load(List.of(), Locale.ENGLISH, getClass().getClassLoader())
                    .in(Locale.forLanguageTag(language))
                    .orElseThrow()
                    .byKey()
                    .entrySet()
                    .stream()
                    .filter(text -> text.getKey().matches("about-blank\\.[0-9x]+\\.[a-z]+"))
                    .map(Map.Entry::getValue)
                    .toArray(String[]::new);
            assertThat(texts).hasSizeGreaterThan(60).allMatch(text -> text.indexOf('{') < 0);
        }

        @ParameterizedTest(name = "RFC 9110 \u00A715 and its like: {0} {1}")
        @CsvSource({
            "400, Bad Request",
            "401, Unauthorized",
            "403, Forbidden",
            "404, Not Found",
            "405, Method Not Allowed",
            "406, Not Acceptable",
            "409, Conflict",
            "410, Gone",
            "412, Precondition Failed",
            "413, Content Too Large",
            "415, Unsupported Media Type",
            "422, Unprocessable Content",
            "423, Locked",
            "428, Precondition Required",
            "429, Too Many Requests",
            "431, Request Header Fields Too Large",
            "500, Internal Server Error",
            "503, Service Unavailable",
            "418, Client Error",
            "499, Client Error",
            "402, Payment Required",
            "407, Proxy Authentication Required",
            "408, Request Timeout",
            "411, Length Required",
            "414, URI Too Long",
            "416, Range Not Satisfiable",
            "417, Expectation Failed",
            "421, Misdirected Request",
            "424, Failed Dependency",
            "425, Too Early",
            "426, Upgrade Required",
            "451, Unavailable For Legal Reasons",
            "501, Not Implemented",
            "502, Bad Gateway",
            "504, Gateway Timeout",
            "505, HTTP Version Not Supported",
            "506, Variant Also Negotiates",
            "507, Insufficient Storage",
            "508, Loop Detected",
            "511, Network Authentication Required",
            "510, Server Error",
            "599, Server Error"
        })
        void phraseIsThatOfTheStandard(int status, String phrase) {
            assertThat(Messages.ENGLISH.phrase(status)).isEqualTo(phrase);
        }
    }

    @Nested
    class LookUp {
        private final ClassLoader application = new Application()
                .with(
                        "app/fr_texts_fr.properties",
                        "locked.title = Verrouill\u00E9",
                        "locked.detail = Quelqu'un s'en sert.",
                        "locked.suggestion = Attendez.")
                .with("app/fr_texts_de_AT.properties", "locked.title = Versperrt");

        private Answer told(@Nullable String acceptLanguage) {
            return answer(
                    ProblemTranslator.builder().messages("app.fr_texts", Locale.FRENCH, Locale.forLanguageTag("de-AT")),
                    application,
                    acceptLanguage);
        }

        @ParameterizedTest(name = "RFC 4647 \u00A73.4: {0} -> {1}")
        @CsvSource(
                delimiter = '|',
                nullValues = "-",
                value = {
                    "- | en",
                    "'' | en",
                    "de | de",
                    "DE | de",
                    "de-CH | de",
                    "de-Latn-CH-1996 | de",
                    "de-AT | de-AT",
                    "de-AT-1996 | de-AT",
                    "fr-CA, de;q=0.9 | fr",
                    "ja, de;q=0.2, en;q=0.1 | de",
                    "en;q=0.1, de;q=0.2 | de",
                    "ja, zh | en",
                    "* | en",
                    "*, de | de",
                    "de;q=0, fr | fr",
                    "de;q=0 | en",
                    "de;q=2 | en",
                    "de;q=x | en",
                    "not a language!! | en",
                    "dlt,--- | en",
                    "de,, | de",
                    "\u0000 | en",
                    "d\u00E9 | en"
                })
        void languageIsTheFirstThatThereIs(@Nullable String acceptLanguage, String language) {
            Answer answer = told(acceptLanguage);
            assertThat(answer.fields()).containsEntry("Content-Language", language);
            assertThat(answer.varies()).containsExactly("Accept-Language", "Accept");
            assertThat(title(answer))
                    .isEqualTo(
                            switch (language) {
                                case "de" -> "Die Ressource ist gesperrt";
                                case "de-AT" -> "Versperrt";
                                case "fr" -> "Verrouill\u00E9";
                                default -> "The resource is locked";
                            });
        }

        @Test
        void hugeFieldStatesNothing() {
            assertThat(told("de" + ", de".repeat(127)).fields()).containsEntry("Content-Language", "de");
            assertThat(told("de" + ", de".repeat(128)).fields()).containsEntry("Content-Language", "en");
        }

        @Test
        void languageOfTheMachinePlaysNoPart() {
            Locale before = Locale.getDefault();
            try {
                Locale.setDefault(Locale.GERMANY);
                assertThat(told(null).fields()).containsEntry("Content-Language", "en");
            } finally {
                Locale.setDefault(before);
            }
        }

        /** French has no text for this type: a title in one language and a detail in another would be a lie. */
        @Test
        void oneAnswerIsInOneLanguage() {
            Answer answer = answer(
                    ProblemTranslator.builder().messages("app.fr_texts", Locale.FRENCH),
                    application,
                    "fr, de;q=0.5",
                    ConflictException.gone());
            assertThat(title(answer)).isEqualTo("Die Ressource ist nicht mehr da");
            assertThat(answer.fields()).containsEntry("Content-Language", "de");
        }

        @Test
        void applicationSetsTheDefault() {
            ProblemTranslator.Builder german = ProblemTranslator.builder().defaultLanguage(Locale.GERMAN);
            assertThat(title(answer(german, application, "ja"))).isEqualTo("Die Ressource ist gesperrt");
            ProblemTranslator.Builder french = ProblemTranslator.builder()
                    .messages("app.fr_texts", Locale.FRENCH)
                    .defaultLanguage(Locale.FRENCH);
            assertThat(title(answer(french, application, "ja"))).isEqualTo("Verrouill\u00E9");
            assertThat(title(answer(french, application, "ja", ConflictException.gone())))
                    .isEqualTo("The resource is gone");
        }

        @Test
        void phraseOfABareAnswerIsInTheLanguageToo() {
            Answer answer = answer(ProblemTranslator.builder(), application, "de", ConflictException.unspecified());
            assertThat(title(answer)).isEqualTo("Konflikt");
            assertThat(answer.fields()).containsEntry("Content-Language", "de");
            Answer notFound = answer(ProblemTranslator.builder(), application, "de", ProblemException.notFound());
            assertThat(title(notFound)).isEqualTo("Nicht gefunden");
        }
    }

    @Nested
    class Applications {
        private final Application application = new Application()
                .with(
                        "app/texts_en.properties",
                        "locked.title = Taken",
                        "out-of-credit.title = Not enough credit",
                        "out-of-credit.detail = Your balance is {balance}.",
                        "state-conflict.SHIPPED.detail = It left by {carrier}.",
                        "state-conflict.SHIPPED.suggestion = Open a return.")
                .with("app/texts_de.properties", "state-conflict.SHIPPED.detail = Unterwegs.");

        private ProblemTranslator.Builder builder() {
            return ProblemTranslator.builder().messages("app.texts", Locale.ENGLISH, Locale.GERMAN);
        }

        private ProblemDetail told(String language, RuntimeException thrown) {
            return answer(builder(), application, language, thrown).problem();
        }

        @Test
        void applicationsTextsStandOverOurs() {
            assertThat(told("en", ConflictException.locked()).title()).contains("Taken");
            assertThat(told("en", ConflictException.locked()).detail()).contains("Somebody holds this resource.");
            assertThat(told("de", ConflictException.locked()).title()).contains("Die Ressource ist gesperrt");
        }

        @Test
        void applicationsCodesHaveTextsOfTheirOwn() {
            assertThat(told("de", ConflictException.state("SHIPPED")).detail()).contains("Unterwegs.");
            assertThat(told("en", ConflictException.state("SHIPPED")).text("suggestion"))
                    .contains("Open a return.");
            assertThat(told("de", ConflictException.state("SHIPPED")).text("suggestion"))
                    .contains("W\u00E4hlen Sie eine der zul\u00E4ssigen Aktionen.");
        }

        @Test
        void textWhoseMemberIsMissingGivesWayToTheNext() {
            assertThat(told("en", ConflictException.state("SHIPPED")).detail())
                    .contains("The present state does not allow this action.");
        }

        @Test
        void textWhoseMemberIsMissingGivesWayToOursAtLast() {
            application.with("app/held_en.properties", "locked.detail = Held by {lockedBy}.");
            ProblemTranslator.Builder builder = ProblemTranslator.builder().messages("app.held", Locale.ENGLISH);
            assertThat(answer(builder, application, "en", ConflictException.locked())
                            .problem()
                            .detail())
                    .contains("Somebody holds this resource.");
            assertThat(answer(
                                    builder,
                                    application,
                                    "en",
                                    ConflictException.locked().held("Ada", null))
                            .problem()
                            .detail())
                    .contains("Held by Ada.");
        }

        @Test
        void textsThatAreSetInCodeAreSentAsTheyAre() {
            ProblemDetail problem =
                    told("de", ConflictException.state("SHIPPED").detail("{d}").suggest("s"));
            assertThat(problem.detail()).contains("{d}");
            assertThat(problem.text("suggestion")).contains("s");
        }

        @Test
        void ownTypesAreToldInTheLanguagesThatTheyHave() {
            ProblemException thrown = new ProblemException(
                    ProblemDetail.builder(OWN).extension("balance", 30).build());
            Answer answer = answer(builder().type(OWN), application, "de, en;q=0.1", thrown);
            assertThat(title(answer)).isEqualTo("Not enough credit");
            assertThat(answer.problem().detail()).contains("Your balance is 30.");
            assertThat(answer.fields()).containsEntry("Content-Language", "en");
        }

        @Test
        void variantsAreMorePreciseThanCodes() {
            Details weak = Details.none().with(Member.VARIANT, "WEAK_TAG");
            ProblemDetail problem = told(
                    "de",
                    ConflictException.version().statedIn("If-Match", null, null).with(weak));
            assertThat(problem.detail().orElseThrow()).startsWith("Das Entity-Tag in If-Match ist schwach");
            assertThat(problem.text("suggestion").orElseThrow()).contains("currentEtag");
            assertThat(problem.toAsciiJson()).doesNotContain("VARIANT", "variant");
        }

        @ParameterizedTest
        @CsvSource({"en, date", "de, Datum"})
        void whoeverMayStateADateIsToldSo(String language, String date) {
            ConditionalRequest stale = ConditionalRequest.of(
                    "PUT",
                    name -> name.equals("If-Unmodified-Since")
                            ? Collections.enumeration(List.of("Mon, 23 Nov 2026 10:00:00 GMT"))
                            : null,
                    Preconditions.optional());
            ConditionalRequest silent = ConditionalRequest.of(
                    "PUT", name -> null, Preconditions.required().acceptingDates());
            Validators current =
                    Validators.of(EntityTag.strong("2")).lastModified(Instant.parse("2026-11-23T10:00:01Z"));
            for (ConditionalRequest request : List.of(stale, silent)) {
                ConflictException refused = catchThrowableOfType(
                        ConflictException.class, () -> request.require(new Target("document", "1"), current));
                assertThat(told(language, refused).text("suggestion").orElseThrow())
                        .contains("If-Match", date);
            }
        }

        @Test
        void prerequisitesHaveTextsUnlessTheirCodeHas() {
            Details variant = Details.none().with(Member.VARIANT, "PREREQUISITES");
            assertThat(told("en", ConflictException.state("FORM").with(variant)).detail())
                    .contains("Something else has to be done before this action.");
            assertThat(told("de", ConflictException.state("SHIPPED").with(variant))
                            .detail())
                    .contains("Unterwegs.");
        }

        @Test
        void defaultLanguageMayStandInAFileWithoutALanguage() {
            Application plain = new Application().with("app/plain.properties", "locked.title = Taken");
            ProblemTranslator.Builder english = ProblemTranslator.builder().messages("app.plain", Locale.ENGLISH);
            assertThat(title(answer(english, plain, null))).isEqualTo("Taken");
        }

        @Test
        void laterBundlesStandOverEarlierOnes() {
            application.with("app/more_en.properties", "locked.title = More");
            assertThat(title(answer(builder().messages("app.more", Locale.ENGLISH), application, null)))
                    .isEqualTo("More");
        }
    }

    @Nested
    class Broken {
        private final Application application = new Application();

        private void refused(ProblemTranslator.Builder builder, String... said) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> builder.build(application))
                    .withMessageContainingAll(said);
        }

        @Test
        void missingBundleIsNamed() {
            application.with("app/texts.properties", "");
            refused(
                    ProblemTranslator.builder().messages("app.texts", Locale.ENGLISH, Locale.GERMAN),
                    "app/texts_de.properties",
                    "app.texts");
            refused(
                    ProblemTranslator.builder().messages("app.none", Locale.ENGLISH),
                    "app/none_en.properties",
                    "app/none.properties");
        }

        @Test
        void bundleThatIsNoneIsNamed() {
            application.with("app/texts_de.properties", "a = \\u00zz");
            refused(ProblemTranslator.builder().messages("app.texts", Locale.GERMAN), "app/texts_de.properties");
        }

        @ParameterizedTest
        @ValueSource(strings = {"{", "}", "a {b", "a {b {c}", "{}", "{a b}", "a } {b}"})
        void textWithABraceByItselfIsNamed(String text) {
            application.with("app/texts_de.properties", "locked.detail = " + text);
            refused(ProblemTranslator.builder().messages("app.texts", Locale.GERMAN), "locked.detail", "de");
        }

        @ParameterizedTest(name = "{0} -> {1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "locked.title = t | locked.detail",
                    "locked.title = t; locked.detail = d | locked.suggestion",
                    "locked.detail = d; locked.suggestion = s | locked.title",
                    "locked.title = t; locked.detail = {lockedBy}; locked.suggestion = s | locked.detail",
                    "locked.LOCKED.detail = d | locked.detail",
                    "about-blank.404.title = t | about-blank.4xx.detail",
                    "about-blank.4xx.title = t; about-blank.4xx.detail = d; about-blank.4xx.suggestion = s | about-blank.5xx.detail"
                })
        void languageThatTellsHalfAnAnswerIsNamed(String texts, String missing) {
            application.with("app/texts_fr.properties", texts.split("; "));
            refused(
                    ProblemTranslator.builder().messages("app.texts", Locale.FRENCH),
                    "fr",
                    missing.substring(0, missing.indexOf('.')),
                    missing,
                    "whole");
        }

        /** Whatever is more precise may be missing, or may have texts that only some answers can fill. */
        @Test
        void languageNeedsNoMoreThanTheLastTexts() {
            application.with(
                    "app/texts_fr.properties",
                    "uniqueness.title = t",
                    "uniqueness.detail = {conflictingField}",
                    "uniqueness.EMAIL_TAKEN.detail = {conflictingValue}",
                    "uniqueness.suggestion = s",
                    "about-blank.4xx.title = t",
                    "about-blank.4xx.detail = d",
                    "about-blank.4xx.suggestion = s",
                    "about-blank.5xx.title = t",
                    "about-blank.5xx.detail = d",
                    "about-blank.5xx.suggestion = s");
            ProblemTranslator.Builder builder = ProblemTranslator.builder().messages("app.texts", Locale.FRENCH);
            ConflictException taken = ConflictException.unique("email").disclose(Disclosure.PUBLIC);
            assertThat(answer(builder, application, "fr", taken).problem().detail())
                    .contains("email");
            Answer bare = answer(builder, application, "fr", ProblemException.notFound());
            assertThat(bare.problem().detail()).contains("d");
            assertThat(bare.fields()).containsEntry("Content-Language", "fr");
        }

        @Test
        void defaultLanguageWithoutTextsIsNamed() {
            refused(ProblemTranslator.builder().defaultLanguage(Locale.JAPANESE), "ja", "en, de");
        }
    }

    @Test
    void applicationsClassLoaderIsTheOneThatIsAsked() throws Exception {
        URL nowhere = URI.create("file:/nowhere/").toURL();
        try (URLClassLoader other =
                new URLClassLoader(new URL[] {nowhere}, getClass().getClassLoader())) {
            ProblemTranslator.Builder builder =
                    ProblemTranslator.builder().messages("dev.conflict.problem.application", Locale.ENGLISH);
            assertThat(title(answer(builder, other, null))).isEqualTo("From the application's file");
        }
    }
}
