package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Conflict.IdempotencyReason;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.ConflictException;
import dev.conflict.Details;
import dev.conflict.Details.Member;
import dev.conflict.Disclosure;
import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.VersionMissingException;
import dev.conflict.event.ConflictEvent;
import dev.conflict.file.FileStoreException;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import dev.conflict.problem.Occurrence.Caller;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTranslatorTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    /** What is told where nothing may be: the texts say no more than the status. */
    private static final List<String> BARE =
            List.of("type", "title", "status", "detail", "instance", "suggestion", "path", "timestamp");

    private final List<ConflictEvent> events = new ArrayList<>();
    private final ProblemTranslator translator = builder().build(getClass().getClassLoader());

    private ProblemTranslator.Builder builder() {
        return ProblemTranslator.builder().listener(events::add).clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static ConditionalRequest request(String... ifMatch) {
        return ConditionalRequest.of(
                "PUT",
                name -> name.equals("If-Match") ? Collections.enumeration(List.of(ifMatch)) : null,
                Preconditions.optional());
    }

    private Optional<Answer> translate(Throwable thrown, Caller caller) {
        return translator
                .translate(
                        thrown, request(), Occurrence.of("PUT", "/documents/1").by(caller))
                .map(Held::of);
    }

    private Answer answer(Throwable thrown) {
        return translate(thrown, Caller.ANONYMOUS).orElseThrow();
    }

    /** The fields that not every answer has. */
    private static Map<String, String> ownFields(Answer answer) {
        Map<String, String> fields = new LinkedHashMap<>(answer.fields());
        fields.keySet().removeAll(List.of("Cache-Control", "X-Content-Type-Options", "Content-Language"));
        return fields;
    }

    @Nested
    class WhatIsTranslated {
        static Stream<Arguments> wrappings() {
            ConflictException conflict = ConflictException.locked();
            return Stream.of(
                    arguments("thrown", conflict),
                    arguments("as the cause", new RuntimeException(conflict)),
                    arguments("deeper", new Error(new Exception(new IllegalStateException(conflict)))));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("wrappings")
        void conflictIsFoundAmongTheCauses(String how, Throwable thrown) {
            Answer answer = answer(thrown);
            assertThat(answer.status()).isEqualTo(423);
            assertThat(answer.problem().type()).isEqualTo("urn:problem-type:conflict:locked");
            assertThat(answer.problem().code()).contains("LOCKED");
        }

        @Test
        void unknownExceptionStaysUnknown() {
            assertThat(translate(new IllegalStateException(new RuntimeException()), Caller.ANONYMOUS))
                    .isEmpty();
            assertThat(events).isEmpty();
        }

        @Test
        void whatWouldBeAnsweredIsKnownWithoutTellingAnybody() {
            assertThat(translator.knows(new RuntimeException(ConflictException.undeclared(Undeclared.UNIQUE))))
                    .isTrue();
            assertThat(translator.knows(new RuntimeException(ProblemException.notFound())))
                    .isTrue();
            assertThat(translator.knows(new RuntimeException())).isFalse();
            assertThat(events).isEmpty();
        }

        @Test
        void readersReadWhatTheyKnow() {
            ProblemTranslator reading = builder()
                    .reader(thrown -> thrown instanceof ArithmeticException
                            ? Optional.of(ConflictException.state("READ"))
                            : Optional.empty())
                    .build(getClass().getClassLoader());
            assertThat(reading.translate(
                                    new RuntimeException(new ArithmeticException()),
                                    request(),
                                    Occurrence.of("PUT", "/"))
                            .orElseThrow()
                            .problem()
                            .code())
                    .contains("READ");
        }

        @Test
        void outermostOfConflictAndProblemIsAnswered() {
            assertThat(answer(new RuntimeException(ProblemException.notFound())).status())
                    .isEqualTo(404);
            assertThat(answer(ConflictException.locked().causedBy(ProblemException.notFound()))
                            .status())
                    .isEqualTo(423);
        }

        @Test
        void versionThatIsMissingIsABadRequest() {
            ProblemDetail problem = answer(new RuntimeException(new VersionMissingException("rev")))
                    .problem();
            assertThat(problem.status()).hasValue(400);
            assertThat(problem.type()).isEqualTo("urn:problem-type:conflict:version-missing");
            assertThat(problem.extensions()).containsEntry("field", "rev").containsEntry("code", "VERSION_MISSING");
            assertThat(events).isEmpty();
        }

        @Test
        void plainProblemGetsWhatItHasNot() {
            ProblemDetail problem = answer(ProblemException.notFound()).problem();
            assertThat(problem.instance().orElseThrow()).startsWith("urn:uuid:");
            assertThat(problem.title()).contains("Not Found");
            assertThat(problem.toMap()).containsEntry("type", "about:blank");
            assertThat(problem.extensions())
                    .containsEntry("path", "/documents/1")
                    .containsEntry("timestamp", "2026-11-23T10:00:00Z");
        }

        @Test
        void plainProblemKeepsWhatItHas() {
            ProblemDetail own = ProblemDetail.builder(413)
                    .type(URI.create("https://example.org/too-large"))
                    .instance(URI.create("urn:x:1"))
                    .extension("path", "/mine")
                    .extension("timestamp", "then")
                    .build();
            assertThat(answer(new ProblemException(own)).problem()).isEqualTo(own);
        }

        @Test
        void problemWithoutAStatusEndsNoRequest() {
            ProblemDetail read =
                    ProblemDetail.parse("{}".getBytes(StandardCharsets.UTF_8)).orElseThrow();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ProblemException(read))
                    .withMessageContaining("status");
            assertThat(ProblemException.notFound().getStackTrace()).isEmpty();
            assertThat(ProblemException.notFound()).hasMessageContaining("404");
        }

        /** An error page would show the causes, and those name paths of the server. */
        @Test
        void faultOfTheFileStoreIsABareAnswer() {
            Answer answer = answer(new FileStoreException(
                    "\"a.txt\" could not be written", new IOException("/srv/files/a.txt: No space left on device")));
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.problem().toMap().keySet()).containsExactlyElementsOf(BARE);
            assertThat(answer.problem().toAsciiJson()).doesNotContain("/srv", "a.txt");
        }

        @ParameterizedTest
        @ValueSource(ints = {200, 304, 399})
        void successIsNoProblemThatEndsARequest(int status) {
            ProblemDetail success = ProblemDetail.builder(status).build();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ProblemException(success))
                    .withMessageContaining(Integer.toString(status));
        }

        @Test
        void lostRaceOfTheArmedIsAttributedToWhatWasStated() {
            ConditionalRequest request = request("\"1-7\"");
            Target target = new Target("Document", "1");
            request.arm(target, () -> Validators.of(EntityTag.strong("1-8")));
            ProblemDetail problem = translator
                    .translate(
                            new RuntimeException(ConflictException.version().target(target)),
                            request,
                            Occurrence.of("PUT", "/documents/1"))
                    .map(Held::of)
                    .orElseThrow()
                    .problem();
            assertThat(problem.status()).hasValue(412);
            assertThat(problem.code()).contains("VERSION_MISMATCH");
            assertThat(problem.extensions())
                    .containsEntry("requestedEtag", "\"1-7\"")
                    .containsEntry("currentEtag", "\"1-8\"");
        }
    }

    @Nested
    class WhatIsTold {
        @Test
        void everyOccurrenceHasItsOwnIdThatTheEventCarries() {
            ProblemDetail first = answer(ConflictException.locked()).problem();
            ProblemDetail second = answer(ConflictException.locked()).problem();
            assertThat(first.instance().orElseThrow()).matches("urn:uuid:[0-9a-f-]{36}");
            assertThat(first.instance()).isNotEqualTo(second.instance());
            assertThat(events)
                    .containsExactly(
                            new ConflictEvent.Refused(
                                    ConflictEvent.Kind.LOCKED,
                                    "LOCKED",
                                    423,
                                    "PUT",
                                    first.instance().orElseThrow()),
                            new ConflictEvent.Refused(
                                    ConflictEvent.Kind.LOCKED,
                                    "LOCKED",
                                    423,
                                    "PUT",
                                    second.instance().orElseThrow()));
        }

        @ParameterizedTest
        @EnumSource(Undeclared.class)
        void undeclaredRuleGivesABareAnswerAndAnEvent(Undeclared rule) {
            ProblemDetail problem = answer(ConflictException.undeclared(rule)).problem();
            assertThat(problem.toMap().keySet()).containsExactlyElementsOf(BARE);
            assertThat(events.get(0)).isEqualTo(new ConflictEvent.Unmapped(ConflictEvent.Rule.valueOf(rule.name())));
            assertThat(events).hasSize(2);
            assertThat(((ConflictEvent.Refused) events.get(1)).kind()).isEqualTo(ConflictEvent.Kind.UNSPECIFIED);
        }

        @Test
        void unspecifiedIsNotUnmapped() {
            assertThat(answer(ConflictException.unspecified()).status()).isEqualTo(409);
            assertThat(events).hasSize(1).first().isInstanceOf(ConflictEvent.Refused.class);
        }

        @Test
        void applicationsTextsLinksAndMembersAreSent() {
            ProblemDetail problem = answer(ConflictException.state("SHIPPED")
                            .detail("It left the house.")
                            .suggest("Open a return.")
                            .link("return", URI.create("/returns"))
                            .with("carrier", "DHL"))
                    .problem();
            assertThat(problem.detail()).contains("It left the house.");
            assertThat(problem.text("suggestion")).contains("Open a return.");
            assertThat(problem.extensions())
                    .containsEntry("links", Map.of("return", "/returns"))
                    .containsEntry("carrier", "DHL")
                    .containsEntry("path", "/documents/1");
        }

        @Test
        void applicationsMemberDoesNotReplaceOurs() {
            ProblemDetail problem = answer(ConflictException.state("SHIPPED")
                            .current("SHIPPED")
                            .with("currentStatus", "spoofed"))
                    .problem();
            assertThat(problem.extensions()).containsEntry("currentStatus", "SHIPPED");
        }

        @Test
        void pathOfAFileIsItsNameNotTheRequests() {
            ProblemDetail problem = answer(ConflictException.file(dev.conflict.Conflict.FileReason.EXISTS, "a.txt"))
                    .problem();
            assertThat(problem.extensions()).containsEntry("path", "a.txt");
        }

        @Test
        void requestIsNamedByItsTrace() {
            ProblemDetail problem = translator
                    .translate(
                            ConflictException.locked(),
                            request(),
                            Occurrence.of("PUT", "/").withTraceId("4bf92f35"))
                    .map(Held::of)
                    .orElseThrow()
                    .problem();
            assertThat(problem.text("traceId")).contains("4bf92f35");
            assertThat(problem.toMap().keySet()).endsWith("path", "traceId", "timestamp");
        }

        @Test
        void timeIsThatOfTheClock() {
            assertThat(answer(ConflictException.locked()).problem().text("timestamp"))
                    .contains("2026-11-23T10:00:00Z");
        }

        @Test
        void severalAreListedWithFieldAndPointer() {
            ProblemDetail problem = answer(ConflictException.several(List.of(
                            ConflictException.integrity("address.zip/code~", "known")
                                    .detail("No such place."),
                            ConflictException.state("SHIPPED"),
                            ConflictException.undeclared(Undeclared.UNIQUE))))
                    .problem();
            assertThat(problem.status()).hasValue(409);
            assertThat(problem.extensions().get("errors"))
                    .isEqualTo(List.of(
                            Map.of(
                                    "code", "INTEGRITY_VIOLATION",
                                    "detail", "No such place.",
                                    "field", "address.zip/code~",
                                    "pointer", "#/address/zip~1code~0",
                                    "rule", "known",
                                    "suggestion", "Correct the field and send the request again."),
                            Map.of(
                                    "code", "SHIPPED",
                                    "detail", "The present state does not allow this action.",
                                    "suggestion", "Choose one of the allowed actions.")));
        }
    }

    @Nested
    class Hiding {
        private static final String SECRET = "s3cret";

        private static ConflictException.Uniqueness planted(Disclosure disclosure) {
            return ConflictException.unique(SECRET + "Field")
                    .code(SECRET + "Code")
                    .value(SECRET + "Value")
                    .alternatives(List.of(SECRET + "Alternative"))
                    .detail(SECRET + "Detail")
                    .suggest(SECRET + "Suggestion")
                    .link(SECRET + "Relation", URI.create("/" + SECRET))
                    .with(SECRET + "Extension", SECRET)
                    .with(Details.none().with(Member.RETRY_AFTER_MILLIS, 77_000).with(Member.CURRENT, SECRET))
                    .causedBy(new IllegalStateException(SECRET))
                    .disclose(disclosure);
        }

        @ParameterizedTest
        @CsvSource({
            "HIDDEN, ANONYMOUS, false",
            "HIDDEN, AUTHENTICATED, false",
            "AUTHENTICATED, ANONYMOUS, false",
            "AUTHENTICATED, AUTHENTICATED, true",
            "PUBLIC, ANONYMOUS, true",
            "PUBLIC, AUTHENTICATED, true"
        })
        void onlyWhoMayKnowIsTold(Disclosure disclosure, Caller caller, boolean told) {
            Answer answer = translate(planted(disclosure), caller).orElseThrow();
            assertThat(answer.status()).isEqualTo(409);
            if (told) {
                assertThat(answer.problem().extensions())
                        .containsEntry("code", "s3cretCode")
                        .containsEntry("conflictingField", "s3cretField")
                        .containsEntry("conflictingValue", "s3cretValue");
                assertThat(ownFields(answer)).isEqualTo(Map.of("Retry-After", "77"));
            } else {
                assertThat(answer.problem().toAsciiJson()).doesNotContain("s3cret", "uniqueness", "TAKEN");
                assertThat(answer.problem().toMap().keySet())
                        .containsExactlyElementsOf(answer(ConflictException.unspecified())
                                .problem()
                                .toMap()
                                .keySet());
                assertThat(ownFields(answer)).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"en", "de", "ja"})
        void bareAnswerReadsTheSameWhateverIsHidden(String language) {
            Map<String, Object> bare = told(ConflictException.unspecified(), language);
            for (ConflictException hidden : List.of(
                    planted(Disclosure.HIDDEN),
                    planted(Disclosure.AUTHENTICATED),
                    ConflictException.unique("email"),
                    ConflictException.unspecified().detail(SECRET).suggest(SECRET),
                    ConflictException.undeclared(Undeclared.UNIQUE),
                    ConflictException.undeclared(Undeclared.CHILD_EXISTS).with(SECRET, SECRET),
                    ConflictException.several(List.of(planted(Disclosure.HIDDEN), ConflictException.unspecified())))) {
                assertThat(told(hidden, language)).isEqualTo(bare);
            }
        }

        private Map<String, Object> told(ConflictException hidden, String language) {
            Occurrence occurrence = Occurrence.of("PUT", "/documents/1").withAcceptLanguage(language);
            return withoutMoment(translator
                    .translate(hidden, request(), occurrence)
                    .map(Held::of)
                    .orElseThrow());
        }

        @Test
        void hiddenConflictTellsItsListenersTheKindOnly() {
            answer(planted(Disclosure.HIDDEN));
            assertThat(events).hasSize(1);
            assertThat(((ConflictEvent.Refused) events.get(0)).kind()).isEqualTo(ConflictEvent.Kind.UNIQUENESS);
            assertThat(events.get(0).toString()).doesNotContain(SECRET);
        }

        @Test
        void hiddenPartsOfSeveralAreNotListed() {
            Answer answer = answer(ConflictException.several(
                    List.of(planted(Disclosure.HIDDEN), ConflictException.integrity("quantity", "positive"))));
            assertThat(answer.problem().toAsciiJson()).doesNotContain(SECRET);
        }

        /** A count, a type or a status that the hidden part changes tells that there is one. */
        @Test
        void answerIsTheSameAsIfTheHiddenPartWereNotThere() {
            ConflictException.Integrity told = ConflictException.integrity("quantity", "positive");
            assertThat(withoutMoment(answer(ConflictException.several(List.of(planted(Disclosure.HIDDEN), told)))))
                    .isEqualTo(withoutMoment(answer(told)));

            ConflictException.State other = ConflictException.state("SHIPPED");
            assertThat(withoutMoment(answer(ConflictException.several(
                            List.of(other, ConflictException.several(List.of(planted(Disclosure.HIDDEN), told)))))))
                    .isEqualTo(withoutMoment(answer(ConflictException.several(List.of(other, told)))));
        }

        private static Map<String, Object> withoutMoment(Answer answer) {
            Map<String, Object> members = new LinkedHashMap<>(answer.problem().toMap());
            members.remove("instance");
            return members;
        }

        @Test
        void severalThatAreAllHiddenAreOneBareAnswer() {
            Answer answer = answer(ConflictException.several(List.of(
                    planted(Disclosure.HIDDEN),
                    ConflictException.several(
                            List.of(planted(Disclosure.HIDDEN), planted(Disclosure.AUTHENTICATED))))));
            assertThat(answer.problem().toMap().keySet()).containsExactlyElementsOf(BARE);
            assertThat(answer.status()).isEqualTo(409);
        }
    }

    @Nested
    class NeutralAnswers {
        private final ConflictException.Uniqueness hidden =
                ConflictException.unique("email").value("ada@example.org").disclose(Disclosure.HIDDEN);
        private final ConflictException.Integrity told = ConflictException.integrity("quantity", "positive");
        private final NeutralReply reply = NeutralReply.of(202)
                .field("Location", "/registrations/1")
                .body("application/json", "{\"next\":\"caf\u00E9\"}");

        private Answer neutral(ConflictException thrown, Caller caller) {
            return builder()
                    .neutral((occurrence, taken) -> Optional.of(reply))
                    .build(getClass().getClassLoader())
                    .translate(
                            thrown, request(), Occurrence.of("POST", "/users").by(caller))
                    .map(Held::of)
                    .orElseThrow();
        }

        @Test
        void applicationAnswersForWhatNobodyMayKnow() {
            Answer answer = neutral(hidden, Caller.AUTHENTICATED);
            assertThat(answer.isNeutral()).isTrue();
            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.fields()).isEqualTo(Map.of("Location", "/registrations/1"));
            assertThat(answer.varies()).isEmpty();
            assertThat(answer.mediaType()).contains("application/json");
            assertThat(answer.text()).isEqualTo("{\"next\":\"caf\u00E9\"}");
            assertThat(answer.body()).isEqualTo(answer.text().getBytes(StandardCharsets.UTF_8));
            assertThat(((ConflictEvent.Refused) events.get(0)).status()).isEqualTo(202);
            assertThat(((ConflictEvent.Refused) events.get(0)).kind()).isEqualTo(ConflictEvent.Kind.UNIQUENESS);
        }

        @Test
        void applicationIsTheOneThatLearnsTheConflict() {
            List<Object> heard = new ArrayList<>();
            builder()
                    .neutral((occurrence, taken) -> {
                        heard.add(occurrence);
                        heard.add(taken);
                        return Optional.of(NeutralReply.of(201));
                    })
                    .build(getClass().getClassLoader())
                    .translate(hidden, request(), Occurrence.of("POST", "/users"));
            assertThat(heard).containsExactly(Occurrence.of("POST", "/users"), hidden);
        }

        @Test
        void replyWithoutABodyHasNoMediaType() {
            Answer answer = builder()
                    .neutral((occurrence, taken) -> Optional.of(NeutralReply.of(202)))
                    .build(getClass().getClassLoader())
                    .translate(hidden, request(), Occurrence.of("POST", "/users"))
                    .orElseThrow();
            assertThat(answer.mediaType()).isEmpty();
            assertThat(answer.body()).isEmpty();
            assertThat(answer.text()).isEmpty();
        }

        @Test
        void whoMayKnowIsTold() {
            ConflictException.Uniqueness known =
                    ConflictException.unique("email").disclose(Disclosure.AUTHENTICATED);
            assertThat(neutral(known, Caller.AUTHENTICATED).isNeutral()).isFalse();
            assertThat(neutral(known, Caller.ANONYMOUS).isNeutral()).isTrue();
        }

        @Test
        void conflictThatIsToldBesideIsAnswered() {
            assertThat(neutral(ConflictException.several(List.of(hidden, told)), Caller.ANONYMOUS)
                            .status())
                    .isEqualTo(422);
            assertThat(neutral(ConflictException.several(List.of(hidden, hidden)), Caller.ANONYMOUS)
                            .status())
                    .isEqualTo(202);
            assertThat(neutral(ConflictException.unspecified(), Caller.ANONYMOUS)
                            .status())
                    .isEqualTo(409);
        }

        @Test
        @SuppressWarnings("NullAway") // nobody checked the callback
        void applicationThatAnswersNothingLeavesTheBareAnswer() {
            ProblemTranslator.Builder empty = builder().neutral((occurrence, taken) -> Optional.empty());
            ProblemTranslator.Builder broken = builder().neutral((occurrence, taken) -> {
                throw new IllegalStateException("no mail");
            });
            ProblemTranslator.Builder none = builder().neutral((occurrence, taken) -> null);
            for (ProblemTranslator.Builder each : List.of(empty, broken, none)) {
                Answer answer = each.build(getClass().getClassLoader())
                        .translate(hidden, request(), Occurrence.of("POST", "/users"))
                        .map(Held::of)
                        .orElseThrow();
                assertThat(answer.status()).isEqualTo(409);
                assertThat(answer.isNeutral()).isFalse();
                assertThat(answer.text()).doesNotContain("email", "ada@");
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {199, 600})
        void replyHasAStatus(int status) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> NeutralReply.of(status))
                    .withMessageContaining("" + status);
        }
    }

    @Nested
    class Shapes {
        private static final String OLDER =
                "{\"timestamp\":\"2026-11-23T10:00:00Z\",\"status\":409,\"error\":\"Conflict\","
                        + "\"message\":\"It left.\",\"path\":\"/v1/orders/1\",\"details\":{\"code\":\"SHIPPED\","
                        + "\"currentStatus\":\"SHIPPED\",\"carrier\":\"DHL\","
                        + "\"suggestion\":\"Choose one of the allowed actions.\"}}";

        private Answer answer(ProblemTranslator.Builder builder, Occurrence occurrence) {
            return builder.build(getClass().getClassLoader())
                    .translate(
                            ConflictException.state("SHIPPED")
                                    .current("SHIPPED")
                                    .detail("It left.")
                                    .with("carrier", "DHL"),
                            request(),
                            occurrence)
                    .map(Held::of)
                    .orElseThrow();
        }

        @Test
        void standardShapeIsThatOfTheRfc() {
            Answer answer = answer(builder(), Occurrence.of("POST", "/v1/orders/1"));
            assertThat(answer.mediaType()).contains("application/problem+json");
            assertThat(answer.body()).isEqualTo(answer.problem().toJson());
            assertThat(answer.text()).isEqualTo(answer.problem().toAsciiJson());
            assertThat(answer.varies()).containsExactly("Accept-Language", "Accept");
            assertThat(answer.fields())
                    .containsOnly(
                            Map.entry("Cache-Control", "no-store"),
                            Map.entry("X-Content-Type-Options", "nosniff"),
                            Map.entry("Content-Language", "en"));
        }

        @Test
        void wholeApplicationMayKeepTheOlderShape() {
            Answer answer = answer(
                    builder().shape(any -> ProblemShape.OLDER),
                    Occurrence.of("POST", "/v1/orders/1").withAcceptLanguage("de"));
            assertThat(answer.mediaType()).contains("application/json");
            assertThat(answer.text())
                    .isEqualTo(OLDER.replace(
                            "Choose one of the allowed actions.",
                            "W\\u00e4hlen Sie eine der zul\\u00e4ssigen Aktionen."));
            assertThat(answer.varies()).containsExactly("Accept-Language");
        }

        @Test
        void shapeMayDependOnThePath() {
            ProblemTranslator.Builder byPath = builder()
                    .shape(occurrence ->
                            occurrence.path().startsWith("/v1/") ? ProblemShape.OLDER : ProblemShape.RFC_9457);
            assertThat(answer(byPath, Occurrence.of("POST", "/v1/orders/1")).body())
                    .isEqualTo(OLDER.getBytes(StandardCharsets.UTF_8));
            assertThat(answer(byPath, Occurrence.of("POST", "/v2/orders/1")).mediaType())
                    .contains("application/problem+json");
        }

        @ParameterizedTest(name = "RFC 9110 \u00A712.5.1: {0}")
        @CsvSource(
                delimiter = '|',
                nullValues = "-",
                value = {
                    "application/vnd.shop.v1+json | true",
                    "Application/Vnd.Shop.V1+Json;q=0.5 | true",
                    "text/html, application/vnd.shop.v1+json ; charset=utf-8; q=0.001 | true",
                    "application/vnd.shop.v1+json;q=0 | false",
                    "application/vnd.shop.v1+json;q=0.000 | false",
                    "application/vnd.shop.v1+json; Q=0. | false",
                    "application/vnd.shop.v1+json;q= | true",
                    "application/vnd.shop.v1+jsonx, application/* , */* | false",
                    ", , | false",
                    "'' | false",
                    "- | false"
                })
        void shapeMayDependOnWhatIsAccepted(String accept, boolean older) {
            ProblemTranslator.Builder byType = builder()
                    .shape(occurrence -> occurrence.accepts("application/vnd.shop.v1+json")
                            ? ProblemShape.OLDER
                            : ProblemShape.RFC_9457);
            Answer answer = answer(byType, Occurrence.of("POST", "/v1/orders/1").withAccept(accept));
            assertThat(answer.mediaType()).contains(older ? "application/json" : "application/problem+json");
            assertThat(answer.varies()).containsExactly("Accept-Language", "Accept");
        }

        @Test
        @SuppressWarnings("NullAway") // nobody checked the choice
        void brokenChoiceIsTheStandard() {
            ProblemTranslator.Builder broken = builder().shape(any -> {
                throw new IllegalStateException();
            });
            for (ProblemTranslator.Builder each : List.of(broken, builder().shape(any -> null))) {
                assertThat(answer(each, Occurrence.of("POST", "/")).mediaType()).contains("application/problem+json");
            }
        }

        @Test
        void problemOfNoTextIsToldByItsTitle() {
            ProblemDetail bare = ProblemDetail.builder(409).title("t").build();
            assertThat(new String(ProblemShape.OLDER.write(bare), StandardCharsets.UTF_8))
                    .isEqualTo("{\"status\":409,\"error\":\"Conflict\",\"message\":\"t\",\"details\":{}}");
        }
    }

    @Nested
    class RetryAfter {
        @ParameterizedTest(name = "{0} ms -> {1} s")
        @CsvSource({"0, 1", "1, 1", "999, 1", "1000, 1", "1001, 2", "1500, 2", "2000, 2", "3600000, 3600"})
        void waitIsRoundedUpToSecondsAndAtLeastOne(long millis, String seconds) {
            Answer answer = answer(ConflictException.concurrency(ConcurrencyReason.LOCK_TIMEOUT)
                    .retryAfter(Duration.ofMillis(millis)));
            assertThat(ownFields(answer)).isEqualTo(Map.of("Retry-After", seconds));
            assertThat(answer.problem().extensions()).containsEntry("retryAfterMillis", millis);
        }

        @Test
        void concurrencyAlwaysSaysWhen() {
            assertThat(ownFields(answer(ConflictException.concurrency(ConcurrencyReason.DEADLOCK))))
                    .isEqualTo(Map.of("Retry-After", "1"));
        }

        @Test
        void runningOperationSaysWhen() {
            assertThat(ownFields(answer(ConflictException.idempotency(IdempotencyReason.IN_PROGRESS)
                            .retryAfter(Duration.ofMillis(2500)))))
                    .isEqualTo(Map.of("Retry-After", "3"));
        }

        @Test
        void conflictThatNoWaitingHelpsSaysNothing() {
            assertThat(ownFields(answer(ConflictException.version()))).isEmpty();
            assertThat(ownFields(answer(ConflictException.unspecified()))).isEmpty();
        }
    }

    @Nested
    class Tag {
        private static final EntityTag NOW = EntityTag.strong("now");

        @Test
        void falsePreconditionComesWithThePresentTag() {
            assertThat(ownFields(answer(ConflictException.version().statedIn("If-Match", "\"old\"", NOW))))
                    .isEqualTo(Map.of("ETag", "\"now\""));
            assertThat(ownFields(answer(
                            ConflictException.precondition("If-None-Match").current(null, NOW))))
                    .isEqualTo(Map.of("ETag", "\"now\""));
        }

        @Test
        void tagThatNobodyKnowsOrTellsIsLeftOut() {
            assertThat(ownFields(answer(ConflictException.version().statedIn("If-Match", "\"old\"", null))))
                    .isEmpty();
            assertThat(ownFields(answer(ConflictException.precondition("If-Match"))))
                    .isEmpty();
        }

        /** There the tag could be taken for that of the problem. */
        @Test
        void otherStatusesHaveNone() {
            assertThat(ownFields(answer(
                            ConflictException.version().with(Details.none().with(Member.CURRENT_ETAG, NOW)))))
                    .isEmpty();
        }

        @Test
        void whatIsNoTagIsNoField() {
            assertThat(ownFields(answer(ConflictException.version()
                            .statedIn("If-Match", "\"old\"", null)
                            .with(Details.none().with(Member.CURRENT_ETAG, "\"a\"\r\nSet-Cookie: a=b")))))
                    .isEmpty();
        }
    }

    @Nested
    class Configuring {
        @ParameterizedTest
        @ValueSource(
                strings = {"https://api.example.org/problems/", "urn:problem-type:shop:", "https://example.org/types#"})
        void typesStandUnderTheirBase(String base) {
            ProblemTranslator configured =
                    builder().typeBase(base).build(getClass().getClassLoader());
            Occurrence occurrence = Occurrence.of("PUT", "/");
            assertThat(type(configured, ConflictException.locked(), occurrence)).isEqualTo(base + "locked");
            assertThat(type(configured, new VersionMissingException("rev"), occurrence))
                    .isEqualTo(base + "version-missing");
            assertThat(type(configured, ConflictException.unspecified(), occurrence))
                    .isEqualTo("about:blank");
        }

        private static String type(ProblemTranslator translator, Throwable thrown, Occurrence occurrence) {
            return translator
                    .translate(thrown, request(), occurrence)
                    .map(Held::of)
                    .orElseThrow()
                    .problem()
                    .type();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "/problems/", "problems/", "https://example.org/problems", "http://a b/", "urn:x"})
        void baseThatNamesNoTypesIsRefused(String base) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder().typeBase(base));
        }

        @Test
        @SuppressWarnings("NullAway") // nobody checked the caller
        void partsAreRequiredByName() {
            assertThatNullPointerException()
                    .isThrownBy(() -> builder().reader(null))
                    .withMessage("reader");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder().listener(null))
                    .withMessage("listener");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder().clock(null))
                    .withMessage("clock");
            assertThatNullPointerException()
                    .isThrownBy(() -> Occurrence.of(null, "/"))
                    .withMessage("method");
            assertThatNullPointerException()
                    .isThrownBy(() -> Occurrence.of("PUT", null))
                    .withMessage("path");
            assertThatNullPointerException()
                    .isThrownBy(() -> Occurrence.of("PUT", "/").by(null))
                    .withMessage("caller");
        }

        @Test
        void listenerOfTheEdgeReachesEveryListener() {
            translator.listener().on(new ConflictEvent.GuardedWrite("PUT"));
            assertThat(events).containsExactly(new ConflictEvent.GuardedWrite("PUT"));
        }
    }
}
