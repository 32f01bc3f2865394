package dev.conflict.example;

import static dev.conflict.example.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.conflict.harness.DatabaseEngine;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario 7: an order of something that is not there, or of no pieces, refused by a guard and by the database. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class BrokenRuleScenarioTest extends Scenario {
    private static final long NOTHING = 4711;

    @ParameterizedTest
    @CsvSource({"missing, 1, product, exists", "there, 0, quantity, positive", "there, -3, quantity, positive"})
    void guardAndDatabaseGiveTheSameAnswerAndTheCorrectedOrderIsTaken(
            String reference, long quantity, String field, String rule) {
        long there = product(10);
        long product = reference.equals("there") ? there : NOTHING;
        String customer = workspace.create("/customers", "{\"name\":\"Ann\"}");
        String id = customer.substring("/customers/".length());

        JsonNode guard =
                refusedOrder(workspace.send("POST", customer + "/orders", orderOf(product, quantity)), field, rule);
        JsonNode database = refusedOrder(
                workspace.send("POST", "/unguarded/orders/" + id, orderOf(product, quantity)), field, rule);
        assertThat(told(database)).isEqualTo(told(guard));
        assertThat(workspace.read(customer).get("orders").asLong()).isZero();

        assertThat(workspace
                        .send("POST", customer + "/orders", orderOf(there, 1))
                        .statusCode())
                .isEqualTo(201);
        assertThat(workspace
                        .send("POST", "/unguarded/orders/" + id, orderOf(there, 1))
                        .statusCode())
                .isEqualTo(204);
    }

    private static JsonNode refusedOrder(HttpResponse<String> answer, String field, String rule) {
        return refused(
                answer, 422, "integrity", "INTEGRITY_VIOLATION", Map.of("conflictingField", field, "rule", rule));
    }

    /** What is told, without what differs from one request to another. */
    private static JsonNode told(JsonNode body) {
        return ((ObjectNode) body.deepCopy()).without(List.of("instance", "timestamp", "path"));
    }

    @Test
    void bothFaultsOfAnOrderAreToldTogether() {
        String customer = workspace.create("/customers", "{\"name\":\"Ann\"}");

        JsonNode errors = RunningWorkspace.json(workspace.send("POST", customer + "/orders", orderOf(NOTHING, 0)))
                .get("errors");
        assertThat(errors).hasSize(2);
        assertThat(errors.findValuesAsText("field")).containsExactly("product", "quantity");
        assertThat(errors.findValuesAsText("pointer")).containsExactly("#/product", "#/quantity");
    }

    @Test
    void whatIsOutOfStockIsNotOrderedUntilSomebodyHasCountedTheShelf() {
        long product = product(1);
        String customer = workspace.create("/customers", "{\"name\":\"Ann\"}");

        refused(
                workspace.send("POST", customer + "/orders", orderOf(product, 2)),
                409,
                "state-conflict",
                "OUT_OF_STOCK",
                Map.of("attemptedAction", "order", "stock", 1));
        String path = "/products/" + product;
        assertThat(workspace
                        .send("PUT", path, "{\"name\":\"Lamp\",\"stock\":5}", "If-Match", workspace.tag(path))
                        .statusCode())
                .isEqualTo(200);
        assertThat(workspace
                        .send("POST", customer + "/orders", orderOf(product, 2))
                        .statusCode())
                .isEqualTo(201);
        assertThat(workspace.read(path).get("stock").asLong()).isEqualTo(3);
    }
}
