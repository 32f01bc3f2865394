package dev.conflict.example;

import dev.conflict.harness.DatabaseEngine;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;

/** A workspace on one database, in which people get into conflicts and out of them again. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class Scenario {
    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    DatabaseEngine engine;

    @SuppressWarnings("NullAway.Init")
    RunningWorkspace workspace;

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(@TempDir Path folder) {
        workspace = new RunningWorkspace(engine, folder);
    }

    @AfterParameterizedClassInvocation(injectArguments = false)
    void stop() {
        workspace.close();
    }

    static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    /** Creates a customer, a product of which there is plenty, and an order that has come as far as the actions take it. */
    String order(String... actions) {
        String customer = workspace.create("/customers", "{\"name\":\"Ann\"}");
        String order = workspace.create(customer + "/orders", orderOf(product(100), 2));
        for (String action : actions) {
            workspace.act(order, action);
        }
        return order;
    }

    /** Creates a product and returns its id. */
    long product(long stock) {
        String sku = "S-" + UUID.randomUUID();
        String product =
                workspace.create("/products", "{\"sku\":\"" + sku + "\",\"name\":\"Lamp\",\"stock\":" + stock + "}");
        return workspace.read(product).get("id").asLong();
    }

    static String orderOf(long product, long quantity) {
        return "{\"product\":" + product + ",\"quantity\":" + quantity + "}";
    }
}
