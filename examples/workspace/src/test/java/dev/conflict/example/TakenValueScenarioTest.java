package dev.conflict.example;

import static dev.conflict.example.Refused.refused;
import static dev.conflict.example.Refused.refusedWithoutAWord;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.Disclosure;
import dev.conflict.harness.DatabaseEngine;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario 2: somebody wants an e-mail address or a name that another has. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class TakenValueScenarioTest extends Scenario {
    private static final String[] SIGNED_IN = {
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString("charles:babbage".getBytes(StandardCharsets.UTF_8))
    };

    private static String user(String email, String username) {
        return "{\"email\":\"" + email + "\",\"username\":\"" + username + "\"}";
    }

    private void created(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void emailIsToldToBeTakenAndItsOwnerRecoversTheAccount() {
        created(workspace.send("POST", "/users", user("ann@example.org", "ann")));

        JsonNode refusal = refused(
                workspace.send("POST", "/users", user("ann@example.org", "annie")),
                409,
                "uniqueness",
                "EMAIL_TAKEN",
                Map.of(
                        "conflictingField", "email",
                        "conflictingValue", "ann@example.org",
                        "links", Map.of("recover", "/recoveries")));

        String recover = refusal.get("links").get("recover").asText();
        assertThat(workspace
                        .send("POST", recover, "{\"email\":\"ann@example.org\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(workspace.mailTo("ann@example.org")).contains("password");
    }

    @Test
    void emailIsToldToBeTakenAndAnotherOneIsFree() {
        created(workspace.send("POST", "/users", user("bob@example.org", "bob.1")));
        assertThat(workspace
                        .send("POST", "/users", user("bob@example.org", "bob.2"))
                        .statusCode())
                .isEqualTo(409);

        created(workspace.send("POST", "/users", user("robert@example.org", "bob.2")));
    }

    @Test
    void emailIsToldToBeTakenToTheSignedInAlone(@TempDir Path another) {
        try (RunningWorkspace discreet = new RunningWorkspace(engine, another, Disclosure.AUTHENTICATED)) {
            created(discreet.send("POST", "/users", user("ann@example.org", "ann")));
            String taken = user("ann@example.org", "annie");

            refusedWithoutAWord(discreet.send("POST", "/users", taken));
            refused(
                    discreet.send("POST", "/users", taken, SIGNED_IN),
                    409,
                    "uniqueness",
                    "EMAIL_TAKEN",
                    Map.of(
                            "conflictingField", "email",
                            "conflictingValue", "ann@example.org",
                            "links", Map.of("recover", "/recoveries")));

            created(discreet.send("POST", "/users", user("annie@example.org", "annie"), SIGNED_IN));
        }
    }

    @Test
    void emailThatIsHiddenIsToldToNobody(@TempDir Path another) {
        try (RunningWorkspace silent = new RunningWorkspace(engine, another, Disclosure.HIDDEN)) {
            created(silent.send("POST", "/users", user("ann@example.org", "ann")));

            refusedWithoutAWord(silent.send("POST", "/users", user("ann@example.org", "annie")));
            refusedWithoutAWord(silent.send("POST", "/users", user("ann@example.org", "annie"), SIGNED_IN));

            created(silent.send("POST", "/users", user("annie@example.org", "annie")));
        }
    }

    /** Whoever signs up with a stranger's address cannot tell the answer from another; its owner gets a way back. */
    @Test
    void strangerGetsANeutralAnswerAndTheOwnerAMail() {
        created(workspace.send("POST", "/users", user("owner@example.org", "owner")));

        HttpResponse<String> taken = workspace.send("POST", "/sign-ups", user("owner@example.org", "stranger"));
        HttpResponse<String> free = workspace.send("POST", "/sign-ups", user("new@example.org", "stranger"));

        assertThat(taken.statusCode()).isEqualTo(free.statusCode()).isEqualTo(202);
        assertThat(taken.body()).isEqualTo(free.body()).isEqualTo("{\"next\":\"Look into your mail.\"}");
        assertThat(fields(taken)).isEqualTo(fields(free));
        for (String path : List.of("/sign-ups/", "/%73ign-ups")) {
            HttpResponse<String> takenThere = workspace.send("POST", path, user("owner@example.org", "stranger"));
            HttpResponse<String> freeThere = workspace.send("POST", path, user("new@example.org", "stranger"));
            assertThat(takenThere.statusCode())
                    .isEqualTo(freeThere.statusCode())
                    .isIn(202, 404); // if it leads there
            assertThat(withoutTheMoment(takenThere)).isEqualTo(withoutTheMoment(freeThere));
        }

        assertThat(workspace.mailTo("owner@example.org")).contains("/recoveries");
        assertThat(workspace
                        .send("POST", "/recoveries", "{\"email\":\"owner@example.org\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(workspace.mailTo("owner@example.org")).contains("password");

        String confirm = workspace.mailTo("new@example.org");
        created(workspace.send("POST", confirm.substring(confirm.indexOf("/sign-ups/")), ""));
        assertThat(workspace
                        .send("POST", confirm.substring(confirm.indexOf("/sign-ups/")), "")
                        .statusCode())
                .isEqualTo(404);
    }

    private static String withoutTheMoment(HttpResponse<String> answer) {
        return answer.body().replaceAll("\"timestamp\":\"[^\"]*\"", "");
    }

    @Test
    void recoveryOfAnAccountThatIsNotThereTellsNothing() {
        created(workspace.send("POST", "/users", user("there@example.org", "there")));

        HttpResponse<String> there = workspace.send("POST", "/recoveries", "{\"email\":\"there@example.org\"}");
        HttpResponse<String> nobody = workspace.send("POST", "/recoveries", "{\"email\":\"nobody@example.org\"}");

        assertThat(nobody.statusCode()).isEqualTo(there.statusCode()).isEqualTo(202);
        assertThat(nobody.body()).isEqualTo(there.body());
        assertThat(fields(nobody)).isEqualTo(fields(there));
        assertThat(workspace.mailTo("nobody@example.org")).isEmpty();
    }

    private static Map<String, List<String>> fields(HttpResponse<String> answer) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(answer.headers().map());
        fields.remove("date");
        return fields;
    }

    @Test
    void usernameIsTakenAndAnAlternativeIsFree() {
        created(workspace.send("POST", "/users", user("carl@example.org", "carl")));
        created(workspace.send("POST", "/users", user("carl.1@example.org", "carl1")));

        JsonNode refusal = refused(
                workspace.send("POST", "/users", user("carl.2@example.org", "carl")),
                409,
                "uniqueness",
                "USERNAME_TAKEN",
                Map.of(
                        "conflictingField", "username",
                        "conflictingValue", "carl",
                        "alternatives", List.of("carl2", "carl_")));

        refusal.get("alternatives")
                .forEach(name ->
                        created(workspace.send("POST", "/users", user(name.asText() + "@example.org", name.asText()))));
    }

    @Test
    void bothAreTakenAndBothAreTold() {
        created(workspace.send("POST", "/users", user("dora@example.org", "dora")));

        JsonNode refusal = refused(
                workspace.send("POST", "/users", user("dora@example.org", "dora")),
                409,
                "several-conflicts",
                "SEVERAL_CONFLICTS",
                Map.of("errors", List.of(emailTaken(), usernameTaken())));

        assertThat(refusal.get("errors").findValuesAsText("pointer")).containsExactly("#/email", "#/username");
        created(workspace.send("POST", "/users", user("dora.2@example.org", "dora2")));
    }

    private static Map<String, Object> emailTaken() {
        return Map.of(
                "code", "EMAIL_TAKEN",
                "detail", "The value of \"email\" is taken.",
                "field", "email",
                "pointer", "#/email",
                "conflictingValue", "dora@example.org",
                "suggestion", "Choose another value.",
                "links", Map.of("recover", "/recoveries"));
    }

    private static Map<String, Object> usernameTaken() {
        return Map.of(
                "code", "USERNAME_TAKEN",
                "detail", "The value of \"username\" is taken.",
                "field", "username",
                "pointer", "#/username",
                "conflictingValue", "dora",
                "alternatives", List.of("dora1", "dora2", "dora_"),
                "suggestion", "Choose another value.");
    }

    /** The guard looks before the write; between both, another request fits, and then the constraint decides. */
    @Test
    void ofManyWhoTakeOneNameAtOnceOneWinsAndAllOthersAreOfferedFreeOnes() throws Exception {
        for (int round = 0; round < 10; round++) {
            String name = "erna" + round + "-";
            List<HttpResponse<String>> answers =
                    workspace.atOnce(16, i -> workspace.send("POST", "/users", user(name + i + "@example.org", name)));

            List<HttpResponse<String>> losers = new ArrayList<>(answers);
            losers.removeIf(answer -> answer.statusCode() == 201);
            assertThat(losers).hasSize(15);
            for (HttpResponse<String> loser : losers) {
                refused(
                        loser,
                        409,
                        "uniqueness",
                        "USERNAME_TAKEN",
                        Map.of(
                                "conflictingField",
                                "username",
                                "conflictingValue",
                                name,
                                "alternatives",
                                List.of(name + "1", name + "2", name + "_")));
            }
        }
    }

    @Test
    void ofManyWhoTakeOneEmailAtOnceOneWinsAndAllOthersGetTheSameAnswer() throws Exception {
        List<HttpResponse<String>> answers =
                workspace.atOnce(16, i -> workspace.send("POST", "/users", user("fritz@example.org", "fritz-" + i)));

        List<HttpResponse<String>> losers = new ArrayList<>(answers);
        losers.removeIf(answer -> answer.statusCode() == 201);
        assertThat(losers).hasSize(15);
        for (HttpResponse<String> loser : losers) {
            refused(
                    loser,
                    409,
                    "uniqueness",
                    "EMAIL_TAKEN",
                    Map.of(
                            "conflictingField", "email",
                            "conflictingValue", "fritz@example.org",
                            "links", Map.of("recover", "/recoveries")));
        }
    }
}
