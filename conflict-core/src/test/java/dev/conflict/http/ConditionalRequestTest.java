package dev.conflict.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.conflict.Conflict;
import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.ConflictException;
import dev.conflict.Details;
import dev.conflict.Details.Member;
import dev.conflict.Disclosure;
import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionalRequestTest {
    private static final Target DOCUMENT = new Target("Document", "1");
    private static final Target OTHER = new Target("Document", "2");
    private static final EntityTag OLD = EntityTag.strong("old");
    private static final EntityTag NOW = EntityTag.strong("now");

    private static Validators reread() {
        return Validators.of(NOW);
    }

    private static ConditionalRequest request(String method, Fields fields) {
        return ConditionalRequest.of(method, fields.lines(), Preconditions.required());
    }

    private static ConditionalRequest put(String... ifMatch) {
        return request("PUT", Fields.none().and("If-Match", ifMatch));
    }

    @Test
    void ledgerStartsWithTheRequest() {
        ConditionalRequest request = put("\"old\"");
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.isEvaluated()).isFalse();
        assertThat(request.responseTag()).isEmpty();
    }

    @Test
    void statedFieldIsIfMatchThenIfNoneMatch() {
        Fields both = Fields.none().and("If-Match", "*").and("If-None-Match", "*");
        assertThat(request("PUT", both).statedIn()).contains("If-Match");
        assertThat(request("PUT", Fields.none().and("If-None-Match", "*")).statedIn())
                .contains("If-None-Match");
        assertThat(request("PUT", Fields.none().and("If-Unmodified-Since", "now"))
                        .statedIn())
                .contains("If-Unmodified-Since");
        assertThat(request("PUT", Fields.none()).statedIn()).isEmpty();
        assertThat(ConditionalRequest.of("PUT", name -> null, Preconditions.optional())
                        .statedIn())
                .isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // nobody checked the caller
    void ledgerNeedsItsParts() {
        assertThatNullPointerException()
                .isThrownBy(() -> ConditionalRequest.of(null, name -> null, Preconditions.optional()))
                .withMessage("method");
        assertThatNullPointerException()
                .isThrownBy(() -> ConditionalRequest.of("PUT", null, Preconditions.optional()))
                .withMessage("fields");
        assertThatNullPointerException()
                .isThrownBy(() -> ConditionalRequest.of("PUT", name -> null, null))
                .withMessage("rules");
        assertThatNullPointerException()
                .isThrownBy(() -> put().respondWith(null))
                .withMessage("tag");
    }

    @Nested
    class Require {
        @Test
        void trueAndNotModifiedPreconditionsPass() {
            ConditionalRequest write = put("\"now\"");
            assertThatNoException().isThrownBy(() -> write.require(DOCUMENT, Validators.of(NOW)));
            assertThat(write.isEvaluated()).isTrue();

            ConditionalRequest read = request("GET", Fields.none().and("If-None-Match", "\"now\""));
            assertThatNoException().isThrownBy(() -> read.require(DOCUMENT, Validators.of(NOW)));
            assertThat(read.evaluate(Validators.of(NOW))).isInstanceOf(Verdict.NotModified.class);
        }

        @Test
        void staleTagIsAStatedVersionMismatch() {
            ConditionalRequest request = put("\"old\"", "W/\"older\"");
            ConflictException.VersionMismatch refused = catchThrowableOfType(
                    ConflictException.VersionMismatch.class, () -> request.require(DOCUMENT, Validators.of(NOW)));
            assertThat(refused.conflict()).isEqualTo(new Conflict.VersionMismatch(DOCUMENT, null, null, "If-Match"));
            assertThat(refused.details())
                    .isEqualTo(Details.none()
                            .with(Member.REQUESTED_ETAG, "\"old\", W/\"older\"")
                            .with(Member.CURRENT_ETAG, "\"now\""));
            assertThat(request.isEvaluated()).isTrue();
        }

        /** A proxy that compresses weakens tags; to be told to read again would send the client round in circles. */
        @Test
        void presentTagThatIsMarkedWeakIsRefusedForThatReason() {
            ConflictException.VersionMismatch refused = catchThrowableOfType(
                    ConflictException.VersionMismatch.class,
                    () -> put("\"old\", W/\"now\"").require(DOCUMENT, Validators.of(NOW)));
            assertThat(refused.details().text(Member.VARIANT)).contains("WEAK_TAG");
            assertThat(refused.details().text(Member.CURRENT_ETAG)).contains("\"now\"");
        }

        @Test
        void presentTagThatIsMarkedWeakAndWithheldIsNotPointedAt() {
            ConflictException.VersionMismatch refused = catchThrowableOfType(
                    ConflictException.VersionMismatch.class,
                    () -> put("W/\"now\"").withholdCurrent().require(DOCUMENT, Validators.of(NOW)));
            assertThat(refused.details().text(Member.VARIANT)).contains("WEAK_TAG_WITHHELD");
            assertThat(refused.details().text(Member.CURRENT_ETAG)).isEmpty();
        }

        @Test
        void weakPresentTagIsNothingToSend() {
            ConflictException.VersionMismatch refused = catchThrowableOfType(
                    ConflictException.VersionMismatch.class,
                    () -> put("W/\"now\"").require(DOCUMENT, Validators.of(EntityTag.weak("now"))));
            assertThat(refused.details().text(Member.VARIANT)).isEmpty();
        }

        @Test
        void staleTagOfNothingHasNoPresentOne() {
            ConflictException.VersionMismatch refused = catchThrowableOfType(
                    ConflictException.VersionMismatch.class,
                    () -> put("\"old\"").require(DOCUMENT, Validators.absent()));
            assertThat(refused.details()).isEqualTo(Details.none().with(Member.REQUESTED_ETAG, "\"old\""));
        }

        @ParameterizedTest
        @ValueSource(strings = {"*", " * "})
        void starOnNothingIsAFalsePrecondition(String star) {
            ConflictException.PreconditionFailed refused = catchThrowableOfType(
                    ConflictException.PreconditionFailed.class, () -> put(star).require(DOCUMENT, Validators.absent()));
            assertThat(refused.conflict()).isEqualTo(new Conflict.PreconditionFailed(DOCUMENT, "If-Match"));
            assertThat(refused.details()).isEqualTo(Details.none().with(Member.HEADER, "If-Match"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"*", "\"now\""})
        void ifNoneMatchOnSomethingIsAFalsePrecondition(String value) {
            ConditionalRequest request = request("PUT", Fields.none().and("If-None-Match", value));
            ConflictException.PreconditionFailed refused = catchThrowableOfType(
                    ConflictException.PreconditionFailed.class, () -> request.require(DOCUMENT, Validators.of(NOW)));
            assertThat(refused.conflict()).isEqualTo(new Conflict.PreconditionFailed(DOCUMENT, "If-None-Match"));
            assertThat(refused.details())
                    .isEqualTo(
                            Details.none().with(Member.HEADER, "If-None-Match").with(Member.CURRENT_ETAG, "\"now\""));
        }

        @Test
        void guardedWriteThatStatesNothingIsRefused() {
            ConflictException.PreconditionRequired refused = catchThrowableOfType(
                    ConflictException.PreconditionRequired.class,
                    () -> request("PUT", Fields.none()).require(DOCUMENT, Validators.of(NOW)));
            assertThat(refused.conflict()).isEqualTo(new Conflict.PreconditionRequired(List.of("If-Match")));
            assertThat(refused.details()).isEqualTo(Details.none().with(Member.ACCEPTED_HEADERS, List.of("If-Match")));
        }

        @Test
        void guardedWriteThatMayStateADateIsRefusedInOtherWords() {
            ConditionalRequest request = ConditionalRequest.of(
                    "PUT", name -> null, Preconditions.required().acceptingDates());
            Validators dated = Validators.of(NOW).lastModified(Instant.parse("2026-11-23T12:00:01Z"));
            List<String> accepted = List.of("If-Match", "If-Unmodified-Since");
            ConflictException.PreconditionRequired refused = catchThrowableOfType(
                    ConflictException.PreconditionRequired.class, () -> request.require(DOCUMENT, dated));
            assertThat(refused.conflict()).isEqualTo(new Conflict.PreconditionRequired(accepted));
            assertThat(refused.details())
                    .isEqualTo(Details.none()
                            .with(Member.ACCEPTED_HEADERS, accepted)
                            .with(Member.VARIANT, "DATE"));
        }

        @Test
        void writeThatStatesNothingPassesWhereThatIsOnlyReported() {
            AtomicInteger reports = new AtomicInteger();
            ConditionalRequest request = put();

            assertThat(request.reportRequired(reports::incrementAndGet)).isSameAs(request);
            request.require(DOCUMENT, Validators.of(NOW));

            assertThat(reports).hasValue(1);
        }

        @Test
        void fieldThatCannotBeReadIsNoConflict() {
            PreconditionFieldException malformed = catchThrowableOfType(
                    PreconditionFieldException.class, () -> put("old").require(DOCUMENT, Validators.of(NOW)));
            assertThat(malformed.verdict()).isInstanceOf(Verdict.Malformed.class);

            PreconditionFieldException large = catchThrowableOfType(
                    PreconditionFieldException.class,
                    () -> put(" ".repeat(9000)).require(DOCUMENT, Validators.of(NOW)));
            assertThat(large.verdict()).isEqualTo(new Verdict.TooLarge("If-Match", 8192, Verdict.Unit.CHARACTERS));
        }
    }

    @Nested
    class Attribute {
        static Stream<Arguments> racesOfTheArmed() {
            return Stream.of(
                    arguments("the armed one lost", ConflictException.version().target(DOCUMENT)),
                    arguments("nobody knows who lost", ConflictException.version()),
                    arguments("the armed one is gone", ConflictException.gone().target(DOCUMENT)));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("racesOfTheArmed")
        void raceOfTheArmedWasStated(String what, ConflictException lost) {
            ConditionalRequest request = put("\"old\"", "\"older\"");
            request.arm(DOCUMENT, ConditionalRequestTest::reread);
            ConflictException stated = request.attribute(lost);
            assertThat(stated.conflict()).isEqualTo(new Conflict.VersionMismatch(DOCUMENT, null, null, "If-Match"));
            assertThat(stated.details())
                    .isEqualTo(Details.none()
                            .with(Member.REQUESTED_ETAG, "\"old\", \"older\"")
                            .with(Member.CURRENT_ETAG, "\"now\""));
            assertThat(stated).hasCause(lost);
        }

        @Test
        void whatWasKnownOfTheRaceIsKeptButForTheVersions() {
            ConditionalRequest request = put("\"old\"");
            request.arm(DOCUMENT, ConditionalRequestTest::reread);
            ConflictException stated = request.attribute(ConflictException.version()
                    .versions(Revision.of(1), Revision.of(2))
                    .changed("Ada", null)
                    .with("own", 1));
            assertThat(stated.details())
                    .isEqualTo(Details.none()
                            .with(Member.REQUESTED_ETAG, "\"old\"")
                            .with(Member.CURRENT_ETAG, "\"now\"")
                            .with(Member.CHANGED_BY, "Ada")
                            .with("own", 1));
        }

        static Stream<Arguments> otherConflicts() {
            return Stream.of(
                    arguments("another row lost", ConflictException.version().target(OTHER)),
                    arguments("another row is gone", ConflictException.gone().target(OTHER)),
                    arguments("somebody is gone", ConflictException.gone()),
                    arguments(
                            "stated already",
                            ConflictException.version().target(DOCUMENT).statedIn("If-Match", null, null)),
                    arguments("a deadlock", ConflictException.concurrency(ConcurrencyReason.DEADLOCK)),
                    arguments("a state", ConflictException.state("SHIPPED")));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("otherConflicts")
        void otherConflictsStayWhatTheyAre(String what, ConflictException other) {
            ConditionalRequest request = put("\"old\"");
            request.arm(DOCUMENT, ConditionalRequestTest::reread);
            assertThat(request.attribute(other)).isSameAs(other);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"now\"", "\"old\", \"now\""})
        void raceThatNobodyKnowsWhoLostStaysAConflictWhileWhatWasStatedIsTrue(String stated) {
            ConditionalRequest request = put(stated);
            request.arm(DOCUMENT, ConditionalRequestTest::reread);
            ConflictException unknown = ConflictException.version();
            assertThat(request.attribute(unknown)).isSameAs(unknown);

            ConflictException known = ConflictException.version().target(DOCUMENT);
            ConflictException refused = request.attribute(known);
            assertThat(refused.conflict()).isEqualTo(new Conflict.VersionMismatch(DOCUMENT, null, null, "If-Match"));
            assertThat(refused.details().get(Member.CURRENT_ETAG)).isEmpty();
        }

        /** RFC 9110 §13.1.1: "*" states that the resource exists, not which version it has. */
        @Test
        void raceForAVersionLeavesTheStatedExistenceTrue() {
            ConditionalRequest request = put(" * ");
            request.arm(DOCUMENT, ConditionalRequestTest::reread);
            ConflictException lost = ConflictException.version().target(DOCUMENT);
            assertThat(request.attribute(lost)).isSameAs(lost);
        }

        @Test
        void deletionMakesTheStatedExistenceFalse() {
            ConditionalRequest request = put("*");
            request.arm(DOCUMENT, Validators::absent);
            ConflictException lost = ConflictException.version().target(DOCUMENT);
            ConflictException stated = request.attribute(lost);
            assertThat(stated.conflict()).isEqualTo(new Conflict.PreconditionFailed(DOCUMENT, "If-Match"));
            assertThat(stated.details()).isEqualTo(Details.none().with(Member.HEADER, "If-Match"));
            assertThat(stated).hasCause(lost);
        }

        @Test
        void raceOfARequestThatPromisedNothingIsAConflictOnly() {
            ConflictException lost = ConflictException.version().target(DOCUMENT);
            assertThat(put("\"old\"").attribute(lost)).isSameAs(lost);

            ConditionalRequest unstated = request("PUT", Fields.none().and("If-None-Match", "\"x\""));
            unstated.arm(DOCUMENT, ConditionalRequestTest::reread);
            assertThat(unstated.attribute(lost)).isSameAs(lost);
        }

        @Test
        void raceUnderAVersionInTheContentIsAttributedByWhoComparedIt() {
            ConflictException lost = ConflictException.version().target(DOCUMENT);
            ConflictException told = ConflictException.version().versions(Revision.of(1), Revision.of(2));
            ConditionalRequest request = request("PUT", Fields.none());
            request.arm(race -> race.equals(lost) ? told : race);
            ConflictException other = ConflictException.unique("email");

            assertThat(request.attribute(lost)).isSameAs(told);
            assertThat(request.attribute(other)).isSameAs(other);
            assertThat(((ConflictException.Several) request.attribute(ConflictException.several(List.of(lost, other))))
                            .parts())
                    .containsExactly(told, other);
        }

        @Test
        void attributionThatFailsOrThatAFieldOutranksIsNone() {
            ConflictException lost = ConflictException.version().target(DOCUMENT);
            ConditionalRequest failing = request("PUT", Fields.none());
            failing.arm(race -> {
                throw new IllegalStateException("no connection");
            });
            ConditionalRequest stated = put("\"old\"");
            stated.arm(race -> ConflictException.unique("email"));

            assertThat(failing.attribute(lost)).isSameAs(lost);
            assertThat(stated.attribute(lost)).isSameAs(lost);
        }

        static Stream<Supplier<Validators>> failingRereads() {
            return Stream.of(
                    Validators::absent,
                    ConditionalRequestTest::nothing,
                    () -> {
                        throw new IllegalStateException("no connection");
                    },
                    () -> {
                        throw new NoClassDefFoundError("gone");
                    });
        }

        @ParameterizedTest
        @MethodSource("failingRereads")
        void refusalStandsWithoutAPresentTag(Supplier<Validators> reread) {
            ConditionalRequest request = put("\"old\"");
            request.arm(DOCUMENT, reread);
            ConflictException stated = request.attribute(ConflictException.version());
            assertThat(stated.conflict()).isEqualTo(new Conflict.VersionMismatch(DOCUMENT, null, null, "If-Match"));
            assertThat(stated.details()).isEqualTo(Details.none().with(Member.REQUESTED_ETAG, "\"old\""));
        }

        @Test
        void presentTagIsReadAtMostOnceAndNotBeforeItIsNeeded() {
            AtomicInteger reads = new AtomicInteger();
            ConditionalRequest request = put("\"old\"");
            request.arm(DOCUMENT, () -> Validators.of(EntityTag.strong("read-" + reads.incrementAndGet())));
            request.attribute(ConflictException.state("SHIPPED"));
            assertThat(reads).hasValue(0);
            request.attribute(ConflictException.version());
            ConflictException again = request.attribute(ConflictException.version());
            assertThat(reads).hasValue(1);
            assertThat(again.details().get(Member.CURRENT_ETAG)).contains("\"read-1\"");
        }

        /** A database may refuse a write before it shows the version that won. */
        @Test
        void rowThatStillShowsTheLosersVersionIsLookedAtAgain() {
            AtomicInteger looks = new AtomicInteger();
            ConditionalRequest request = put("\"old\"");
            request.arm(DOCUMENT, () -> Validators.of(looks.incrementAndGet() < 3 ? OLD : NOW));
            ConflictException stated =
                    request.attribute(ConflictException.version().target(DOCUMENT));
            assertThat(stated.details().get(Member.CURRENT_ETAG)).contains("\"now\"");
            assertThat(looks).hasValue(3);
        }

        @Test
        void rowThatGoesOnShowingTheLosersVersionIsLookedAtFiveTimesOverSomeMilliseconds() {
            AtomicInteger looks = new AtomicInteger();
            ConditionalRequest request = put("\"old\"");
            request.arm(DOCUMENT, () -> {
                looks.incrementAndGet();
                return Validators.of(OLD);
            });
            long begin = System.nanoTime();
            ConflictException stated =
                    request.attribute(ConflictException.version().target(DOCUMENT));
            assertThat(System.nanoTime() - begin).isGreaterThan(2_000_000);
            assertThat(stated.details().get(Member.CURRENT_ETAG)).isEmpty();
            assertThat(looks).hasValue(5);
        }

        @Test
        void rowIsLookedAtOnceWhereNothingIsGainedByPatience() {
            AtomicInteger looks = new AtomicInteger();
            Supplier<Validators> old = () -> {
                looks.incrementAndGet();
                return Validators.of(OLD);
            };
            ConflictException known = ConflictException.version().target(DOCUMENT);

            ConditionalRequest unknownLoser = put("\"old\"");
            unknownLoser.arm(DOCUMENT, old);
            unknownLoser.attribute(ConflictException.version());
            assertThat(looks).hasValue(1);

            ConditionalRequest dated =
                    request("PUT", Fields.none().and("If-Unmodified-Since", "Mon, 23 Nov 2026 12:00:00 GMT"));
            dated.arm(DOCUMENT, old);
            dated.attribute(known);
            assertThat(looks).hasValue(2);

            ConditionalRequest gone = put("\"old\"");
            gone.arm(DOCUMENT, () -> {
                looks.incrementAndGet();
                return Validators.absent();
            });
            gone.attribute(known);
            assertThat(looks).hasValue(3);
        }

        /** What was true of an equivalent tag is still true of it, so it was another row that lost. */
        @Test
        void equivalentTagStaysTrueInARaceThatNobodyKnowsWhoLost() {
            ConditionalRequest request = put("\"now+xml\"");
            request.arm(DOCUMENT, () -> Validators.of(NOW).equivalents(NOW.variant("xml")));
            ConflictException unknown = ConflictException.version();
            assertThat(request.attribute(unknown)).isSameAs(unknown);
        }

        @Test
        void dateThatTurnedFalseWasStatedThoughNobodyKnowsWhoLost() {
            ConditionalRequest request =
                    request("PUT", Fields.none().and("If-Unmodified-Since", "Mon, 23 Nov 2026 12:00:00 GMT"));
            request.arm(DOCUMENT, () -> Validators.of(NOW).lastModified(Instant.parse("2026-11-23T12:00:01Z")));
            ConflictException stated = request.attribute(ConflictException.version());
            assertThat(stated.conflict())
                    .isEqualTo(new Conflict.VersionMismatch(DOCUMENT, null, null, "If-Unmodified-Since"));
        }

        @Test
        void partsOfSeveralAreAttributedOneByOne() {
            ConditionalRequest request = put("\"old\"");
            request.arm(DOCUMENT, ConditionalRequestTest::reread);
            ConflictException.State state = ConflictException.state("SHIPPED");
            ConflictException.Several lost = ConflictException.several(
                            List.of(state, ConflictException.version().target(DOCUMENT)))
                    .suggest("own");
            ConflictException.Several stated = (ConflictException.Several) request.attribute(lost);
            assertThat(stated.parts().get(0)).isSameAs(state);
            assertThat(stated.parts().get(1).conflict())
                    .isEqualTo(new Conflict.VersionMismatch(DOCUMENT, null, null, "If-Match"));
            assertThat(stated.details()).isEqualTo(lost.details());
            assertThat(stated).hasCause(lost);

            ConflictException.Several others = ConflictException.several(List.of(state, ConflictException.locked()));
            assertThat(request.attribute(others)).isSameAs(others);
        }

        @Test
        void raceIsAttributedToAStatedDateToo() {
            ConditionalRequest request =
                    request("PUT", Fields.none().and("If-Unmodified-Since", "Mon, 23 Nov 2026 12:00:00 GMT"));
            request.arm(DOCUMENT, ConditionalRequestTest::reread);
            ConflictException stated =
                    request.attribute(ConflictException.version().target(DOCUMENT));
            assertThat(stated.conflict())
                    .isEqualTo(new Conflict.VersionMismatch(DOCUMENT, null, null, "If-Unmodified-Since"));
            assertThat(stated.details())
                    .isEqualTo(Details.none().with(Member.VARIANT, "DATE").with(Member.CURRENT_ETAG, "\"now\""));

            ConflictException unknown = ConflictException.version();
            assertThat(request.attribute(unknown)).isSameAs(unknown);
        }

        static Stream<ConflictException> takenValues() {
            return Stream.of(
                    ConflictException.unique("email").disclose(Disclosure.PUBLIC),
                    ConflictException.exists("sku"),
                    ConflictException.undeclared(Conflict.Undeclared.UNIQUE));
        }

        /** RFC 9110 §13.1.2: "*" states that nothing is there, and somebody was faster. */
        @ParameterizedTest
        @MethodSource("takenValues")
        void lostCreationWasStatedIfTheResourceExistsNow(ConflictException taken) {
            ConditionalRequest request = request("PUT", Fields.none().and("If-None-Match", "*"));
            request.arm(DOCUMENT, ConditionalRequestTest::reread);
            ConflictException stated = request.attribute(taken);
            assertThat(stated.conflict()).isEqualTo(new Conflict.PreconditionFailed(DOCUMENT, "If-None-Match"));
            assertThat(stated.details())
                    .isEqualTo(
                            Details.none().with(Member.HEADER, "If-None-Match").with(Member.CURRENT_ETAG, "\"now\""));
            assertThat(stated).hasCause(taken);
        }

        @ParameterizedTest
        @MethodSource("takenValues")
        void anotherTakenValueStaysAConflict(ConflictException taken) {
            ConditionalRequest request = request("PUT", Fields.none().and("If-None-Match", "*"));
            request.arm(DOCUMENT, Validators::absent);
            assertThat(request.attribute(taken)).isSameAs(taken);
        }

        @Test
        void takenValueIsNotWhatIfMatchStated() {
            ConditionalRequest request = put("\"old\"");
            request.arm(DOCUMENT, ConditionalRequestTest::reread);
            ConflictException taken = ConflictException.unique("email");
            assertThat(request.attribute(taken)).isSameAs(taken);
        }

        @Test
        void existingChildIsNoLostCreation() {
            ConditionalRequest request = request("PUT", Fields.none().and("If-None-Match", "*"));
            request.arm(DOCUMENT, ConditionalRequestTest::reread);
            ConflictException child = ConflictException.undeclared(Conflict.Undeclared.CHILD_EXISTS);
            assertThat(request.attribute(child)).isSameAs(child);
        }

        @Test
        void presentTagIsWithheldFromWhoMayNotRead() {
            ConditionalRequest request = put("\"old\"").withholdCurrent();
            request.arm(DOCUMENT, ConditionalRequestTest::reread);
            ConflictException stated =
                    request.attribute(ConflictException.version().target(DOCUMENT));
            assertThat(stated.details()).isEqualTo(Details.none().with(Member.REQUESTED_ETAG, "\"old\""));
        }

        @Test
        void whoComparesAVersionHimselfLearnsThatItIsWithheld() {
            assertThat(put().isWithholdingCurrent()).isFalse();
            assertThat(put().withholdCurrent().isWithholdingCurrent()).isTrue();
        }

        @Test
        void explanationIsAskedOnceTheValidatorsWereReadAnew() {
            ConditionalRequest request = put("\"old\"");
            List<String> order = new ArrayList<>();
            request.explain(() -> {
                order.add("explain");
                return Details.none().with(Member.CURRENT, "shown");
            });
            request.arm(DOCUMENT, () -> {
                order.add("read");
                return reread();
            });
            ConflictException stated =
                    request.attribute(ConflictException.version().target(DOCUMENT));
            assertThat(stated.details().text(Member.CURRENT)).contains("shown");
            assertThat(stated.details().text(Member.CURRENT_ETAG)).contains("\"now\"");
            assertThat(order).containsExactly("read", "explain");
        }

        /** What still looks like the stated version may be the loser's own; a date is true of another change in its second. */
        @Test
        void stateThatMayBeTheLosersIsNotShown() {
            ConflictException lost = ConflictException.version().target(DOCUMENT);
            ConditionalRequest tagged =
                    put("\"old\"").explain(() -> Details.none().with(Member.CURRENT, "shown"));
            tagged.arm(DOCUMENT, () -> Validators.of(EntityTag.strong("old")));
            assertThat(tagged.attribute(lost).details())
                    .isEqualTo(Details.none().with(Member.REQUESTED_ETAG, "\"old\""));

            ConditionalRequest dated = request(
                            "PUT", Fields.none().and("If-Unmodified-Since", "Mon, 23 Nov 2026 12:00:00 GMT"))
                    .explain(() -> Details.none().with(Member.CURRENT, "shown"));
            dated.arm(DOCUMENT, () -> Validators.of(NOW).lastModified(Instant.parse("2026-11-23T12:00:00Z")));
            assertThat(dated.attribute(lost).details().text(Member.CURRENT)).contains("shown");
        }

        @Test
        void explanationIsNotAskedForAnotherResourcesRace() {
            ConditionalRequest request =
                    put("\"old\"").explain(() -> Details.none().with(Member.CURRENT, "shown"));
            request.arm(DOCUMENT, ConditionalRequestTest::reread);
            ConflictException lost = ConflictException.version().target(OTHER);
            assertThat(request.attribute(lost)).isSameAs(lost);
        }

        @Test
        void explanationThatFailsIsLeftOut() {
            ConditionalRequest request = put("\"old\"").explain(() -> {
                throw new IllegalStateException("no connection");
            });
            request.arm(DOCUMENT, ConditionalRequestTest::reread);
            ConflictException stated =
                    request.attribute(ConflictException.version().target(DOCUMENT));
            assertThat(stated.details().text(Member.CURRENT_ETAG)).contains("\"now\"");
        }

        @Test
        void whoMayNotReadIsExplainedNothing() {
            ConditionalRequest request = put("\"old\"")
                    .withholdCurrent()
                    .explain(() -> Details.none().with(Member.CURRENT, "shown"));
            ConflictException.VersionMismatch refused = catchThrowableOfType(
                    ConflictException.VersionMismatch.class, () -> request.require(DOCUMENT, Validators.of(NOW)));
            assertThat(refused.details()).isEqualTo(Details.none().with(Member.REQUESTED_ETAG, "\"old\""));
        }

        @Test
        void refusalBeforeTheWriteIsExplainedAndAFalseStarIsNot() {
            ConditionalRequest request =
                    put("\"old\"").explain(() -> Details.none().with(Member.CURRENT, "shown"));
            ConflictException.VersionMismatch refused = catchThrowableOfType(
                    ConflictException.VersionMismatch.class, () -> request.require(DOCUMENT, Validators.of(NOW)));
            assertThat(refused.details().text(Member.CURRENT)).contains("shown");

            ConditionalRequest star = put("*").explain(() -> Details.none().with(Member.CURRENT, "shown"));
            ConflictException.PreconditionFailed absent = catchThrowableOfType(
                    ConflictException.PreconditionFailed.class, () -> star.require(DOCUMENT, Validators.absent()));
            assertThat(absent.details().text(Member.CURRENT)).isEmpty();
        }

        @Test
        void lastArmedResourceCounts() {
            ConditionalRequest request = put("\"old\"");
            request.arm(OTHER, ConditionalRequestTest::reread);
            request.arm(DOCUMENT, ConditionalRequestTest::reread);
            ConflictException lost = ConflictException.version().target(OTHER);
            assertThat(request.attribute(lost)).isSameAs(lost);
        }
    }

    @Nested
    class Applied {
        private final Validators now = Validators.of(NOW);

        @ParameterizedTest
        @ValueSource(strings = {"PUT", "PATCH", "DELETE", "POST", "MERGE"})
        void lostWriteThatAppearsAppliedIsASuccess(String method) {
            ConditionalRequest request = request(method, Fields.none().and("If-Match", "\"old\""));
            assertThat(request.requireOrApplied(DOCUMENT, now, () -> true)).isFalse();
            assertThat(request.isEvaluated()).isTrue();
        }

        @Test
        void dateMayBeFalseAsWell() {
            ConditionalRequest request =
                    request("PUT", Fields.none().and("If-Unmodified-Since", "Mon, 23 Nov 2026 12:00:00 GMT"));
            Validators later = now.lastModified(Instant.parse("2026-11-23T12:00:01Z"));
            assertThat(request.requireOrApplied(DOCUMENT, later, () -> true)).isFalse();
        }

        @Test
        void lostWriteThatDoesNotAppearAppliedIsRefused() {
            assertThatExceptionOfType(ConflictException.VersionMismatch.class)
                    .isThrownBy(() -> put("\"old\"").requireOrApplied(DOCUMENT, now, () -> false));
        }

        @Test
        void truePreconditionsAskNobody() {
            assertThat(put("\"now\"").requireOrApplied(DOCUMENT, now, ConditionalRequestTest::nobodyAsks))
                    .isTrue();
        }

        static Stream<Arguments> neverApplied() {
            return Stream.of(
                    arguments("GET", "If-Match", "\"old\"", Validators.of(NOW)),
                    arguments("HEAD", "If-Match", "\"old\"", Validators.of(NOW)),
                    arguments("PUT", "If-None-Match", "*", Validators.of(NOW)),
                    arguments("PUT", "If-Match", "\"old\"", Validators.absent()),
                    arguments("PUT", "If-Match", "old", Validators.of(NOW)),
                    arguments("PUT", "Accept", "*/*", Validators.of(NOW)));
        }

        @ParameterizedTest(name = "{0} {1}: {2}")
        @MethodSource("neverApplied")
        void whatIsNoLostWriteAsksNobody(String method, String header, String value, Validators current) {
            assertThatException()
                    .isThrownBy(() -> request(method, Fields.none().and(header, value))
                            .requireOrApplied(DOCUMENT, current, ConditionalRequestTest::nobodyAsks));
        }
    }

    @Test
    void requestIsGuardedOnlyByWhatWasFoundTrue() {
        ConditionalRequest request = put("\"old\"");
        assertThat(request.isGuarded()).isFalse();
        request.evaluate(Validators.of(NOW));
        assertThat(request.isEvaluated()).isTrue();
        assertThat(request.isGuarded()).isFalse();
        request.evaluate(Validators.of(OLD));
        assertThat(request.isGuarded()).isTrue();
        assertThat(request.selected())
                .hasValueSatisfying(selected -> assertThat(selected.tag()).isEqualTo(OLD));

        ConditionalRequest malformed = put("old");
        malformed.evaluate(Validators.of(OLD));
        assertThat(malformed.isGuarded()).isFalse();

        ConditionalRequest applied = put("\"old\"");
        applied.requireOrApplied(DOCUMENT, Validators.of(NOW), () -> true);
        assertThat(applied.isGuarded()).isTrue();
        assertThat(applied.selected()).isPresent();
        assertThat(put().selected()).isEmpty();
    }

    @Test
    void readerOfAPartOfAnotherRepresentationGetsAllOfThisOne() {
        Fields range = Fields.none().and("Range", "bytes=0-1").and("If-Range", "\"old\"");
        ConditionalRequest request = request("GET", range);
        assertThat(request.ignoresRange()).isFalse();
        request.require(DOCUMENT, Validators.of(NOW));
        assertThat(request.ignoresRange()).isTrue();
        assertThat(request.isGuarded()).isTrue();
        request.require(DOCUMENT, Validators.of(OLD));
        assertThat(request.ignoresRange()).isFalse();
    }

    @Test
    void readerWhoHasTheRepresentationIsTold() {
        ConditionalRequest request = request("GET", Fields.none().and("If-None-Match", "\"now\""));
        assertThat(request.isNotModified()).isFalse();
        request.require(DOCUMENT, Validators.of(NOW));
        assertThat(request.isNotModified()).isTrue();
        request.require(DOCUMENT, Validators.of(OLD));
        assertThat(request.isNotModified()).isFalse();
    }

    @Test
    @SuppressWarnings("NullAway") // nobody checked the caller
    void rulesMayChangeForOneRequest() {
        ConditionalRequest request = request("PUT", Fields.none());
        request.under(Preconditions.optional()).require(DOCUMENT, Validators.of(NOW));
        assertThatNullPointerException().isThrownBy(() -> request.under(null));
    }

    @Test
    void staleDateIsAVersionThatNoTagStated() {
        ConditionalRequest request =
                request("PUT", Fields.none().and("If-Unmodified-Since", "Mon, 23 Nov 2026 12:00:00 GMT"));
        Validators later = Validators.of(NOW).lastModified(Instant.parse("2026-11-23T12:00:01Z"));
        ConflictException refused =
                catchThrowableOfType(ConflictException.class, () -> request.require(DOCUMENT, later));
        assertThat(refused.conflict())
                .isEqualTo(new Conflict.VersionMismatch(DOCUMENT, null, null, "If-Unmodified-Since"));
        assertThat(refused.details())
                .isEqualTo(Details.none().with(Member.VARIANT, "DATE").with(Member.CURRENT_ETAG, "\"now\""));
    }

    private static boolean nobodyAsks() {
        throw new AssertionError("asked");
    }

    @SuppressWarnings("NullAway") // nobody checked the application
    private static Validators nothing() {
        return null;
    }

    @SuppressWarnings("NullAway") // nobody checked the application
    private static Optional<EntityTag> noTag() {
        return null;
    }

    @Nested
    class ResponseTag {
        static Stream<Supplier<Optional<EntityTag>>> failingTags() {
            return Stream.of(
                    Optional::empty,
                    ConditionalRequestTest::noTag,
                    () -> {
                        throw new IllegalStateException("no connection");
                    },
                    () -> {
                        throw new NoClassDefFoundError("gone");
                    });
        }

        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD", "POST", "PATCH", "DELETE"})
        void offeredTagIsSent(String method) {
            ConditionalRequest request = request(method, Fields.none());
            request.respondWith(() -> Optional.of(NOW));
            assertThat(request.responseTag()).contains(NOW);
        }

        @Test
        void putCarriesATagOnlyIfItWasStoredAsSent() { // RFC 9110 §9.3.4
            ConditionalRequest request = request("PUT", Fields.none());
            request.respondWith(() -> Optional.of(NOW));
            assertThat(request.responseTag()).isEmpty();
            request.storedAsSent();
            assertThat(request.responseTag()).contains(NOW);
        }

        @Test
        void tagIsAskedForWhenTheAnswerIsSentAndTheLastOfferCounts() {
            ConditionalRequest request = request("PATCH", Fields.none());
            request.respondWith(() -> Optional.of(OLD));
            EntityTag[] afterFlush = {OLD};
            request.respondWith(() -> Optional.of(afterFlush[0]));
            afterFlush[0] = NOW;
            assertThat(request.responseTag()).contains(NOW);
        }

        @ParameterizedTest
        @MethodSource("failingTags")
        void successIsSentWithoutATagThatCannotBeRead(Supplier<Optional<EntityTag>> tag) {
            ConditionalRequest request = request("PATCH", Fields.none());
            request.respondWith(tag);
            assertThat(request.responseTag()).isEmpty();
        }
    }
}
