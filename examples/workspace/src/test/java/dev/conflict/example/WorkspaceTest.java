package dev.conflict.example;

import static dev.conflict.test.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.harness.DatabaseEngine;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of the application beside the scenarios, over HTTP. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class WorkspaceTest extends Scenario {
    private String createDocument() {
        return workspace.create("/documents", document("Draft", "One."));
    }

    private static String document(String title, String text) {
        return "{\"title\":\"" + title + "\",\"text\":\"" + text + "\"}";
    }

    @Test
    void readerWhoHasTheDocumentIsToldSoUntilItChanges() {
        String path = createDocument();
        HttpResponse<String> read = workspace.send("GET", path, "");
        assertThat(read.headers().firstValue("Cache-Control")).contains("private, no-cache");

        HttpResponse<String> again = workspace.send("GET", path, "", "If-None-Match", tag(read));
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(tag(again)).isEqualTo(tag(read));
        assertThat(again.headers().firstValue("Cache-Control")).contains("private, no-cache");
        assertThat(again.headers().firstValue("Content-Type")).isEmpty();
        assertThat(again.body()).isEmpty();

        workspace.send("PUT", path, document("Mine", "One."), "If-Match", tag(read));
        HttpResponse<String> changed = workspace.send("GET", path, "", "If-None-Match", tag(read));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).contains("Mine");
    }

    @Test
    void writeThatStatesNothingIsAskedToStateItsBase() {
        String path = createDocument();

        assertProblem(workspace.send("PUT", path, document("Draft", "Two.")))
                .hasStatus(428)
                .hasType("precondition-required")
                .hasCode("PRECONDITION_REQUIRED")
                .hasMember("acceptedHeaders", List.of("If-Match"))
                .helps();
        assertThat(workspace.send("GET", path, "").body()).contains("One.");
    }

    @Test
    void preconditionThatCannotBeReadNeverLetsAWriteThrough() {
        String path = createDocument();

        assertProblem(workspace.send("PUT", path, document("Draft", "Two."), "If-Match", "1-0"))
                .hasStatus(400)
                .hasType("precondition-malformed")
                .hasMember("header", "If-Match")
                .hasMember("position", 0L)
                .helps();
        assertThat(workspace.send("GET", path, "").body()).contains("One.");
    }

    @Test
    void documentThatIsNotThereIsNotFoundWhateverTheRequestStates() {
        assertProblem(workspace.send("PUT", "/documents/4711", document("a", "b"), "If-Match", "\"1-0\""))
                .hasStatus(404)
                .hasType("about:blank")
                .hasNoMember("code");
    }

    @Test
    void deletionIsGuardedLikeAnyWrite() {
        String path = createDocument();
        String seen = tag(workspace.send("GET", path, ""));
        workspace.send("PUT", path, document("Mine", "One."), "If-Match", seen);

        assertProblem(workspace.send("DELETE", path, "", "If-Match", seen)).hasStatus(412);
        assertThat(workspace
                        .send("DELETE", path, "", "If-Match", tag(workspace.send("GET", path, "")))
                        .statusCode())
                .isEqualTo(204);
        assertThat(workspace.send("GET", path, "").statusCode()).isEqualTo(404);
    }

    @Test
    void answerToAPutHasNoTagSinceTheContentIsNotStoredAsItWasSent() {
        String path = createDocument();
        String seen = tag(workspace.send("GET", path, ""));

        HttpResponse<String> written = workspace.send("PUT", path, document("Mine", "One."), "If-Match", seen);

        assertThat(written.headers().firstValue("ETag")).isEmpty();
    }

    private static String user(String email, String username) {
        return "{\"email\":\"" + email + "\",\"username\":\"" + username + "\"}";
    }

    /**
     * By a constraint that is declared, by one that is not, and by a rule that only a bug breaks, whose page is the server's.
     * The database says in each case which constraint, which value and which statement it was.
     */
    @ParameterizedTest
    @CsvSource({"declared, 409, EMAIL_TAKEN", "undeclared, 409, ''", "required, 500, ''"})
    void whatTheDatabaseRefusesIsToldWithoutWhatItSays(String reason, int status, String code)
            throws InterruptedException {
        String planted = "planted-" + reason + "@secret.example";
        long id = RunningWorkspace.json(workspace.send("POST", "/users", user(planted, "planted-" + reason)))
                .get("id")
                .asLong();
        String other = reason.equals("declared") ? planted : "other-" + planted;
        try (Lines lines = new Lines()) {
            HttpResponse<String> refused = workspace.send(
                    "POST", "/unguarded/users/" + reason, "{\"id\":" + id + ",\"email\":\"" + other + "\"}");

            String line = status == 500 ? "the server's own" : lines.next();
            assertThat(refused.statusCode()).isEqualTo(status);
            assertThat(line).isNotNull();
            assertThat((refused.headers().map() + refused.body() + line).toLowerCase(Locale.ROOT))
                    .doesNotContain(
                            "planted", "secret", "uk_", "constraint", "insert", "null", "sql", "hibernate", "key");
            if (status == 409) {
                assertThat(assertProblem(refused).problem().code().orElse("")).isEqualTo(code);
            }
        }
    }

    @Test
    void userWithoutAnEmailLearnsWhichFieldIsMissing() {
        assertProblem(workspace.send("POST", "/users", "{\"username\":\"dora\"}"))
                .hasStatus(422)
                .hasMember("errors");
    }

    @Test
    void bodyThatIsNoJsonLearnsWhereItBreaks() {
        HttpResponse<String> answer = workspace.send("POST", "/users", "{\"username\":");

        assertThat(assertProblem(answer).hasStatus(400).problem().detail().orElseThrow())
                .contains("from line 1, column");
    }

    @Test
    void actionThatNobodyDeclaredIsRefusedWithThoseThatAre() {
        String path = order();

        assertProblem(workspace.send("POST", path + "/ship", ""))
                .hasStatus(409)
                .hasType("state-conflict")
                .hasMember("currentStatus", "NEW")
                .hasMember("allowedActions", List.of("pay", "cancel"));
    }

    @Test
    void fileThatWasChangedIsNotReplacedByWhoSawTheOldContent() {
        String first = tag(workspace.send("PUT", "/files/note.txt", "one"));
        String second = tag(workspace.send("PUT", "/files/note.txt", "two", "If-Match", first));

        assertProblem(workspace.send("PUT", "/files/note.txt", "three", "If-Match", first))
                .hasStatus(412)
                .hasType("precondition-failed")
                .hasCode("FILE_CHANGED")
                .hasMember("requestedEtag", first)
                .hasMember("currentEtag", second);
        assertThat(workspace.send("GET", "/files/note.txt", "").body()).isEqualTo("two");
    }

    @Test
    void nameThatLeadsOutOfTheFolderIsRefused() {
        assertProblem(workspace.send("PUT", "/files/a%3Ab", "x")).hasStatus(400);
    }

    @Test
    void fileThatIsNotThereIsNotFoundOnDeletion() {
        assertProblem(workspace.send("DELETE", "/files/nothing.txt", ""))
                .hasStatus(404)
                .hasType("about:blank");
    }

    @Test
    void stateThatAnOrderWasInIsHeededWhereItIsStated() {
        String path = order();
        String seen = tag(workspace.send("GET", path, ""));
        workspace.send("POST", path + "/pay", "");

        assertProblem(workspace.send("POST", path + "/cancel", "", "If-Match", seen))
                .hasStatus(412)
                .hasCode("VERSION_MISMATCH");
    }

    @Test
    void tagThatAProxyWeakenedIsRefusedForThatReason() {
        String path = createDocument();
        String seen = tag(workspace.send("GET", path, ""));

        HttpResponse<String> refused = workspace.send("PUT", path, document("a", "b"), "If-Match", "W/" + seen);

        assertThat(assertProblem(refused)
                        .hasStatus(412)
                        .hasMember("currentEtag", seen)
                        .problem()
                        .detail()
                        .orElseThrow())
                .contains("weak");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{\"title\":7,\"text\":\"\"}", "{\"title\":\"a\\u0000\",\"text\":\"\"}"})
    void bodyWithoutAUsableTitleLearnsWhichMemberIsWrong(String body) {
        assertProblem(workspace.send("POST", "/documents", body)).hasStatus(422).hasMember("errors");
    }

    @Test
    void tooLongTextIsRefusedBeforeTheDatabaseSeesIt() {
        assertProblem(workspace.send("POST", "/documents", document("t".repeat(256), "x")))
                .hasStatus(422)
                .hasCode("TEXT_NOT_STORABLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"title\":\"a\",\"title\":\"b\",\"text\":\"\"}", "{} {}", "{"})
    void bodyThatIsNotOneObjectIsRefused(String body) {
        assertProblem(workspace.send("POST", "/documents", body)).hasStatus(400);
    }

    @Test
    void deeplyNestedBodyIsRefusedWithoutAFault() {
        assertProblem(workspace.send("POST", "/documents", "[".repeat(100_000))).hasStatus(400);
    }
}
