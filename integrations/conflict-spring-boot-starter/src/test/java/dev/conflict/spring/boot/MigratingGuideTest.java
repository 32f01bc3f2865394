package dev.conflict.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.spring.boot.migrated.Answers;
import dev.conflict.spring.boot.migrating.OldApplication;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The application of docs/migrating.md, before, with the starter beside its advice, and in the end. */
class MigratingGuideTest {
    @Test
    void adviceTellsWhatTheDatabaseSaid() {
        try (Application before = Application.start(OldApplication.class, "conflict.enabled=false")) {
            take(before, "/accounts/");

            HttpResponse<String> taken = before.send("POST", "/accounts/2", "ann");

            assertThat(taken.statusCode()).isEqualTo(409);
            assertThat(taken.body()).containsIgnoringCase("insert into account");
            assertThat(before.send("PUT", "/accounts/1", "").body()).contains("Please reload");
        }
    }

    @Test
    void starterAnswersConflictsAndTheAdviceTheRest() {
        try (Application beside = Application.start(OldApplication.class)) {
            take(beside, "/accounts/");

            HttpResponse<String> taken = beside.send("POST", "/accounts/2", "ann");
            HttpResponse<String> lost = beside.send("PUT", "/accounts/1", "");

            assertThat(taken.statusCode()).isEqualTo(409);
            assertThat(taken.body()).contains("about:blank").doesNotContainIgnoringCase("account_name", "insert");
            assertThat(lost.statusCode()).isEqualTo(409);
            assertThat(lost.body()).contains("VERSION_MISMATCH").doesNotContain("Please reload");
            assertThat(beside.send("POST", "/broken", "").body()).isEqualTo("{\"message\":\"Internal error\"}");
        }
    }

    @Test
    void declaredConstraintNamesItsFieldInTheShapeThatClientsKnow() {
        try (Application after =
                Application.start(OldApplication.class, "spring.main.sources=" + Answers.class.getName())) {
            take(after, "/accounts/");

            HttpResponse<String> taken = after.send("POST", "/accounts/2", "ann", "Accept", "application/json");

            assertThat(taken.statusCode()).isEqualTo(409);
            assertThat(taken.body()).contains("\"code\":\"NAME_TAKEN\"", "\"conflictingField\":\"name\"", "\"type\"");
            HttpResponse<String> older = after.send("POST", "/api/v1/accounts/2", "ann");
            assertThat(older.body())
                    .contains("\"details\":{\"code\":\"NAME_TAKEN\"")
                    .doesNotContain("\"type\"");
        }
    }

    private static void take(Application application, String path) {
        assertThat(application.send("POST", path + "1", "ann").statusCode()).isEqualTo(200);
    }
}
