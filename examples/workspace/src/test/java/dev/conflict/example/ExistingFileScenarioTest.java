package dev.conflict.example;

import static dev.conflict.example.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.harness.DatabaseEngine;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario 8: a file is to be stored under a name that another has, and nobody said that it may be overwritten. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class ExistingFileScenarioTest extends Scenario {
    private JsonNode refusedOver(String name, String free) {
        HttpResponse<String> first = workspace.send("PUT", "/files/" + name, "one");
        assertThat(first.statusCode()).isEqualTo(201);
        JsonNode refusal = refused(
                workspace.send("PUT", "/files/" + name, "two"),
                409,
                "file-conflict",
                "FILE_EXISTS",
                Map.of(
                        "path",
                        name,
                        "ways",
                        List.of(
                                Map.of("way", "rename", "name", free),
                                Map.of("way", "overwrite", "header", "If-Match", "value", tag(first)),
                                Map.of("way", "elsewhere"))));
        assertThat(refusal.toString()).doesNotContain(System.getProperty("java.io.tmpdir"));
        assertThat(workspace.send("GET", "/files/" + name, "").body()).isEqualTo("one");
        return refusal.get("ways");
    }

    private String stored(String name) {
        return workspace.send("GET", "/files/" + name.replace(" ", "%20"), "").body();
    }

    @Test
    void renamed() {
        String name = refusedOver("plan.txt", "plan (2).txt").get(0).get("name").asText();

        assertThat(workspace
                        .send("PUT", "/files/" + name.replace(" ", "%20"), "two")
                        .statusCode())
                .isEqualTo(201);
        assertThat(stored(name)).isEqualTo("two");
        assertThat(stored("plan.txt")).isEqualTo("one");
    }

    @Test
    void overwritten() {
        JsonNode way = refusedOver("note.txt", "note (2).txt").get(1);

        HttpResponse<String> stored = workspace.send(
                "PUT",
                "/files/note.txt",
                "two",
                way.get("header").asText(),
                way.get("value").asText());

        assertThat(stored.statusCode()).isEqualTo(204);
        assertThat(stored("note.txt")).isEqualTo("two");
    }

    @Test
    void storedElsewhere() {
        refusedOver("list.txt", "list (2).txt");

        assertThat(workspace.send("PUT", "/files/my-list.txt", "two").statusCode())
                .isEqualTo(201);
        assertThat(stored("my-list.txt")).isEqualTo("two");
        assertThat(stored("list.txt")).isEqualTo("one");
    }
}
