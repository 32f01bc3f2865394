package dev.conflict.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.schemas.ProblemSchemas;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the first command of README shows. */
class PlayTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void lostUpdateIsRefusedAndResolvedSoThatBothChangesStand(DatabaseEngine engine) throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        try (RunningWorkspace workspace = new RunningWorkspace(engine, folder)) {
            HttpResponse<String> last =
                    new Play(workspace.uri(), new PrintStream(shown, true, StandardCharsets.UTF_8)).perform();

            JsonNode document = RunningWorkspace.json(last);
            assertThat(document.get("title").asText()).isEqualTo("Summer party");
            assertThat(document.get("text").asText()).isEqualTo("Dear all, let us meet on Friday.");
        }
        String refusal = shown.toString(StandardCharsets.UTF_8);
        refusal = refusal.substring(refusal.indexOf("{\n", refusal.indexOf("HTTP/1.1 412")));
        ProblemSchemas.check(refusal.substring(0, refusal.indexOf("\n}") + 2).getBytes(StandardCharsets.UTF_8));
        assertThat(shown.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("HTTP/1.1 ")))
                .containsExactly(
                        "HTTP/1.1 201",
                        "HTTP/1.1 200",
                        "HTTP/1.1 200",
                        "HTTP/1.1 412",
                        "HTTP/1.1 200",
                        "HTTP/1.1 200",
                        "HTTP/1.1 200");
    }
}
