package dev.conflict.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.conflict.test.ProblemAssert;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a refusal must say, all of it and nothing else: status, header fields, and every member of the body. */
final class Refused {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> OF_EVERY_REFUSAL =
            List.of("type", "title", "status", "detail", "instance", "code", "suggestion", "path", "timestamp");

    private Refused() {}

    /**
     * Asserts that a refusal is what the vocabulary says.
     *
     * @param members those that its kind has beside the standard ones
     */
    static JsonNode refused(
            HttpResponse<String> answer, int status, String type, String code, Map<String, Object> members) {
        ProblemAssert.assertProblem(answer)
                .hasStatus(status)
                .hasType(type)
                .hasCode(code)
                .helps();
        JsonNode body = RunningWorkspace.json(answer);
        ObjectNode others = body.deepCopy();
        List<String> standard = new ArrayList<>(OF_EVERY_REFUSAL);
        standard.removeAll(members.keySet()); // a file's path is its name
        assertThat(names(body)).as(answer.body()).containsAll(standard);
        assertThat((JsonNode) others.remove(standard)).isEqualTo(parsed(members));
        assertThat(body.get("title").asText()).isNotBlank();
        isOfThisRequest(answer, body, members);
        fieldsAreThoseOfARefusal(answer, body);
        return body;
    }

    private static void isOfThisRequest(HttpResponse<String> answer, JsonNode body, Map<String, Object> members) {
        assertThat(body.get("instance").asText()).startsWith("urn:uuid:");
        assertThat(Instant.parse(body.get("timestamp").asText()))
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(1)),
                        Instant.now().plus(Duration.ofMinutes(1)));
        if (!members.containsKey("path")) {
            assertThat(body.get("path").asText())
                    .isEqualTo(answer.request().uri().getPath());
        }
    }

    private static void fieldsAreThoseOfARefusal(HttpResponse<String> answer, JsonNode body) {
        assertThat(answer.headers().map())
                .containsEntry("content-type", List.of("application/problem+json"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("content-language", List.of("en"))
                .containsEntry("vary", List.of("Accept-Language, Accept"));
        boolean tagged = answer.statusCode() == 412 && body.has("currentEtag");
        assertThat(answer.headers().firstValue("ETag").orElse(""))
                .isEqualTo(tagged ? body.get("currentEtag").asText() : "");
        assertThat(answer.headers().firstValue("Location")).isEmpty();
    }

    /** Asserts the bare answer of whoever may not know more. */
    static void refusedWithoutAWord(HttpResponse<String> answer) {
        ProblemAssert.assertProblem(answer).hasStatus(409).hasType("about:blank");
        assertThat(names(RunningWorkspace.json(answer)))
                .containsExactlyInAnyOrder(
                        "type", "title", "status", "detail", "instance", "suggestion", "path", "timestamp");
    }

    private static List<String> names(JsonNode body) {
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The members as they come back from a text, where all small numbers are of one kind. */
    private static JsonNode parsed(Map<String, Object> members) {
        try {
            return MAPPER.readTree(MAPPER.writeValueAsBytes(members));
        } catch (IOException noJson) {
            throw new AssertionError(noJson);
        }
    }
}
