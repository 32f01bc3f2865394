package dev.conflict.jackson3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import dev.conflict.problem.ProblemDetail;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A problem in an application's own mapper: written in order and read back, whatever the mapper is told about beans. */
class Jackson3BeanTest {
    private static final ProblemDetail PROBLEM = ProblemDetail.builder(409)
            .type(URI.create("https://example.org/problems/out-of-credit"))
            .title("Not enough credit")
            .detail("caf\u00E9 <b>")
            .instance(URI.create("urn:uuid:1"))
            .extension("zeta", 1)
            .extension("currentStatus", "SHIPPED")
            .extension("alpha", Arrays.asList("b", Map.of("innerName", 2L), null, true))
            .extension("nothing", null)
            .build();

    /** An object of an application that holds a problem. */
    public static final class Envelope {
        public @Nullable String traceName;
        public @Nullable ProblemDetail theProblem;
    }

    static Stream<Arguments> mappers() {
        return Stream.of(
                arguments("defaults", JsonMapper.shared()),
                arguments(
                        "strict",
                        JsonMapper.builder()
                                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                                .build()),
                arguments(
                        "snake case",
                        JsonMapper.builder()
                                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                                .build()),
                arguments(
                        "non-null",
                        JsonMapper.builder()
                                .changeDefaultPropertyInclusion(
                                        before -> before.withValueInclusion(JsonInclude.Include.NON_NULL))
                                .build()),
                arguments(
                        "sorted properties",
                        JsonMapper.builder()
                                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                                .build()),
                arguments(
                        "defaults of Jackson 2",
                        JsonMapper.builderWithJackson2Defaults().build()),
                arguments(
                        "fields alone",
                        JsonMapper.builder()
                                .changeDefaultVisibility(
                                        before -> before.withVisibility(PropertyAccessor.ALL, Visibility.NONE)
                                                .withVisibility(PropertyAccessor.FIELD, Visibility.ANY))
                                .build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappers")
    void problemIsWrittenInItsOrderAndReadBack(String what, JsonMapper mapper) {
        String json = mapper.writeValueAsString(PROBLEM);
        List<String> names = new ArrayList<>();
        mapper.readTree(json).propertyNames().forEach(names::add);
        assertThat(names).containsExactlyElementsOf(PROBLEM.toMap().keySet());
        assertThat(mapper.readTree(json).get("alpha").get(1).has("innerName")).isTrue();

        ProblemDetail read = mapper.readValue(json, ProblemDetail.class);
        assertThat(read.toAsciiJson()).isEqualTo(PROBLEM.toAsciiJson());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappers")
    void problemMayStandInAnotherObject(String what, JsonMapper mapper) {
        Envelope envelope = new Envelope();
        envelope.theProblem = PROBLEM;
        Envelope read = mapper.readValue(mapper.writeValueAsBytes(envelope), Envelope.class);
        assertThat(read.theProblem).isNotNull();
        assertThat(read.theProblem.toAsciiJson()).isEqualTo(PROBLEM.toAsciiJson());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappers")
    void whatSomebodyElseSentNeverThrows(String what, JsonMapper mapper) {
        for (String json : List.of(
                "{}",
                "{\"status\":\"DOWN\"}",
                "{\"type\":\"a b\",\"title\":7,\"status\":409.5,\"detail\":[],\"instance\":{},\"code\":null}",
                "{\"status\":99999999999999999999,\"bad name\":1,\"extensions\":{\"a\":1},\"\":0}")) {
            ProblemDetail read = mapper.readValue(json, ProblemDetail.class);
            assertThat(read.type()).isEqualTo("about:blank");
            assertThat(read.status()).isEmpty();
            assertThat(read.title()).isEmpty();
            assertThat(mapper.writeValueAsString(read)).startsWith("{");
        }
        assertThat(mapper.readValue("{\"status\":409}", ProblemDetail.class).status())
                .hasValue(409);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappers")
    void problemIsReadFromATree(String what, JsonMapper mapper) {
        byte[] json = PROBLEM.toJson();
        assertThat(mapper.treeToValue(mapper.readTree(json), ProblemDetail.class)
                        .toAsciiJson())
                .isEqualTo(new String(json, StandardCharsets.UTF_8).replace("\u00E9", "\\u00e9"));
    }
}
