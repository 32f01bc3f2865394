package dev.conflict.schemas;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds the bodies of problems against the schemas that conflict-core ships.
 *
 * <ul>
 *   <li>Every body is a problem of RFC 9457, Appendix A.
 *   <li>One of a type of ours, under whatever base, fits the schema of that type; one that says no more than its status has
 *       what every answer of ours has.
 *   <li>A code of ours stands only under a type that has it. Whatever an application adds of its own is its own.
 * </ul>
 *
 * <p>A test has one place where it receives answers, and that place asks {@link #check}. Safe for use by many threads.
 */
public final class ProblemSchemas {
    private static final String FOLDER = "dev/conflict/problem/schema/";
    private static final Map<String, String> FILES =
            Map.of("problem.json", text("problem.json"), "types.json", text("types.json"));
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final JsonNode DEFINITIONS = tree(FILES.get("types.json")).required("$defs");

    /** Definitions of parts that no type has for itself. */
    private static final Set<String> PARTS = Set.of("known", "error");

    private static final Map<String, JsonSchema> BY_REFERENCE = new ConcurrentHashMap<>();

    /** The types that each code of ours belongs to; those that every application names itself are in no list. */
    private static final Map<String, Set<String>> TYPES_BY_CODE = typesByCode();

    private ProblemSchemas() {}

    private static String text(String name) {
        try (InputStream in = ProblemSchemas.class.getClassLoader().getResourceAsStream(FOLDER + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static JsonNode tree(@Nullable String text) {
        try {
            return JSON.readTree(Objects.requireNonNull(text));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Map<String, Set<String>> typesByCode() {
        Map<String, Set<String>> types = new TreeMap<>();
        DEFINITIONS.properties().forEach(definition -> {
            JsonNode code = definition.getValue().path("properties").path("code");
            List<JsonNode> codes = new ArrayList<>();
            code.path("enum").forEach(codes::add);
            if (code.has("const")) {
                codes.add(code.get("const"));
            }
            codes.forEach(each ->
                    types.computeIfAbsent(each.asText(), c -> new TreeSet<>()).add(definition.getKey()));
        });
        return types;
    }

    /**
     * Asserts that an answer, if it is a problem with a body, is one as the schemas say.
     *
     * @param contentType the value of {@code Content-Type}, null if there is none
     * @param body the body; an answer to HEAD has none
     * @throws AssertionError if it is not
     */
    public static void check(@Nullable String contentType, byte[] body) {
        String mediaType =
                contentType == null ? "" : contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (body.length > 0 && mediaType.equals("application/problem+json")) {
            check(body);
        }
    }

    /**
     * Asserts that a body is a problem as the schemas say.
     *
     * @param body the body
     * @throws AssertionError if it is not; it shows the body and what is wrong with it
     */
    public static void check(byte[] body) {
        List<String> faults = faults(body);
        if (!faults.isEmpty()) {
            throw new AssertionError("A problem that is not as its schema says: " + faults + "\n"
                    + new String(body, StandardCharsets.UTF_8));
        }
    }

    /**
     * Returns what is wrong with a body.
     *
     * @param body the body
     * @return a sentence a fault, none if it is a problem as the schemas say
     */
    public static List<String> faults(byte[] body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree.isObject() ? faults(tree) : List.of("The body is no JSON object");
        } catch (IOException broken) {
            return List.of("The body is no JSON: " + broken.getMessage());
        }
    }

    private static List<String> faults(JsonNode body) {
        String type = body.path("type").asText("about:blank");
        String name = type.substring(
                1 + Math.max(type.lastIndexOf('/'), Math.max(type.lastIndexOf(':'), type.lastIndexOf('#'))));
        boolean ours = DEFINITIONS.has(name) && !PARTS.contains(name);
        List<String> faults = new ArrayList<>(faults(reference(type, name, ours), body));
        Set<String> types = TYPES_BY_CODE.getOrDefault(body.path("code").asText(), Set.of());
        if (!types.isEmpty() && !(ours && types.contains(name))) {
            faults.add(body.path("code") + " is a code of " + types + " and not of " + type);
        }
        return faults;
    }

    private static String reference(String type, String name, boolean ours) {
        if (type.equals("about:blank")) {
            return "types.json#/$defs/known";
        }
        return ours ? "types.json#/$defs/" + name : "problem.json";
    }

    private static List<String> faults(String reference, JsonNode body) {
        return BY_REFERENCE.computeIfAbsent(reference, ProblemSchemas::schema).validate(body).stream()
                .map(ValidationMessage::getMessage)
                .toList();
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
}
