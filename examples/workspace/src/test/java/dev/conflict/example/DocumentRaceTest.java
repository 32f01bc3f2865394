package dev.conflict.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.harness.DatabaseEngine;
import dev.conflict.problem.ProblemDetail;
import dev.conflict.test.Answer;
import dev.conflict.test.LostUpdate;
import dev.conflict.test.ProblemAssert;
import dev.conflict.test.RaceReport;
import dev.conflict.test.Reading;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The main promise: 16 clients that save one document at once lose nothing, and learn what they need. */
class DocumentRaceTest {
    private static final int CLIENTS = 16;

    /** How often each client saves. */
    int rounds() {
        return 50;
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void noUpdateIsLostAndEveryRefusalNamesTheTagThatTheDocumentBore(DatabaseEngine engine) {
        try (RunningWorkspace workspace = new RunningWorkspace(engine, folder)) {
            RaceReport report = race(workspace, "/documents/" + counter(workspace), DocumentRaceTest::refusedAsPromised)
                    .assertNoneLost();

            assertThat(report.refusals().keySet()).containsExactly(412);
            assertThat(report.refusalsWithoutValidator()).isZero();
            assertThat(report.unjudgedValidators()).isZero();
            assertThat(report.unknownOutcomes()).isZero();
            assertThat(report.gaveUp()).isZero();
            assertThat(report.increments()).isEqualTo((long) CLIENTS * rounds());
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheGuardUpdatesAreLost(DatabaseEngine engine) {
        try (RunningWorkspace workspace = new RunningWorkspace(engine, folder)) {
            RaceReport report = race(
                            workspace, "/unguarded/documents/" + counter(workspace), DocumentRaceTest::refusedSomehow)
                    .run();

            assertThat(report.lostUpdates()).isPositive();
        }
    }

    private static String counter(RunningWorkspace workspace) {
        HttpResponse<String> created = workspace.send("POST", "/documents", "{\"title\":\"Counter\",\"text\":\"0\"}");
        return RunningWorkspace.json(created).get("id").asText();
    }

    private LostUpdate race(
            RunningWorkspace workspace, String path, BiFunction<HttpResponse<String>, Reading, Answer> refusal) {
        URI document = workspace.uri().resolve(path);
        ThreadLocal<HttpClient> client = ThreadLocal.withInitial(RunningWorkspace::newClient);
        return LostUpdate.race(() -> read(client.get(), document), base -> {
                    HttpResponse<String> answer = write(client.get(), document, base);
                    return answer.statusCode() == 200 ? Answer.of(200) : refusal.apply(answer, base);
                })
                .with(CLIENTS)
                .rounds(rounds())
                .untilDone(CLIENTS);
    }

    private static Reading read(HttpClient client, URI document) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(document).build(), BodyHandlers.ofString());
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        return new Reading(RunningWorkspace.json(answer).get("text").asLong(), answer.body(), tag);
    }

    private static HttpResponse<String> write(HttpClient client, URI document, Reading base)
            throws IOException, InterruptedException {
        String body = "{\"title\":\"Counter\",\"text\":\"" + (base.count() + 1) + "\"}";
        return RunningWorkspace.held(client.send(
                HttpRequest.newBuilder(document)
                        .header("If-Match", String.valueOf(base.validator()))
                        .PUT(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString()));
    }

    private static Answer refusedAsPromised(HttpResponse<String> answer, Reading base) {
        ProblemDetail problem = ProblemAssert.assertProblem(answer)
                .hasStatus(412)
                .hasType("precondition-failed")
                .hasCode("VERSION_MISMATCH")
                .hasMember("requestedEtag", base.validator())
                .hasMember("currentEtag")
                .helps()
                .problem();
        return new Answer(412, problem.text("currentEtag").orElseThrow(), "");
    }

    private static Answer refusedSomehow(HttpResponse<String> answer, Reading base) {
        return Answer.of(answer.statusCode());
    }
}
