package dev.conflict.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.conflict.harness.DatabaseEngine;
import dev.conflict.test.ProblemAssert;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fails only at the commit, over HTTP: who answered before it told a success that is none. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class CommitOrderTest extends Scenario {
    private HttpResponse<String> commit(String order, String document, String... headers) {
        return send("/commits/" + order + document.replace("/documents", ""), headers);
    }

    /** On a connection of its own: the container closes it after an exception that came too late for the answer. */
    private HttpResponse<String> send(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(workspace.uri().resolve(path)).POST(BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient()
                .sendAsync(request.build(), BodyHandlers.ofString())
                .join();
    }

    private String document() {
        return workspace.create("/documents", "{\"title\":\"first\",\"text\":\"\"}");
    }

    private String title(String document) {
        return workspace.read(document).get("title").asText();
    }

    @Test
    void answerThatWasSentBeforeTheCommitIsASuccessThatStoredNothing() {
        String document = document();

        assertThat(commit("sent_first", document).statusCode()).isEqualTo(200);
        assertThat(title(document)).isEqualTo("theirs");
    }

    /** As long as nothing is on its way to the client, the filter takes it back. */
    @ParameterizedTest
    @ValueSource(strings = {"written_first", "committed_first"})
    void answerThatIsNotSentYetIsNoSuccess(String order) {
        String document = document();

        ProblemAssert.assertProblem(commit(order, document)).hasStatus(409).hasType("version-mismatch");
        assertThat(title(document)).isEqualTo("theirs");

        String another = document();
        String seen = workspace.tag(another);
        HttpResponse<String> refused = commit(order, another, "If-Match", seen);
        Refused.refused(
                refused,
                412,
                "precondition-failed",
                "VERSION_MISMATCH",
                Map.of("requestedEtag", seen, "currentEtag", workspace.tag(another)));
    }

    @Test
    void runTriesAgainBeforeItAnswersUnlessAVersionWasStated() {
        String document = document();
        String another = document();
        String seen = workspace.tag(another);

        assertThat(commit("run", document).statusCode()).isEqualTo(200);
        assertThat(title(document)).isEqualTo("mine");
        ProblemAssert.assertProblem(commit("run", another, "If-Match", seen)).hasStatus(412);
        assertThat(title(another)).isEqualTo("theirs");
    }

    @Test
    void constraintThatWaitsForTheCommitIsNoSuccessEither() {
        assumeThat(engine).isEqualTo(DatabaseEngine.POSTGRESQL);
        workspace.execute("create table late (id bigint unique deferrable initially deferred)");
        String document = document();
        String path = document.replace("/documents", "") + "?deferred=1";

        assertThat(send("/commits/sent_first" + path).statusCode()).isEqualTo(200);
        for (String order : new String[] {"written_first", "committed_first", "run"}) {
            Refused.refusedWithoutAWord(send("/commits/" + order + path));
        }
        assertThat(title(document)).isEqualTo("first");
    }
}
