package dev.conflict.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cases of the conformance folder, which the build puts on the class path of tests. */
public final class ConformanceSuite {
    /** The files with cases that are about evaluation. */
    public static final List<String> THEMES = List.of(
            "entity-tags",
            "comparison",
            "if-match",
            "if-none-match",
            "malformed",
            "dates",
            "if-unmodified-since",
            "if-modified-since",
            "if-range",
            "precedence",
            "methods");

    /** The file with generators. */
    public static final String GENERATED = "generated";

    /** The optional file about a server that requires preconditions. */
    public static final String REQUIRED = "required";

    /** The optional file about what comes before preconditions. */
    public static final String NORMAL_CHECKS = "normal-checks";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ConformanceSuite() {}

    /**
     * The requests of a generator, which count as one case.
     *
     * @param id its name
     * @param requests each of its requests
     */
    public record Generator(String id, List<Generated> requests) {
        @Override
        public String toString() {
            return id;
        }
    }

    /**
     * A request of a generator.
     *
     * @param values which value of each dimension it has
     * @param asCase the request as a case
     */
    public record Generated(Map<String, String> values, ConformanceCase asCase) {}

    /**
     * Returns the cases of a file.
     *
     * @param theme its name without {@code .json}
     * @return the cases in their order
     */
    public static List<ConformanceCase> cases(String theme) {
        List<ConformanceCase> cases = new ArrayList<>();
        read("cases/" + theme).required("cases").forEach(json -> cases.add(ConformanceCase.of(json)));
        return cases;
    }

    /**
     * Returns every case that is about evaluation.
     *
     * @return the cases of all {@link #THEMES}
     */
    public static Stream<ConformanceCase> cases() {
        return THEMES.stream().flatMap(theme -> cases(theme).stream());
    }

    /**
     * Returns the generators.
     *
     * @return the generators in their order
     */
    public static List<Generator> generators() {
        List<Generator> generators = new ArrayList<>();
        for (JsonNode json : read("cases/" + GENERATED).required("generators")) {
            List<Generated> requests = new ArrayList<>();
            generate(json, new LinkedHashMap<>(), requests);
            generators.add(new Generator(json.required("id").textValue(), requests));
        }
        return generators;
    }

    private static void generate(JsonNode generator, Map<String, String> values, List<Generated> requests) {
        JsonNode dimension = generator.required("dimensions").path(values.size());
        if (dimension.isMissingNode()) {
            requests.add(new Generated(Map.copyOf(values), asCase(generator, values)));
            return;
        }
        String name = dimension.required("name").textValue();
        for (Entry<String, JsonNode> value : dimension.required("values").properties()) {
            values.put(name, value.getKey());
            generate(generator, values, requests);
        }
        values.remove(name);
    }

    private static ConformanceCase asCase(JsonNode generator, Map<String, String> values) {
        String method = "";
        JsonNode state = generator.required("state");
        List<String> lines = new ArrayList<>();
        for (JsonNode dimension : generator.required("dimensions")) {
            JsonNode set = dimension
                    .required("values")
                    .required(values.get(dimension.required("name").textValue()));
            method = set.path("method").asText(method);
            state = set.has("state") ? set.required("state") : state;
            lines.addAll(ConformanceCase.texts(set.path("fields")));
        }
        JsonNode outcome = outcome(generator, values);
        return new ConformanceCase(
                generator.required("id").textValue() + "/" + String.join("/", values.values()),
                (outcome.has("level") ? outcome : generator).required("level").textValue(),
                method,
                lines,
                ConformanceCase.State.of(state),
                null,
                outcome.required("expect").textValue(),
                ConformanceCase.texts(outcome.path("permits")),
                -1);
    }

    private static JsonNode outcome(JsonNode generator, Map<String, String> values) {
        for (JsonNode outcome : generator.required("outcomes")) {
            if (holds(outcome.required("when"), values)) {
                return outcome;
            }
        }
        throw new IllegalStateException("No outcome for " + values);
    }

    /**
     * Tells whether a condition on the values of a generator's request holds.
     *
     * @param when for each dimension that it names, the values
     * @param values which value of each dimension the request has
     * @return true if every dimension has one of the values
     */
    public static boolean holds(JsonNode when, Map<String, String> values) {
        for (Entry<String, JsonNode> dimension : when.properties()) {
            @Nullable String value = values.get(dimension.getKey());
            if (value == null) {
                throw new IllegalArgumentException("No dimension is called " + dimension.getKey());
            }
            if (!ConformanceCase.texts(dimension.getValue()).contains(value)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads a file of the conformance folder.
     *
     * @param name its path without {@code .json}
     * @return its content
     */
    public static JsonNode read(String name) {
        String path = "/conformance/" + name + ".json";
        try (InputStream file =
                Objects.requireNonNull(ConformanceSuite.class.getResourceAsStream(path), path + " is not there")) {
            return JSON.readTree(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
