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
        return translator.translate(thrown, request(), new Occurrence("PUT", "/documents/1", caller));
    }

    private Answer answer(Throwable thrown) {
        return translate(thrown, Caller.ANONYMOUS).orElseThrow();
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
                                    new Occurrence("PUT", "/", Caller.ANONYMOUS))
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
            assertThat(answer.problem().toMap().keySet())
                    .containsExactly("type", "title", "status", "instance", "path", "timestamp");
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
                            new Occurrence("PUT", "/documents/1", Caller.ANONYMOUS))
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
            assertThat(problem.toMap().keySet())
                    .containsExactly("type", "title", "status", "instance", "path", "timestamp");
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
                                    "conflictingField", "address.zip/code~",
                                    "rule", "known"),
                            Map.of("code", "SHIPPED", "detail", "The present state does not allow this action.")));
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
                assertThat(answer.fields()).isEqualTo(Map.of("Retry-After", "77"));
            } else {
                assertThat(answer.problem().toAsciiJson()).doesNotContain("s3cret", "uniqueness", "TAKEN");
                assertThat(answer.problem().toMap().keySet())
                        .containsExactlyElementsOf(answer(ConflictException.unspecified())
                                .problem()
                                .toMap()
                                .keySet());
                assertThat(answer.fields()).isEmpty();
            }
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
            assertThat(answer.problem().toMap().keySet())
                    .containsExactly("type", "title", "status", "instance", "path", "timestamp");
            assertThat(answer.status()).isEqualTo(409);
        }
    }

    @Nested
    class RetryAfter {
        @ParameterizedTest(name = "{0} ms -> {1} s")
        @CsvSource({"0, 1", "1, 1", "999, 1", "1000, 1", "1001, 2", "1500, 2", "2000, 2", "3600000, 3600"})
        void waitIsRoundedUpToSecondsAndAtLeastOne(long millis, String seconds) {
            Answer answer = answer(ConflictException.concurrency(ConcurrencyReason.LOCK_TIMEOUT)
                    .retryAfter(Duration.ofMillis(millis)));
            assertThat(answer.fields()).isEqualTo(Map.of("Retry-After", seconds));
            assertThat(answer.problem().extensions()).containsEntry("retryAfterMillis", millis);
        }

        @Test
        void concurrencyAlwaysSaysWhen() {
            assertThat(answer(ConflictException.concurrency(ConcurrencyReason.DEADLOCK))
                            .fields())
                    .isEqualTo(Map.of("Retry-After", "1"));
        }

        @Test
        void runningOperationSaysWhen() {
            assertThat(answer(ConflictException.idempotency(IdempotencyReason.IN_PROGRESS)
                                    .retryAfter(Duration.ofMillis(2500)))
                            .fields())
                    .isEqualTo(Map.of("Retry-After", "3"));
        }

        @Test
        void conflictThatNoWaitingHelpsSaysNothing() {
            assertThat(answer(ConflictException.version()).fields()).isEmpty();
            assertThat(answer(ConflictException.unspecified()).fields()).isEmpty();
        }
    }

    @Nested
    class Tag {
        private static final EntityTag NOW = EntityTag.strong("now");

        @Test
        void falsePreconditionComesWithThePresentTag() {
            assertThat(answer(ConflictException.version().statedIn("If-Match", "\"old\"", NOW))
                            .fields())
                    .isEqualTo(Map.of("ETag", "\"now\""));
            assertThat(answer(ConflictException.precondition("If-None-Match").current(null, NOW))
                            .fields())
                    .isEqualTo(Map.of("ETag", "\"now\""));
        }

        @Test
        void tagThatNobodyKnowsOrTellsIsLeftOut() {
            assertThat(answer(ConflictException.version().statedIn("If-Match", "\"old\"", null))
                            .fields())
                    .isEmpty();
            assertThat(answer(ConflictException.precondition("If-Match")).fields())
                    .isEmpty();
        }

        /** There the tag could be taken for that of the problem. */
        @Test
        void otherStatusesHaveNone() {
            assertThat(answer(ConflictException.version().with(Details.none().with(Member.CURRENT_ETAG, NOW)))
                            .fields())
                    .isEmpty();
        }

        @Test
        void whatIsNoTagIsNoField() {
            assertThat(answer(ConflictException.version()
                                    .statedIn("If-Match", "\"old\"", null)
                                    .with(Details.none().with(Member.CURRENT_ETAG, "\"a\"\r\nSet-Cookie: a=b")))
                            .fields())
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
            Occurrence occurrence = new Occurrence("PUT", "/", Caller.ANONYMOUS);
            assertThat(type(configured, ConflictException.locked(), occurrence)).isEqualTo(base + "locked");
            assertThat(type(configured, new VersionMissingException("rev"), occurrence))
                    .isEqualTo(base + "version-missing");
            assertThat(type(configured, ConflictException.unspecified(), occurrence))
                    .isEqualTo("about:blank");
        }

        private static String type(ProblemTranslator translator, Throwable thrown, Occurrence occurrence) {
            return translator
                    .translate(thrown, request(), occurrence)
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
                    .isThrownBy(() -> new Occurrence(null, "/", Caller.ANONYMOUS))
                    .withMessage("method");
            assertThatNullPointerException()
                    .isThrownBy(() -> new Occurrence("PUT", null, Caller.ANONYMOUS))
                    .withMessage("path");
            assertThatNullPointerException()
                    .isThrownBy(() -> new Occurrence("PUT", "/", null))
                    .withMessage("caller");
            assertThatNullPointerException()
                    .isThrownBy(() -> new Answer(null, Map.of()))
                    .withMessage("problem");
        }

        @Test
        void listenerOfTheEdgeReachesEveryListener() {
            translator.listener().on(new ConflictEvent.GuardedWrite("PUT"));
            assertThat(events).containsExactly(new ConflictEvent.GuardedWrite("PUT"));
        }
    }
}
