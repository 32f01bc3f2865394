package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.conflict.Conflict;
import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Conflict.FileReason;
import dev.conflict.Conflict.IdempotencyReason;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.ConflictException;
import dev.conflict.Dependent;
import dev.conflict.Details;
import dev.conflict.Details.Member;
import dev.conflict.Disclosure;
import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.Target;
import dev.conflict.VersionMissingException;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.PreconditionFieldException;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Pins what goes over the wire: {@code vocabulary.golden} has a row for every kind, stated and not. */
class VocabularyTest {
    private static final Instant MOMENT = Instant.parse("2026-11-23T10:00:00Z");
    private static final EntityTag TAG = EntityTag.strong("1-8");
    private static final ProblemTranslator TRANSLATOR =
            ProblemTranslator.builder().build(VocabularyTest.class.getClassLoader());

    private record OutOfCredit(String code) implements Conflict.Custom {}

    /** Everything that can be answered, with everything set that it can carry. */
    static Map<String, RuntimeException> rows() {
        Map<String, RuntimeException> rows = new LinkedHashMap<>();
        Details difference = Details.none().with(Member.CONFLICTS, List.of(Map.of("pointer", "#/title")));
        rows.put(
                "version | not stated",
                ConflictException.version()
                        .versions(Revision.of(7), Revision.of(8))
                        .changed("Ada", MOMENT)
                        .current(Map.of("title", "x"))
                        .with(difference));
        rows.put(
                "version | stated",
                ConflictException.version()
                        .statedIn("If-Match", "\"1-7\"", TAG)
                        .changed("Ada", MOMENT)
                        .current(Map.of("title", "x"))
                        .with(difference));
        rows.put("version, nothing known | not stated", ConflictException.version());
        rows.put(
                "precondition | stated",
                ConflictException.precondition("If-None-Match").current(null, TAG));
        rows.put("precondition required | not stated", ConflictException.preconditionRequired("If-Match"));
        rows.put("version missing | not stated", new VersionMissingException("version"));
        rows.put("precondition too large | stated", fault(" ".repeat(9000)));
        rows.put("precondition malformed | stated", fault("x"));
        rows.put(
                "validation | not stated",
                new ValidationErrors()
                        .add("quantity", "POSITIVE", "must be greater than 0")
                        .toException());
        rows.put(
                "uniqueness, disclosed | not stated",
                ConflictException.unique("email")
                        .value("ada@example.org")
                        .alternatives(List.of("ada1@example.org"))
                        .disclose(Disclosure.PUBLIC));
        rows.put(
                "uniqueness, hidden | not stated",
                ConflictException.unique("email")
                        .value("ada@example.org")
                        .alternatives(List.of("ada1@example.org"))
                        .disclose(Disclosure.HIDDEN));
        rows.put(
                "existence | not stated",
                ConflictException.exists("SKU").at(URI.create("/products/1")).field("sku"));
        rows.put("absence | not stated", ConflictException.gone().deleted("Ada", MOMENT));
        rows.put(
                "state | not stated",
                ConflictException.state("ORDER_ALREADY_SHIPPED")
                        .current("SHIPPED")
                        .action("cancel")
                        .allowed(List.of("return"))
                        .prerequisites(List.of("REFUND")));
        rows.put(
                "dependency | not stated",
                ConflictException.dependency().dependents(1, List.of(new Dependent("Task 1", URI.create("/tasks/1")))));
        rows.put("integrity | not stated", ConflictException.integrity("quantity", "positive"));
        rows.put(
                "integrity, own code | not stated",
                ConflictException.integrity("quantity", "positive").code("QUANTITY_NOT_POSITIVE"));
        rows.put(
                "exclusion | not stated",
                ConflictException.exclusion("ROOM_BOOKED").field("room"));
        for (FileReason reason : FileReason.values()) {
            rows.put("file, " + reason + " | not stated", file(reason));
            rows.put("file, " + reason + " | stated", file(reason).statedIn("If-Match", "\"1-7\"", TAG));
        }
        rows.put(
                "concurrency | not stated",
                ConflictException.concurrency(ConcurrencyReason.DEADLOCK).retryAfter(Duration.ofMillis(1500)));
        rows.put("locked | not stated", ConflictException.locked().held("Ada", MOMENT));
        for (IdempotencyReason reason : IdempotencyReason.values()) {
            rows.put(
                    "idempotency, " + reason + " | not stated",
                    ConflictException.idempotency(reason)
                            .operation("op-1", "running")
                            .retryAfter(Duration.ofSeconds(2)));
        }
        rows.put(
                "several | not stated",
                ConflictException.several(List.of(
                        ConflictException.unique("email").disclose(Disclosure.PUBLIC),
                        ConflictException.integrity("quantity", "positive"))));
        rows.put("unspecified | not stated", ConflictException.unspecified());
        rows.put("unspecified, undeclared unique | not stated", ConflictException.undeclared(Undeclared.UNIQUE));
        rows.put("unspecified, undeclared child | not stated", ConflictException.undeclared(Undeclared.CHILD_EXISTS));
        rows.put(
                "custom | not stated",
                ConflictException.custom(new OutOfCredit("OUT_OF_CREDIT")).with("balance", 30));
        rows.put("no conflict, not found | not stated", ProblemException.notFound());
        return rows;
    }

