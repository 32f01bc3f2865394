package dev.conflict.example;

import static dev.conflict.example.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.test.ProblemAssert;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario 4: somebody cancels an order, and it is too late. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class OrderStateScenarioTest extends Scenario {
    private static final String REASON = "{\"reason\":\"The parcel is lost.\"}";

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> override(String order, String credentials, String seen) {
        return workspace.send(
                "POST", order + "/override", REASON, "Authorization", basic(credentials), "If-Match", seen);
    }

    @Test
    void shippedOrderIsNotCancelledAndCanBeReturned() {
        String order = order("pay", "ship");

        JsonNode refusal = refused(
                workspace.send("POST", order + "/cancel", ""),
                409,
                "state-conflict",
                "ORDER_ALREADY_SHIPPED",
                Map.of(
                        "currentStatus", "SHIPPED",
                        "attemptedAction", "cancel",
                        "allowedActions", List.of("return")));
        assertThat(refusal.get("detail").asText()).isEqualTo("The order is on its way.");
        assertThat(refusal.get("suggestion").asText()).isEqualTo("Open a return instead.");

        assertThat(workspace.act(order, "return").get("status").asText()).isEqualTo("RETURNED");
    }

    @Test
    void shippedOrderIsNotDeletedEitherUntilItIsReturned() {
        String order = order("pay", "ship");
        String product = "/products/" + workspace.read(order).get("product").asLong();

        refused(
                workspace.send("DELETE", order, "", "If-Match", workspace.tag(order)),
                409,
                "state-conflict",
                "ORDER_ALREADY_SHIPPED",
                Map.of(
                        "currentStatus", "SHIPPED",
                        "attemptedAction", "cancel",
                        "allowedActions", List.of("return")));

        workspace.act(order, "return");
        assertThat(workspace
                        .send("DELETE", order, "", "If-Match", workspace.tag(order))
                        .statusCode())
                .isEqualTo(204);
        assertThat(workspace.read(product).get("stock").asLong()).isEqualTo(98); // whoever unpacks it counts it
    }

    @Test
    void cancelledOrderIsNotCancelledAgain() {
        String order = order("cancel");

        JsonNode refusal = refused(
                workspace.send("POST", order + "/cancel", ""),
                409,
                "state-conflict",
                "ORDER_ALREADY_CANCELLED",
                Map.of("currentStatus", "CANCELLED", "attemptedAction", "cancel", "allowedActions", List.of()));
        assertThat(refusal.get("detail").asText()).isEqualTo("The order was cancelled before.");
        assertThat(refusal.get("suggestion").asText()).isEqualTo("Nothing is left to do.");

        assertThat(workspace.read(order).get("status").asText()).isEqualTo("CANCELLED"); // what was wanted
    }

    @Test
    void actionThatIsRefusedIsShownDisabledWithItsReason() {
        JsonNode shipped = workspace.read(order("pay", "ship"));
        assertThat(shipped.get("actions")).hasToString("[\"return\"]");
        assertThat(shipped.get("disabled")).hasToString("{\"cancel\":\"The order is on its way.\"}");

        JsonNode paid = workspace.read(order("pay"));
        assertThat(paid.get("actions")).hasToString("[\"ship\",\"cancel\"]");
        assertThat(paid.get("disabled")).isEmpty();
    }

    @Test
    void administratorCancelsWhatIsShippedAndThatIsRecorded() {
        String order = order("pay", "ship");
        String seen = workspace.tag(order);

        ProblemAssert.assertProblem(workspace.send("POST", order + "/override", REASON, "If-Match", seen))
                .hasStatus(403);
        ProblemAssert.assertProblem(override(order, "charles:babbage", seen)).hasStatus(403);
        assertThat(override(order, "ada:wrong", seen).statusCode()).isEqualTo(401);
        assertThat(workspace.read(order).get("decision").isNull()).isTrue();

        assertThat(override(order, "ada:lovelace", seen).statusCode()).isEqualTo(200);
        JsonNode cancelled = workspace.read(order);
        assertThat(cancelled.get("status").asText()).isEqualTo("CANCELLED");
        assertThat(cancelled.get("decision").get("by").asText()).isEqualTo("ada");
        assertThat(cancelled.get("decision").get("reason").asText()).isEqualTo("The parcel is lost.");
        assertThat(cancelled.get("decision").get("at").asText()).isNotBlank();
    }

    @Test
    void administratorStatesWhatHeSaw() {
        String order = order("pay");
        String seen = workspace.tag(order);
        workspace.act(order, "ship");

        refused(
                workspace.send("POST", order + "/override", REASON, "Authorization", basic("ada:lovelace")),
                428,
                "precondition-required",
                "PRECONDITION_REQUIRED",
                Map.of("acceptedHeaders", List.of("If-Match")));
        refused(
                override(order, "ada:lovelace", seen),
                412,
                "precondition-failed",
                "VERSION_MISMATCH",
                Map.of("requestedEtag", seen, "currentEtag", workspace.tag(order)));

        assertThat(override(order, "ada:lovelace", workspace.tag(order)).statusCode())
                .isEqualTo(200);
        refused(
                override(order, "ada:lovelace", workspace.tag(order)),
                409,
                "state-conflict",
                "ORDER_ALREADY_CANCELLED",
                Map.of("currentStatus", "CANCELLED", "attemptedAction", "cancel", "allowedActions", List.of()));
    }

    /** What was reserved for the order goes back to the shelf once, however many cancel it. */
    @Test
    void ofManyWhoCancelAtOnceOneWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            String order = order();
            String product = "/products/" + workspace.read(order).get("product").asLong();
            assertThat(workspace.read(product).get("stock").asLong()).isEqualTo(98);

            List<HttpResponse<String>> answers =
                    workspace.atOnce(16, i -> workspace.send("POST", order + "/cancel", ""));

            assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
            for (HttpResponse<String> answer : answers) {
                if (answer.statusCode() != 200) {
                    refused(
                            answer,
                            409,
                            "state-conflict",
                            "ORDER_ALREADY_CANCELLED",
                            Map.of(
                                    "currentStatus", "CANCELLED",
                                    "attemptedAction", "cancel",
                                    "allowedActions", List.of()));
                }
            }
            assertThat(workspace.read(product).get("stock").asLong()).isEqualTo(100);
        }
    }
}
