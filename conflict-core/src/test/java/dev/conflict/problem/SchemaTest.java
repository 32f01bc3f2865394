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
        ObjectNode nameless = body(problem);
        nameless.remove("code");
        assertThat(faults(definition(problem), nameless)).isNotEmpty();
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