    private static ConflictException.File file(FileReason reason) {
        return ConflictException.file(reason, "a.txt").way("rename", Map.of("name", "a (1).txt"));
    }

    private static PreconditionFieldException fault(String ifMatch) {
        try {
            ledger(ifMatch).require(new Target("Document", "1"), Validators.of(TAG));
            throw new AssertionError(ifMatch + " was read");
        } catch (PreconditionFieldException expected) {
            return expected;
        }
    }

    private static ConditionalRequest ledger(String ifMatch) {
        return ConditionalRequest.of(
                "PUT",
                name -> name.equals("If-Match") ? Collections.enumeration(List.of(ifMatch)) : null,
                Preconditions.optional());
    }

    private static ProblemDetail answer(RuntimeException thrown) {
        return TRANSLATOR
                .translate(thrown, ledger("*"), Occurrence.of("PUT", "/documents/1"))
                .orElseThrow()
                .problem();
    }

    @Test
    void everyAnswerIsTheOneThatWasPromised() throws IOException {
        List<String> actual = new ArrayList<>();
        actual.add("# kind | stated | status | type | code | members on the wire in order");
        rows().forEach((row, thrown) -> {
            ProblemDetail problem = answer(thrown);
            actual.add(String.join(
                    " | ",
                    row,
                    String.valueOf(problem.status().orElseThrow()),
                    problem.type(),
                    problem.code().orElse("-"),
                    String.join(" ", problem.toMap().keySet())));
        });
        String name = "vocabulary.golden";
        Path built = Path.of("target", name);
        Files.createDirectories(Objects.requireNonNull(built.getParent()));
        Files.write(built, actual);
        List<String> agreed = golden(name);
        List<String> changes = new ArrayList<>();
        agreed.stream().filter(line -> !actual.contains(line)).forEach(line -> changes.add("- " + line));
        actual.stream().filter(line -> !agreed.contains(line)).forEach(line -> changes.add("+ " + line));
        if (!changes.isEmpty()) {
            fail(
                    "What is promised on the wire changed; if that is meant, copy %s over the golden file:%n%s",
                    built, String.join(System.lineSeparator(), changes));
        }
        assertThat(actual).as("order of the rows").isEqualTo(agreed);
    }

