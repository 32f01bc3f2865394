package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Conflict.FileReason;
import dev.conflict.Conflict.IdempotencyReason;
import dev.conflict.ConflictException;
import dev.conflict.Disclosure;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas that are shipped describe what is sent: every answer of the golden file is valid, and a wrong one is not. */
class SchemaTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();
    private static final String FOLDER = "dev/conflict/problem/schema/";
    private static final Map<String, String> FILES =
            Map.of("problem.json", text("problem.json"), "types.json", text("types.json"));
    private static final Map<String, JsonSchema> BY_REFERENCE = new ConcurrentHashMap<>();
    private static final ProblemTranslator TRANSLATOR =
            ProblemTranslator.builder().build(SchemaTest.class.getClassLoader());

    /** Beside what every answer has. */
    private static final Map<String, List<String>> ALWAYS = Map.of(
            "precondition-required", List.of("acceptedHeaders"),
            "version-missing", List.of("field"),
            "precondition-too-large", List.of("header", "limit"),
            "precondition-malformed", List.of("header", "position"),
            "validation", List.of("errors"),
            "uniqueness", List.of("conflictingField"),
            "integrity", List.of("conflictingField", "rule"),
            "concurrency", List.of("retryable"),
            "several-conflicts", List.of("errors"));

    private static String text(String name) {
        try (InputStream in = SchemaTest.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonSchema schema(String reference) {
        return JsonSchemaFactory.getInstance(
                        VersionFlag.V202012,
                        builder -> builder.schemaLoaders(loaders -> loaders.schemas(
                                location -> FILES.get(location.substring(location.lastIndexOf('/') + 1)))))
                .getSchema(
                        SchemaLocation.of("https://schemas.example/" + reference),
                        SchemaValidatorsConfig.builder()
                                .formatAssertionsEnabled(true)
                                .build());
    }

    static List<String> faults(String reference, JsonNode body) {
        return BY_REFERENCE.computeIfAbsent(reference, SchemaTest::schema).validate(body).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    static List<Arguments> typed() {
        return VocabularyTest.answers().stream()
                .filter(row -> !((ProblemDetail) Objects.requireNonNull(row.get()[1]))
                        .type()
                        .equals("about:blank"))
                .toList();
    }

    private static String definition(ProblemDetail problem) {
        return "types.json#/$defs/" + problem.type().substring(problem.type().lastIndexOf(':') + 1);
    }

    private static ObjectNode body(ProblemDetail problem) throws IOException {
        return (ObjectNode) JACKSON.readTree(problem.toJson());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.conflict.problem.VocabularyTest#answers")
    void everyAnswerIsAProblem(String row, ProblemDetail problem) throws IOException {
        assertThat(faults("problem.json", body(problem))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("typed")
    void everyAnswerIsOfItsType(String row, ProblemDetail problem) throws IOException {
        assertThat(faults(definition(problem), body(problem))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.conflict.problem.VocabularyTest#answers")
    void everyAnswerIsAsValidFromAnApplicationsMapper(String row, ProblemDetail problem) throws IOException {
        assertThat(faults(Held.reference(problem), JACKSON.readTree(JACKSON.writeValueAsBytes(problem))))
                .isEmpty();
    }

    /** A schema that takes anything would prove nothing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("typed")
    void everyMemberHasItsType(String row, ProblemDetail problem) throws IOException {
        Set<String> whatever = Set.of("current", "conflictingValue");
        for (String member : problem.toMap().keySet()) {
            ObjectNode wrong = body(problem);
            wrong.putArray(member).addArray();
            if (member.equals("alternatives") || whatever.contains(member)) {
                continue;
            }
            assertThat(faults(definition(problem), wrong)).as(member).isNotEmpty();
        }
        ObjectNode other = body(problem);
        other.put("type", "urn:problem-type:conflict:other");
        assertThat(faults(definition(problem), other)).isNotEmpty();
    }

    /** What VOCABULARY promises of every body, and of a type, is not there by chance. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("typed")
    void whatEveryAnswerHasIsRequired(String row, ProblemDetail problem) throws IOException {
        List<String> always = new ArrayList<>(
                List.of("type", "title", "status", "detail", "instance", "code", "suggestion", "path", "timestamp"));
        String type = problem.type().substring(problem.type().lastIndexOf(':') + 1);
        always.addAll(ALWAYS.getOrDefault(type, List.of()));
        if (problem.code().orElse("").equals("PRECONDITION_FAILED")) {
            always.add("header");
        }
        if (type.startsWith("idempotency-") || type.startsWith("operation-")) {
            always.addAll(List.of("retry", "safeNewKey"));
        }
        for (String member : problem.toMap().keySet()) {
            ObjectNode without = body(problem);
            without.remove(member);
            assertThat(faults(definition(problem), without).isEmpty())
                    .as(member + " may be missing")
                    .isEqualTo(!always.contains(member));
        }
        assertThat(problem.toMap().keySet()).containsAll(always);
    }

    static List<RuntimeException> leasts() {
        List<RuntimeException> leasts = new ArrayList<>(List.of(
                ConflictException.version(),
                ConflictException.version().statedIn("If-Match", null, null),
                ConflictException.precondition("If-None-Match"),
                ConflictException.preconditionRequired(),
                ConflictException.unique("email").disclose(Disclosure.PUBLIC),
                ConflictException.exists("SKU"),
                ConflictException.gone(),
                ConflictException.state("SHIPPED"),
                ConflictException.dependency(),
                ConflictException.integrity("quantity", "positive"),
                ConflictException.exclusion("BOOKED"),
                ConflictException.locked(),
                ConflictException.unspecified(),
                ConflictException.several(List.of(ConflictException.gone(), ConflictException.locked()))));
        for (FileReason reason : FileReason.values()) {
            leasts.add(ConflictException.file(reason, "a.txt"));
            leasts.add(ConflictException.file(reason, "a.txt").statedIn("If-Match", null, null));
        }
        for (ConcurrencyReason reason : ConcurrencyReason.values()) {
            leasts.add(ConflictException.concurrency(reason));
        }
        for (IdempotencyReason reason : IdempotencyReason.values()) {
            leasts.add(ConflictException.idempotency(reason));
        }
        return leasts;
    }

    /** A schema that refuses what we send would be a lie. */
    @ParameterizedTest
    @MethodSource("leasts")
    void answerOfWhichTheLeastIsKnownIsOfItsType(RuntimeException least) {
        ConditionalRequest request = ConditionalRequest.of("PUT", name -> null, Preconditions.optional());
        for (String language : List.of("en", "de")) {
            Occurrence occurrence = Occurrence.of("PUT", "/").withAcceptLanguage(language);
            assertThat(TRANSLATOR.translate(least, request, occurrence).map(Held::of))
                    .isPresent();
        }
    }

    @Test
    void everyTypeOfTheCatalogueHasASchemaWithItsMembersAndCodes() throws IOException {
        JsonNode definitions = JACKSON.readTree(FILES.get("types.json")).get("$defs");
        List<String> names = new ArrayList<>(List.of("known", "error"));
        for (ProblemType type : StandardTypes.all()) {
            names.add(type.name());
            JsonNode properties = definitions.get(type.name()).get("properties");
            List<String> members = new ArrayList<>();
            properties.fieldNames().forEachRemaining(members::add);
            assertThat(members.subList(2, members.size())).as(type.name()).isEqualTo(type.members());
            JsonNode code = properties.get("code");
            List<String> codes = new ArrayList<>();
            code.path("enum").forEach(each -> codes.add(each.textValue()));
            if (code.has("const")) {
                codes.add(code.get("const").textValue());
            }
            assertThat(codes).as(type.name()).isEqualTo(type.codes());
        }
        Set<String> defined = new HashSet<>();
        definitions.fieldNames().forEachRemaining(defined::add);
        assertThat(defined).containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"problem.json", "types.json"})
    void schemasAreSchemas(String file) throws IOException {
        JsonSchema meta = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(JACKSON.readTree(FILES.get(file)))).isEmpty();
    }
}
