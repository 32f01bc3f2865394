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

/** Scenario 1: two people write one document, and the second has not seen what the first did. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class VersionMismatchScenarioTest extends Scenario {
    private String createDocument() {
        return workspace.create("/documents", document("Untitled", "Dear all,"));
    }

    private static String document(String title, String text) {
        return "{\"title\":\"" + title + "\",\"text\":\"" + text + "\"}";
    }

    /** Somebody else renames the document meanwhile. */
    private void meanwhile(String document) {
        String body = document("Summer party", "Dear all,");
        assertThat(workspace
                        .send("PUT", document, body, "If-Match", workspace.tag(document))
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> rename(String document, String version) {
        return workspace.send("PATCH", document, "{\"title\":\"Winter party\"" + version + "}");
    }

    @Test
    void versionInIfMatch() {
        String document = createDocument();
        String seen = workspace.tag(document);
        meanwhile(document);

        HttpResponse<String> refusal =
                workspace.send("PUT", document, document("Untitled", "Dear all, come!"), "If-Match", seen);
        HttpResponse<String> current = workspace.send("GET", document, "");
        refused(
                refusal,
                412,
                "precondition-failed",
                "VERSION_MISMATCH",
                Map.of("requestedEtag", seen, "currentEtag", tag(current)));

        JsonNode read = RunningWorkspace.json(current);
        String mine = document(read.get("title").asText(), read.get("text").asText() + " come!");
        HttpResponse<String> saved = workspace.send("PUT", document, mine, "If-Match", tag(current));

        assertThat(saved.statusCode()).isEqualTo(200);
        assertThat(workspace.read(document).get("title").asText()).isEqualTo("Summer party");
        assertThat(workspace.read(document).get("text").asText()).isEqualTo("Dear all, come!");
    }

    @Test
    void versionInTheBodyAsANumber() {
        String document = createDocument();
        long seen = workspace.read(document).get("version").asLong();
        meanwhile(document);

        HttpResponse<String> refusal = rename(document, ",\"version\":" + seen);
        long current = workspace.read(document).get("version").asLong();
        refused(
                refusal,
                409,
                "version-mismatch",
                "VERSION_MISMATCH",
                Map.of("requestedVersion", seen, "currentVersion", current));
        assertThat(current).isNotEqualTo(seen);

        HttpResponse<String> saved = rename(document, ",\"version\":" + current);

        assertThat(saved.statusCode()).isEqualTo(200);
        assertThat(RunningWorkspace.json(saved)).isEqualTo(workspace.read(document));
        assertThat(RunningWorkspace.json(saved).get("title").asText()).isEqualTo("Winter party");
    }

    @Test
    void versionInTheBodyAsATimestamp() {
        String document = createDocument();
        String seen = workspace.read(document).get("modified").asText();
        meanwhile(document);

        HttpResponse<String> refusal = rename(document, ",\"modified\":\"" + seen + "\"");
        String current = workspace.read(document).get("modified").asText();
        refused(
                refusal,
                409,
                "version-mismatch",
                "VERSION_MISMATCH",
                Map.of("requestedVersion", seen, "currentVersion", current));
        assertThat(current).isNotEqualTo(seen);

        HttpResponse<String> saved = rename(document, ",\"modified\":\"" + current + "\"");

        assertThat(saved.statusCode()).isEqualTo(200);
        assertThat(RunningWorkspace.json(saved)).isEqualTo(workspace.read(document));
    }

    @Test
    void noVersionInTheHeaderWhereOneIsRequired() {
        String document = createDocument();
        String body = document("Winter party", "Dear all,");

        refused(
                workspace.send("PUT", document, body),
                428,
                "precondition-required",
                "PRECONDITION_REQUIRED",
                Map.of("acceptedHeaders", List.of("If-Match")));
        assertThat(workspace.read(document).get("title").asText()).isEqualTo("Untitled");

        assertThat(workspace
                        .send("PUT", document, body, "If-Match", workspace.tag(document))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void noVersionInTheBodyWhereOneIsRequired() {
        String document = createDocument();

        refused(rename(document, ""), 400, "version-missing", "VERSION_MISSING", Map.of("field", "version"));
        assertThat(workspace.read(document).get("title").asText()).isEqualTo("Untitled");

        long seen = workspace.read(document).get("version").asLong();
        assertThat(rename(document, ",\"version\":" + seen).statusCode()).isEqualTo(200);
    }

    @Test
    void versionsInHeaderAndBodyMustBothBeTrue() {
        String document = createDocument();
        String seen = workspace.tag(document);
        meanwhile(document);
        JsonNode current = workspace.read(document);
        String both = "{\"title\":\"Winter party\",\"version\":" + current.get("version") + ",\"modified\":"
                + current.get("modified") + "}";

        refused(
                workspace.send("PATCH", document, both, "If-Match", seen),
                412,
                "precondition-failed",
                "VERSION_MISMATCH",
                Map.of("requestedEtag", seen, "currentEtag", workspace.tag(document)));
        refused(
                rename(document, ",\"version\":0,\"modified\":" + current.get("modified")),
                409,
                "version-mismatch",
                "VERSION_MISMATCH",
                Map.of("requestedVersion", 0, "currentVersion", 1));

        assertThat(workspace
                        .send("PATCH", document, both, "If-Match", workspace.tag(document))
                        .statusCode())
                .isEqualTo(200);
    }
}