    private static List<String> golden(String name) throws IOException {
        try (InputStream in = VocabularyTest.class.getResourceAsStream(name)) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
        }
    }

    @Test
    void everyKindStandsInTheGoldenFile() throws IOException {
        List<String> golden = golden("vocabulary.golden");
        for (Conflict.Kind kind : Conflict.Kind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            assertThat(golden).anyMatch(line -> line.startsWith(name + " ") || line.startsWith(name + ","));
        }
        for (IdempotencyReason reason : IdempotencyReason.values()) {
            assertThat(golden).anyMatch(line -> line.startsWith("idempotency, " + reason + " "));
        }
    }

    static List<Arguments> answers() {
        List<Arguments> answers = new ArrayList<>();
        rows().forEach((row, thrown) -> answers.add(Arguments.of(row, answer(thrown))));
        return answers;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void everyAnswerReadsAsTextsWithoutHoles(String row, ProblemDetail problem) {
        String texts = problem.title().orElseThrow()
                + problem.detail().orElse("")
                + problem.text("suggestion").orElse("");
        assertThat(texts).doesNotContain("{", "}", "null");
        assertThat(problem.title().orElseThrow()).isNotBlank();
        if (problem.type().equals("about:blank")) {
            assertThat(problem.title())
                    .contains(Messages.ENGLISH.phrase(problem.status().orElseThrow()));
        }
        assertThat(problem.detail().orElseThrow()).endsWith(".");
        assertThat(problem.text("suggestion").orElseThrow()).endsWith(".");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void everyPlaceholderIsAMemberOfTheAnswer(String row, ProblemDetail problem) {
        String type = problem.type().substring(problem.type().lastIndexOf(':') + 1);
        String code = problem.code().orElse("");
        for (String part : List.of(".detail", ".suggestion")) {
            Map<String, String> texts = Messages.ENGLISH.byKey();
            String text = texts.getOrDefault(type + "." + code + part, texts.getOrDefault(type + part, ""));
            Matcher placeholders = Pattern.compile("\\{(\\w+)}").matcher(text);
            while (placeholders.find()) {
                assertThat(problem.toMap()).containsKey(placeholders.group(1));
            }
        }
    }

    @Test
    void textsSpeakOfTheOccurrence() {
        assertThat(answer(file(FileReason.EXISTS)).detail()).contains("A file \"a.txt\" exists.");
        assertThat(answer(new VersionMissingException("rev")).detail())
                .contains("The field \"rev\" must carry the version that you read.");
        assertThat(answer(ConflictException.precondition("If-None-Match"))
                        .detail()
                        .orElseThrow())
                .contains("the field If-None-Match states");
        assertThat(answer(fault("\"a\" b")).detail().orElseThrow()).contains("If-Match", "index 4");
        assertThat(answer(ConflictException.dependency()).detail()).contains("Others depend on this resource.");
    }

    @Test
    void everyWordIsPromised() throws IllegalAccessException {
        List<String> words = new ArrayList<>();
        for (Class<?> part : List.of(Vocabulary.Types.class, Vocabulary.Codes.class, Vocabulary.Members.class)) {
            for (Field field : part.getFields()) {
                words.add(field.getName() + "=" + field.get(null));
            }
        }
        for (String word : words) {
            String name = word.substring(0, word.indexOf('='));
            String value = word.substring(word.indexOf('=') + 1);
            boolean constant = value.equals(name)
                    || value.equals(name.toLowerCase(Locale.ROOT).replace('_', '-'))
                    || StandardTable.upperSnake(value).equals(name)
                    || Arrays.asList(
                                    "BASE=urn:problem-type:conflict:",
                                    "ABOUT_BLANK=about:blank",
                                    "TAKEN_SUFFIX=_TAKEN",
                                    "EXISTS_SUFFIX=_EXISTS")
                            .contains(word);
            assertThat(constant).as(word).isTrue();
        }
        assertThat(words).hasSizeGreaterThan(80).doesNotHaveDuplicates();
    }

    @Test
    void everyMemberOfDetailsHasItsNameOnTheWire() {
        List<Member> elsewhere =
                List.of(Member.DETAIL, Member.SUGGESTION, Member.LINKS, Member.RETRYABLE, Member.VARIANT);
        for (Member member : Member.values()) {
            String name = ConflictProblems.name(member);
            assertThat(name == null ? "" : StandardTable.upperSnake(name))
                    .isEqualTo(elsewhere.contains(member) ? "" : member.name());
        }
    }
}
