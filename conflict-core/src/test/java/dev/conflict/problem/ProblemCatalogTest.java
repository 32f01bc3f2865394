package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.ProblemCatalog.Entry;
import dev.conflict.problem.ProblemTable.Row;
import dev.conflict.problem.Vocabulary.Types;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemCatalogTest {
    private static final ProblemType OUT_OF_CREDIT = new ProblemType("out-of-credit", 402)
            .withCodes("OUT_OF_CREDIT")
            .withMembers("balance", "costs")
            .withHelp(URI.create("https://example.org/help/credit"));

    private record OutOfCredit(String code) implements Conflict.Custom {}

    private static ProblemTranslator.Builder builder() {
        return ProblemTranslator.builder().messages("dev.conflict.problem.shop", Locale.ENGLISH);
    }

    private static ProblemTranslator build(ProblemTranslator.Builder builder) {
        return builder.build(ProblemCatalogTest.class.getClassLoader());
    }

    private static ProblemDetail answer(ProblemTranslator.Builder builder, RuntimeException thrown) {
        return answer(build(builder), thrown);
    }

    private static ProblemDetail answer(ProblemTranslator translator, RuntimeException thrown) {
        return translator
                .translate(
                        thrown,
                        ConditionalRequest.of("PUT", name -> null, Preconditions.optional()),
                        Occurrence.of("PUT", "/"))
                .map(Held::of)
                .orElseThrow()
                .problem();
    }

    @Nested
    class Entries {
        private final ProblemCatalog catalog = build(
                        builder().type(OUT_OF_CREDIT).typeBase("https://example.org/problems/"))
                .catalog();

        static Stream<String> golden() throws IOException {
            try (InputStream in = ProblemCatalogTest.class.getResourceAsStream("vocabulary.golden")) {
                return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.startsWith("#") && !line.contains("about:blank"));
            }
        }

        @ParameterizedTest
        @MethodSource("golden")
        void everyAnswerStandsInTheCatalogue(String row) {
            String[] columns = row.split(" [|] ", -1);
            Entry entry = catalog.find(columns[3].replace("urn:problem-type:conflict:", ""))
                    .orElseThrow();
            assertThat(entry.status()).isEqualTo(Integer.parseInt(columns[2]));
            assertThat(entry.codes().isEmpty() || entry.codes().contains(columns[4]))
                    .as(columns[4])
                    .isTrue();
            List<String> everywhere = List.of(
                    "type",
                    "title",
                    "status",
                    "detail",
                    "instance",
                    "code",
                    "suggestion",
                    "path",
                    "timestamp",
                    "retryable");
            assertThat(Arrays.stream(columns[5].split(" ", -1)).filter(member -> !everywhere.contains(member)))
                    .isSubsetOf(entry.members());
        }

        @Test
        void everyTypeOfTheVocabularyStandsInItOnce() throws IllegalAccessException {
            List<String> names = catalog.entries().stream().map(Entry::name).toList();
            assertThat(names).doesNotHaveDuplicates().endsWith("out-of-credit");
            for (java.lang.reflect.Field field : Types.class.getFields()) {
                String name = String.valueOf(field.get(null));
                assertThat(names.contains(name)).as(name).isEqualTo(!name.contains(":"));
            }
        }

        @Test
        void entrySaysAllThatIsKnownOfAType() {
            Entry entry =
                    catalog.find("https://example.org/problems/out-of-credit").orElseThrow();
            assertThat(entry).hasToString("https://example.org/problems/out-of-credit");
            assertThat(entry.uri()).isEqualTo("https://example.org/problems/out-of-credit");
            assertThat(entry.status()).isEqualTo(402);
            assertThat(entry.codes()).containsExactly("OUT_OF_CREDIT");
            assertThat(entry.members()).containsExactly("balance", "costs");
            assertThat(entry.help()).contains(URI.create("https://example.org/help/credit"));
            assertThat(entry.title(Locale.GERMAN)).isEqualTo("Not enough credit");
            assertThat(entry.suggestion(Locale.ENGLISH)).contains("Top it up.");
        }

        @Test
        void oursAreToldInEveryLanguage() {
            Entry entry = catalog.find("locked").orElseThrow();
            assertThat(entry.title(Locale.GERMANY)).isEqualTo("Die Ressource ist gesperrt");
            assertThat(entry.title(Locale.JAPANESE)).isEqualTo("The resource is locked");
            assertThat(entry.suggestion(Locale.GERMAN)).contains("Versuchen Sie es noch einmal, wenn sie frei ist.");
            assertThat(entry.help()).isEmpty();
            assertThat(catalog.languages()).containsExactly(Locale.ENGLISH, Locale.GERMAN);
        }

        @Test
        void unknownTypeIsNotFound() {
            assertThat(catalog.find("about:blank")).isEmpty();
            assertThat(catalog.find("https://example.org/problems/")).isEmpty();
            assertThat(catalog.find("nothing")).isEmpty();
        }

        @Test
        void statusIsThatOfTheTableInForce() {
            ProblemCatalog changed = build(builder()
                            .table(ProblemTable.standard()
                                    .withStatus(Types.INTEGRITY, 400)
                                    .withStatus(Types.VERSION_MISSING, 422)))
                    .catalog();
            assertThat(changed.find("integrity").orElseThrow().status()).isEqualTo(400);
            assertThat(changed.find("version-missing").orElseThrow().status()).isEqualTo(422);
            assertThat(changed.find("locked").orElseThrow().status()).isEqualTo(423);
        }
    }

    @Nested
    class OwnTypes {
        @Test
        void problemOfAnOwnTypeIsCompleted() {
            ProblemDetail problem = answer(
                    builder().type(OUT_OF_CREDIT).typeBase("https://example.org/problems/"),
                    new ProblemException(ProblemDetail.builder(OUT_OF_CREDIT)
                            .extension("balance", 30)
                            .build()));
            assertThat(problem.type()).isEqualTo("https://example.org/problems/out-of-credit");
            assertThat(problem.status()).hasValue(402);
            assertThat(problem.title()).contains("Not enough credit");
            assertThat(problem.detail()).contains("Your balance is 30.");
            assertThat(problem.code()).contains("OUT_OF_CREDIT");
            assertThat(problem.text("suggestion")).contains("Top it up.");
            assertThat(problem.extensions())
                    .containsEntry("links", Map.of("help", "https://example.org/help/credit"))
                    .containsEntry("balance", 30);
            assertThat(problem.toMap().keySet())
                    .containsExactly(
                            "type",
                            "title",
                            "status",
                            "detail",
                            "instance",
                            "code",
                            "balance",
                            "suggestion",
                            "links",
                            "path",
                            "timestamp");
        }

        @Test
        void whatTheProblemSaysItselfStands() {
            ProblemDetail problem = answer(
                    builder().type(OUT_OF_CREDIT),
                    new ProblemException(ProblemDetail.builder(OUT_OF_CREDIT)
                            .title("t")
                            .detail("d")
                            .instance(URI.create("urn:x:1"))
                            .extension("suggestion", "s")
                            .extension("code", "OTHER")
                            .extension("links", Map.of("help", "/mine", "top-up", "/credit"))
                            .build()));
            assertThat(problem.title()).contains("t");
            assertThat(problem.detail()).contains("d");
            assertThat(problem.instance()).contains("urn:x:1");
            assertThat(problem.extensions())
                    .containsEntry("suggestion", "s")
                    .containsEntry("code", "OTHER")
                    .containsEntry("links", Map.of("help", "/mine", "top-up", "/credit"));
        }

        @Test
        void ownConflictGetsTheTypeThatHasItsCode() {
            ProblemDetail problem = answer(
                    builder().type(OUT_OF_CREDIT),
                    ConflictException.custom(new OutOfCredit("OUT_OF_CREDIT")).with("balance", 30));
            assertThat(problem.type()).isEqualTo("urn:problem-type:conflict:out-of-credit");
            assertThat(problem.status()).hasValue(402);
            assertThat(problem.extensions()).containsEntry("links", Map.of("help", "https://example.org/help/credit"));
            ProblemDetail other =
                    answer(builder().type(OUT_OF_CREDIT), ConflictException.custom(new OutOfCredit("OTHER")));
            assertThat(other.type()).isEqualTo("about:blank");
            assertThat(other.status()).hasValue(409);
        }

        @Test
        void unregisteredNameIsStillUnderTheBase() {
            ProblemDetail problem = answer(
                    builder().typeBase("https://example.org/problems/"),
                    new ProblemException(ProblemDetail.builder(new ProblemType("brand-new", 418))
                            .build()));
            assertThat(problem.type()).isEqualTo("https://example.org/problems/brand-new");
            assertThat(problem.status()).hasValue(418);
            assertThat(problem.title()).isEmpty();
        }

        @Test
        void typeOfSomebodyElseIsLeftAlone() {
            ProblemDetail own = ProblemDetail.builder(409)
                    .type(URI.create("https://iana.org/assignments/http-problem-types#quota-exceeded"))
                    .build();
            Answer answer = build(builder())
                    .translate(
                            new ProblemException(own),
                            ConditionalRequest.of("PUT", name -> null, Preconditions.optional()),
                            Occurrence.of("PUT", "/"))
                    .map(Held::of)
                    .orElseThrow();
            assertThat(answer.problem().type()).isEqualTo(own.type());
            assertThat(answer.problem().title()).isEmpty();
            assertThat(answer.fields()).doesNotContainKey("Content-Language");
            assertThat(answer.varies()).containsExactly("Accept");
        }

        @Test
        void typeMayBeNamedByItsWholeUri() {
            ProblemDetail locked = ProblemDetail.builder(423)
                    .type(URI.create("urn:problem-type:conflict:locked"))
                    .build();
            assertThat(answer(builder(), new ProblemException(locked)).title()).contains("The resource is locked");
        }

        @Test
        void problemThatSaysWhenToComeAgainSaysItInTheField() {
            Answer answer = build(builder())
                    .translate(
                            new ProblemException(ProblemDetail.builder(503)
                                    .extension("retryAfterMillis", 1500)
                                    .build()),
                            ConditionalRequest.of("PUT", name -> null, Preconditions.optional()),
                            Occurrence.of("PUT", "/"))
                    .map(Held::of)
                    .orElseThrow();
            assertThat(answer.fields()).containsEntry("Retry-After", "2");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "a/b", "urn:x", "1a", "-a", "a#b", "ä", "a?b", "a%20"})
        void nameThatIsNoneIsRefused(String name) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ProblemType(name, 409))
                    .withMessageContaining("\"" + name + "\"");
        }

        @Test
        @SuppressWarnings("NullAway") // nobody checked the caller
        void partsAreRequiredByName() {
            assertThatNullPointerException()
                    .isThrownBy(() -> OUT_OF_CREDIT.withHelp(null))
                    .withMessage("page");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder().type(null))
                    .withMessage("type");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder().table(null))
                    .withMessage("table");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder().shape(null))
                    .withMessage("choice");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder().neutral(null))
                    .withMessage("reply");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder().defaultLanguage(null))
                    .withMessage("language");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder().messages(null, Locale.ENGLISH))
                    .withMessage("baseName");
            assertThatNullPointerException()
                    .isThrownBy(() -> builder().messages("a", null))
                    .withMessage("first");
        }
    }

    @Nested
    class Tables {
        @ParameterizedTest
        @CsvSource({
            "version-mismatch, 412",
            "precondition-failed, 409",
            "integrity, 409",
            "integrity, 400",
            "gone-meanwhile, 409",
            "gone-meanwhile, 410",
            "concurrency, 503",
            "validation, 400"
        })
        void oneStatusIsChangedInOneLine(String type, int status) {
            ProblemCatalog catalog = build(
                            builder().table(ProblemTable.standard().withStatus(type, status)))
                    .catalog();
            ProblemCatalog standard = build(builder()).catalog();
            for (Entry entry : catalog.entries()) {
                int expected = entry.name().equals(type)
                        ? status
                        : standard.find(entry.name()).orElseThrow().status();
                assertThat(entry.status()).as(entry.name()).isEqualTo(expected);
            }
        }

        @Test
        void answersHaveTheStatusOfTheTable() {
            ProblemTranslator.Builder builder = builder()
                    .table(ProblemTable.standard()
                            .withStatus(Types.PRECONDITION_FAILED, 409)
                            .withStatus(Types.INTEGRITY, 400));
            assertThat(answer(builder, ConflictException.version().statedIn("If-Match", null, null))
                            .status())
                    .hasValue(409);
            ConflictException integrity = ConflictException.integrity("a", "b");
            assertThat(answer(
                                    builder,
                                    ConflictException.several(
                                            List.of(integrity, ConflictException.integrity("c", "d"))))
                            .status())
                    .hasValue(400);
            assertThat(answer(builder, ConflictException.several(List.of(integrity, ConflictException.gone())))
                            .status())
                    .hasValue(400);
            assertThat(answer(
                                    builder,
                                    ConflictException.several(
                                            List.of(integrity, ConflictException.precondition("If-Match"))))
                            .status())
                    .hasValue(409);
        }

        private static ProblemTable changed(Class<? extends Conflict> kind, Row row) {
            return conflict ->
                    kind.isInstance(conflict) ? row : ProblemTable.standard().row(conflict);
        }

        @Test
        void ownTableMayGiveOwnTypes() {
            ProblemTable table = changed(Conflict.Locked.class, Row.of("out-of-credit", 402, "X"));
            ProblemDetail problem = answer(builder().type(OUT_OF_CREDIT).table(table), ConflictException.locked());
            assertThat(problem.status()).hasValue(402);
            assertThat(problem.code()).contains("X");
            assertThat(problem.title()).contains("Not enough credit");
        }

        private static void refused(ProblemTranslator.Builder builder, String... said) {
            assertThatIllegalStateException().isThrownBy(() -> build(builder)).withMessageContainingAll(said);
        }

        @Test
        void typeWithTwoStatusesIsRefused() {
            ProblemTable versionsOnly = conflict -> conflict instanceof Conflict.VersionMismatch
                    ? Row.of(Types.PRECONDITION_FAILED, 409, "X")
                    : ProblemTable.standard().row(conflict);
            refused(builder().table(versionsOnly), "precondition-failed", "two statuses", "409", "412");
        }

        @Test
        void rowThatIsNoneIsRefused() {
            refused(builder().table(conflict -> Row.of("locked", 200, null)), "no valid row for VersionMismatch");
        }

        @Test
        @SuppressWarnings("NullAway") // nobody checked the table
        void missingRowIsRefused() {
            refused(
                    builder()
                            .table(conflict -> conflict instanceof Conflict.Concurrency
                                    ? null
                                    : ProblemTable.standard().row(conflict)),
                    "no valid row for Concurrency[reason=DEADLOCK]");
        }

        @Test
        @SuppressWarnings("NullAway") // nobody checked the table
        void statusThatATableDoesNotSayIsRefused() {
            ProblemTable none = new ProblemTable() {
                @Override
                public Row row(Conflict conflict) {
                    return ProblemTable.standard().row(conflict);
                }

                @Override
                public ProblemType type(ProblemType type) {
                    return type.name().equals("validation") ? null : type;
                }
            };
            refused(builder().table(none), "\"validation\"");
        }

        @Test
        void tableWithoutARowForConflictsOfTheApplicationIsRefused() {
            refused(
                    builder().table(conflict -> {
                        if (conflict instanceof Conflict.Custom) {
                            throw new IllegalArgumentException("no such kind");
                        }
                        return ProblemTable.standard().row(conflict);
                    }),
                    "no valid row for OfTheApplication");
        }

        @ParameterizedTest
        @ValueSource(booleans = {true, false})
        @SuppressWarnings("NullAway") // nobody checked the table
        void conflictStaysOneWhereTheTableFailsLater(boolean throwing) {
            AtomicBoolean started = new AtomicBoolean();
            ProblemTable table = conflict -> {
                if (!started.get()) {
                    return ProblemTable.standard().row(conflict);
                }
                if (throwing) {
                    throw new IllegalStateException("secret");
                }
                return null;
            };
            ProblemTranslator translator = build(builder().table(table));
            started.set(true);
            ConflictException locked = ConflictException.locked();
            for (ConflictException thrown : List.of(locked, ConflictException.several(List.of(locked, locked)))) {
                ProblemDetail problem = answer(translator, thrown);
                assertThat(problem.status()).hasValue(423);
                assertThat(new String(problem.toJson(), StandardCharsets.UTF_8)).doesNotContain("secret");
            }
        }

        @Test
        void statusOfARegisteredTypeIsChangedWhereverItIsSent() {
            ProblemTranslator translator = build(
                    builder().type(OUT_OF_CREDIT).table(ProblemTable.standard().withStatus("out-of-credit", 409)));
            assertThat(translator.catalog().find("out-of-credit").orElseThrow().status())
                    .isEqualTo(409);
            assertThat(answer(translator, ConflictException.custom(new OutOfCredit("OUT_OF_CREDIT")))
                            .status())
                    .hasValue(409);
            assertThat(answer(
                                    translator,
                                    new ProblemException(
                                            ProblemDetail.builder(OUT_OF_CREDIT).build()))
                            .status())
                    .hasValue(409);
        }

        @Test
        void changeWithoutEffectIsRefused() {
            ProblemTable standard = ProblemTable.standard();
            refused(
                    builder().table(standard.withStatus("integrty", 400).withStatus("locked", 409)),
                    "\"integrty\"",
                    "integrity");
            refused(builder().table(standard.withStatus("out-of-credit", 409)), "\"out-of-credit\"");
            refused(builder().table(standard.withStatus("several-conflicts", 409)), "several-conflicts", "parts");
        }

        @Test
        void typeThatNobodyRegisteredIsRefused() {
            refused(builder().table(changed(Conflict.Locked.class, Row.of("mine", 423, null))), "\"mine\"");
        }

        @Test
        void ownTypesNeedATitleAndTheirOwnNamesAndCodes() {
            refused(builder().type(new ProblemType("mine", 409)), "mine.title", "en");
            refused(builder().type(OUT_OF_CREDIT).type(OUT_OF_CREDIT), "\"out-of-credit\"");
            refused(builder().type(new ProblemType("locked", 409)), "\"locked\"");
            refused(
                    builder().type(OUT_OF_CREDIT).type(new ProblemType("poor", 402).withCodes("OUT_OF_CREDIT")),
                    "OUT_OF_CREDIT");
        }

        @Test
        void statusThatIsNoErrorIsRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ProblemTable.standard().withStatus("locked", 200))
                    .withMessageContaining("200");
        }
    }
}
