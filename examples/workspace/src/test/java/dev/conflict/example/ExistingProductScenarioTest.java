package dev.conflict.example;

import static dev.conflict.example.Refused.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.harness.DatabaseEngine;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Scenario 3: a product that somebody wants to create is there already. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class ExistingProductScenarioTest extends Scenario {
    private static String product(String sku, int stock) {
        return "{\"sku\":\"" + sku + "\",\"name\":\"Lamp\",\"stock\":" + stock + "}";
    }

    @Test
    void linkLeadsIntoTheUpdateOfTheExistingProduct() {
        String first = workspace.create("/products", product("A-1", 3));

        String existing = refused(
                        workspace.send("POST", "/products", product("A-1", 5)),
                        409,
                        "already-exists",
                        "SKU_EXISTS",
                        Map.of("existing", first, "conflictingField", "sku"))
                .get("existing")
                .asText();
        HttpResponse<String> read = workspace.send("GET", existing, "");
        HttpResponse<String> updated = workspace.send("PUT", existing, product("A-1", 3 + 5), "If-Match", tag(read));

        assertThat(updated.statusCode()).isEqualTo(200);
        assertThat(workspace.read(existing).get("stock").asInt()).isEqualTo(8);
    }

    /** Between the look and the write another creation fits; then the constraint refuses, and the answer has its link all the same. */
    @Test
    void ofManyWhoCreateOneAtOnceOneWinsAndTheLinkOfAllOthersLeadsThere() throws Exception {
        for (int round = 0; round < 10; round++) {
            String body = product("B-" + round, 1);
            List<HttpResponse<String>> answers = workspace.atOnce(16, i -> workspace.send("POST", "/products", body));

            HttpResponse<String> won = answers.stream()
                    .filter(answer -> answer.statusCode() == 201)
                    .findFirst()
                    .orElseThrow();
            String location = won.headers().firstValue("Location").orElseThrow();
            for (HttpResponse<String> answer : answers) {
                if (!answer.equals(won)) {
                    refused(
                            answer,
                            409,
                            "already-exists",
                            "SKU_EXISTS",
                            Map.of("existing", location, "conflictingField", "sku"));
                }
            }
        }
    }
}
