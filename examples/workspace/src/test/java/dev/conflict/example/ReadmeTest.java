package dev.conflict.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.conflict.harness.DatabaseEngine;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exchange in README is sent to the application, and must come back as it stands there. */
class ReadmeTest {
    /** What differs in each answer. */
    private static final List<String> OF_THE_MOMENT = List.of("instance", "timestamp");

    @TempDir
    private Path folder;

    @Test
    void exchangeInReadmeIsARealOne() throws IOException {
        String readme = Files.readString(Path.of("..", "..", "README.md"));
        String exchange = readme.substring(readme.indexOf("```http\n") + 8);
        String[] parts = exchange.substring(0, exchange.indexOf("```")).split("\n\n", -1);
        String[] request = parts[0].split("\n", -1);
        String[] answer = parts[2].split("\n", -1);

        try (RunningWorkspace workspace = new RunningWorkspace(DatabaseEngine.H2, folder)) {
            workspace.send("POST", "/documents", "{\"title\":\"Untitled\",\"text\":\"Dear all,\"}");
            workspace.send(
                    "PUT",
                    "/documents/1",
                    "{\"title\":\"Summer party\",\"text\":\"Dear all,\"}",
                    "If-Match",
                    "\"1-0\"");

            HttpResponse<String> real = workspace.send(
                    request[0].split(" ", -1)[0],
                    request[0].split(" ", -1)[1],
                    parts[1],
                    "If-Match",
                    field(request[1], "If-Match"),
                    "Content-Type",
                    field(request[2], "Content-Type"));

            assertThat(answer[0]).isEqualTo("HTTP/1.1 " + real.statusCode());
            for (String line : List.of(answer).subList(1, answer.length)) {
                String name = line.substring(0, line.indexOf(':'));
                assertThat(real.headers().firstValue(name)).contains(field(line, name));
            }
            assertThat(withoutTheMoment(RunningWorkspace.json(real)))
                    .hasToString(withoutTheMoment(new ObjectMapper().readTree(parts[3]))
                            .toString());
        }
    }

    private static String field(String line, String name) {
        assertThat(line).startsWith(name + ": ");
        return line.substring(name.length() + 2);
    }

    private static JsonNode withoutTheMoment(JsonNode body) {
        OF_THE_MOMENT.forEach(name -> assertThat(body.has(name)).isTrue());
        return ((ObjectNode) body).without(OF_THE_MOMENT);
    }
}
