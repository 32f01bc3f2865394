package dev.conflict.example;

import static dev.conflict.test.ProblemAssert.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.harness.DatabaseEngine;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The flows of the application over HTTP, on one database: each refusal with what it says, and the way on. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class WorkspaceFlows {
    private final RunningWorkspace workspace;
    private final Path folder;

    WorkspaceFlows(DatabaseEngine engine, Path folder) {
        this.folder = folder;
        workspace = new RunningWorkspace(engine, folder);
    }

    @AfterAll
    void stop() {
        workspace.close();
    }

    private String createDocument() {
        HttpResponse<String> created = workspace.send("POST", "/documents", document("Draft", "One."));
        assertThat(created.statusCode()).isEqualTo(201);
        return created.headers().firstValue("Location").orElseThrow();
    }

    private static String document(String title, String text) {
        return "{\"title\":\"" + title + "\",\"text\":\"" + text + "\"}";
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void staleWriteIsRefusedWithBothTagsAndSucceedsAfterReadingAgain() {
        String path = createDocument();
        String seen = tag(workspace.send("GET", path, ""));
        assertThat(workspace
                        .send("PUT", path, document("Mine", "One."), "If-Match", seen)
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> refused = workspace.send("PUT", path, document("Draft", "Two."), "If-Match", seen);

        String current = tag(workspace.send("GET", path, ""));
        assertProblem(refused)
                .hasStatus(412)
                .hasType("precondition-failed")
                .hasCode("VERSION_MISMATCH")
                .hasMember("requestedEtag", seen)
                .hasMember("currentEtag", current)
                .hasMember("path", path)
                .helps();
        assertThat(workspace
                        .send("PUT", path, document("Mine", "Two."), "If-Match", current)
                        .statusCode())
                .isEqualTo(200);
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

    @Test
    void takenEmailNamesFieldAndValueAndAnotherOneSucceeds() {
        workspace.send("POST", "/users", user("ann@example.org", "ann"));

        assertProblem(workspace.send("POST", "/users", user("ann@example.org", "annie")))
                .hasStatus(409)
                .hasType("uniqueness")
                .hasCode("EMAIL_TAKEN")
                .hasMember("conflictingField", "email")
                .hasMember("conflictingValue", "ann@example.org")
                .helps();
        assertThat(workspace
                        .send("POST", "/users", user("annie@example.org", "annie"))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void takenUsernameNamesFieldAndValue() {
        workspace.send("POST", "/users", user("bob@example.org", "bob"));

        assertProblem(workspace.send("POST", "/users", user("robert@example.org", "bob")))
                .hasStatus(409)
                .hasCode("USERNAME_TAKEN")
                .hasMember("conflictingField", "username");
    }

    /** The guard looks before the write; between both, another request fits, and then the constraint decides. */
    @Test
    void ofManyWhoTakeOneEmailAtOnceOneWinsAndAllOthersGetTheSameAnswer() throws Exception {
        int clients = 8;
        CyclicBarrier start = new CyclicBarrier(clients);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                String body = user("carl@example.org", "carl" + i);
                answers.add(threads.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    return workspace.send("POST", "/users", body);
                }));
            }
            int created = 0;
            for (Future<HttpResponse<String>> answer : answers) {
                HttpResponse<String> got = answer.get(30, TimeUnit.SECONDS);
                if (got.statusCode() == 201) {
                    created++;
                } else {
                    assertProblem(got)
                            .hasStatus(409)
                            .hasCode("EMAIL_TAKEN")
                            .hasMember("conflictingField", "email")
                            .doesNotTell("uk_users");
                }
            }
            assertThat(created).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
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
                    "POST", "/unguarded-users/" + reason, "{\"id\":" + id + ",\"email\":\"" + other + "\"}");

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

    private String order(String... actions) {
        HttpResponse<String> taken = workspace.send("POST", "/orders", "");
        String path = "/orders/" + RunningWorkspace.json(taken).get("id").asText();
        for (String action : actions) {
            assertThat(workspace.send("POST", path + "/" + action, "").statusCode())
                    .isEqualTo(200);
        }
        return path;
    }

    @Test
    void orderThatIsNotShippedIsCancelled() {
        String path = order("pay");

        assertThat(RunningWorkspace.json(workspace.send("POST", path + "/cancel", ""))
                        .get("status")
                        .asText())
                .isEqualTo("CANCELLED");
    }

    @Test
    void shippedOrderIsNotCancelledAndTheAnswerSuggestsAReturn() {
        String path = order("pay", "ship");

        assertProblem(workspace.send("POST", path + "/cancel", ""))
                .hasStatus(409)
                .hasType("state-conflict")
                .hasCode("ORDER_ALREADY_SHIPPED")
                .hasMember("currentStatus", "SHIPPED")
                .hasMember("attemptedAction", "cancel")
                .hasMember("allowedActions", List.of())
                .hasMember("suggestion", "Open a return instead.");
    }

    @Test
    void cancelledOrderIsNotCancelledAgain() {
        String path = order("cancel");

        assertProblem(workspace.send("POST", path + "/cancel", ""))
                .hasStatus(409)
                .hasCode("ORDER_ALREADY_CANCELLED")
                .hasMember("currentStatus", "CANCELLED");
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
    void existingFileIsNotOverwrittenUnseenAndEveryWayOnWorks() {
        assertThat(workspace.send("PUT", "/files/plan.txt", "one").statusCode()).isEqualTo(201);

        HttpResponse<String> refused = workspace.send("PUT", "/files/plan.txt", "two");
        assertProblem(refused)
                .hasStatus(409)
                .hasType("file-conflict")
                .hasCode("FILE_EXISTS")
                .hasMember("path", "plan.txt")
                .helps()
                .doesNotTell(folder.toString());

        JsonNode ways = RunningWorkspace.json(refused).get("ways");
        String freeName = ways.findValue("name").asText();
        assertThat(workspace
                        .send("PUT", "/files/" + freeName.replace(" ", "%20"), "two")
                        .statusCode())
                .isEqualTo(201);
        String tag = ways.findValue("value").asText();
        assertThat(workspace
                        .send("PUT", "/files/plan.txt", "two", "If-Match", tag)
                        .statusCode())
                .isEqualTo(204);
        assertThat(workspace.send("PUT", "/files/elsewhere.txt", "two").statusCode())
                .isEqualTo(201);
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
