package dev.conflict.example;

import static dev.conflict.example.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.harness.DatabaseEngine;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario 6: a customer is to be deleted, and there are orders. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class DependentOrdersScenarioTest extends Scenario {
    private String customer() {
        return workspace.create("/customers", "{\"name\":\"Ann\"}");
    }

    private String order(String customer, long product) {
        return workspace.create(customer + "/orders", orderOf(product, 1));
    }

    private HttpResponse<String> delete(String path) {
        return workspace.send("DELETE", path, "", "If-Match", workspace.tag(path));
    }

    private static Map<String, String> dependent(String order) {
        return Map.of("name", "Order " + order.substring("/orders/".length()), "href", order);
    }

    @Test
    void ordersAreDeletedOrGivenElsewhereAndThenTheCustomerGoes() {
        long product = product(100);
        String customer = customer();
        String first = order(customer, product);
        String second = order(customer, product);

        JsonNode refusal = refused(
                delete(customer),
                409,
                "dependency",
                "HAS_ACTIVE_CHILDREN",
                Map.of("dependentCount", 2, "dependents", List.of(dependent(first), dependent(second))));

        List<String> links = new ArrayList<>();
        refusal.get("dependents")
                .forEach(dependent -> links.add(dependent.get("href").asText()));
        assertThat(delete(links.get(0)).statusCode()).isEqualTo(204);
        String other = customer();
        long otherId = workspace.read(other).get("id").asLong();
        assertThat(workspace
                        .send("POST", links.get(1) + "/give", "{\"customer\":" + otherId + "}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(delete(customer).statusCode()).isEqualTo(204);

        assertThat(workspace.send("GET", customer, "").statusCode()).isEqualTo(404);
        assertThat(workspace.read(second).get("customer").asLong()).isEqualTo(otherId);
        assertThat(workspace.read(other).get("orders").asLong()).isEqualTo(1);
        assertThat(workspace.read("/products/" + product).get("stock").asLong()).isEqualTo(99);
    }

    @Test
    void ofManyOrdersTheFirstTwentyAreNamed() {
        long product = product(100);
        String customer = customer();
        List<Map<String, String>> named = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String order = order(customer, product);
            if (named.size() < 20) {
                named.add(dependent(order));
            }
        }

        refused(
                delete(customer),
                409,
                "dependency",
                "HAS_ACTIVE_CHILDREN",
                Map.of("dependentCount", 25, "dependents", named));
    }

    @Test
    void whateverHappensToAnOrderOutdatesWhoSawTheCustomerBefore() {
        long product = product(100);
        String customer = customer();
        String other = customer();
        String[] order = {""};
        List<Runnable> changes = List.of(
                () -> order[0] = order(customer, product),
                () -> workspace.send(
                        "POST",
                        order[0] + "/give",
                        "{\"customer\":" + workspace.read(other).get("id") + "}"),
                () -> workspace.send(
                        "POST",
                        order[0] + "/give",
                        "{\"customer\":" + workspace.read(customer).get("id") + "}"),
                () -> assertThat(delete(order[0]).statusCode()).isEqualTo(204));
        for (Runnable change : changes) {
            String seen = workspace.tag(customer);
            change.run();

            refused(
                    workspace.send("POST", customer + "/orders", orderOf(product, 1), "If-Match", seen),
                    412,
                    "precondition-failed",
                    "VERSION_MISMATCH",
                    Map.of("requestedEtag", seen, "currentEtag", workspace.tag(customer)));
        }
        assertThat(delete(customer).statusCode()).isEqualTo(204);
    }

    @Test
    void orderForACustomerWhoIsBeingDeletedIsEitherInTheWayOrTooLate() throws Exception {
        long product = product(1000);
        for (int round = 0; round < 20; round++) {
            String customer = customer();
            String seen = workspace.tag(customer);

            List<HttpResponse<String>> answers = workspace.atOnce(
                    2,
                    i -> i == 0
                            ? workspace.send("DELETE", customer, "", "If-Match", seen)
                            : workspace.send("POST", customer + "/orders", orderOf(product, 1)));

            int deleted = answers.get(0).statusCode();
            int ordered = answers.get(1).statusCode();
            assertThat(List.of(deleted, ordered)).isIn(List.of(204, 404), List.of(412, 201));
        }
    }

    @Test
    void orderGivenToNobodyStaysWhereItIs() {
        String customer = customer();
        String order = order(customer, product(10));

        refused(
                workspace.send("POST", order + "/give", "{\"customer\":4711}"),
                422,
                "integrity",
                "INTEGRITY_VIOLATION",
                Map.of("conflictingField", "customer", "rule", "exists"));
        assertThat(workspace.read(customer).get("orders").asLong()).isEqualTo(1);
    }
}
