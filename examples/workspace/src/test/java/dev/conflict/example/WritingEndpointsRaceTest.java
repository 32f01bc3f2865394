package dev.conflict.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.test.Answer;
import dev.conflict.test.LostUpdate;
import dev.conflict.test.RaceReport;
import dev.conflict.test.Reading;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** 16 clients at each endpoint that changes something countable; {@link DocumentRaceTest} has PUT of a document. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class WritingEndpointsRaceTest extends Scenario {
    private static final int CLIENTS = 16;
    private static final int ROUNDS = 20;
    private static final int HOT_ROUNDS = 10;
    private static final long PLENTY = 1_000_000;

    private final HttpClient client = RunningWorkspace.newClient();

    /** A race in which a reading is validated by a member of the body, or by the tag where none is named. */
    private LostUpdate race(
            String path, ToLongFunction<JsonNode> count, String member, Function<Reading, HttpRequest.Builder> write) {
        return LostUpdate.race(
                        () -> {
                            HttpResponse<String> read = exchange(request(path).GET());
                            JsonNode body = RunningWorkspace.json(read);
                            String validator = member.isEmpty()
                                    ? tag(read)
                                    : body.get(member).asText();
                            return new Reading(count.applyAsLong(body), read.body(), validator);
                        },
                        base -> answer(RunningWorkspace.held(exchange(write.apply(base)))))
                .with(CLIENTS)
                .rounds(ROUNDS);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(workspace.uri().resolve(path));
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** A refusal names the state that stood in the way, as it names the version that was sent. */
    private static Answer answer(HttpResponse<String> answer) {
        if (answer.statusCode() < 400) {
            return Answer.of(answer.statusCode());
        }
        JsonNode body = RunningWorkspace.json(answer);
        JsonNode current = body.has("currentEtag") ? body.get("currentEtag") : body.get("currentVersion");
        return new Answer(answer.statusCode(), current == null ? null : current.asText(), "");
    }

    /** Each round has a winner, and each success arrived; the others were told which state stood in their way. */
    private static void oneSuccessForEachIncrement(RaceReport report, int refusal) {
        assertThat(report.increments()).isEqualTo(report.successes()).isGreaterThanOrEqualTo(ROUNDS);
        assertThat(report.refusals().keySet()).containsExactly(refusal);
        assertThat(report.refusalsWithoutValidator()).isZero();
        assertThat(report.untrueValidators()).isEmpty();
        assertThat(report.unknownOutcomes()).isZero();
        assertThat(report.failedReads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "modified"})
    void documentsByTheVersionInTheBody(String member) {
        String document = workspace.create("/documents", "{\"title\":\"0\",\"text\":\"\"}");

        RaceReport report = race(document, it -> it.get("title").asLong(), member, base -> {
                    String version = member.equals("version") ? base.validator() : "\"" + base.validator() + "\"";
                    String body = "{\"title\":\"" + (base.count() + 1) + "\",\"" + member + "\":" + version + "}";
                    return request(document).method("PATCH", BodyPublishers.ofString(body));
                })
                .assertNoneLost();

        oneSuccessForEachIncrement(report, 409);
    }

    @Test
    void productsByTag() {
        String product = "/products/" + product(0);

        RaceReport report = race(product, it -> it.get("stock").asLong(), "", base -> {
                    String body = "{\"name\":\"Lamp\",\"stock\":" + (base.count() + 1) + "}";
                    return request(product)
                            .header("If-Match", String.valueOf(base.validator()))
                            .PUT(BodyPublishers.ofString(body));
                })
                .assertNoneLost();

        oneSuccessForEachIncrement(report, 412);
    }

    /** A child alone would not move the version that its writers state. */
    @Test
    void ordersByTheTagOfTheirCustomer() {
        String customer = workspace.create("/customers", "{\"name\":\"Ann\"}");
        String order = orderOf(product(PLENTY), 1);

        RaceReport report = race(
                        customer,
                        it -> it.get("orders").asLong(),
                        "",
                        base -> request(customer + "/orders")
                                .header("If-Match", String.valueOf(base.validator()))
                                .POST(BodyPublishers.ofString(order)))
                .assertNoneLost();

        oneSuccessForEachIncrement(report, 412);
    }

    /** All want one row, nobody states a version of it: the server tries again, and nobody is refused. */
    @Test
    void ordersOfOneProduct() {
        List<String> customers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            customers.add(workspace.create("/customers", "{\"name\":\"Ann\"}"));
        }
        long product = product(PLENTY);
        AtomicInteger next = new AtomicInteger();

        RaceReport report = race(
                        "/products/" + product, it -> PLENTY - it.get("stock").asLong(), "", base -> {
                            String customer = customers.get(next.getAndIncrement() % CLIENTS);
                            return request(customer + "/orders").POST(BodyPublishers.ofString(orderOf(product, 1)));
                        })
                .rounds(HOT_ROUNDS)
                .assertNoneLost();

        assertThat(report.refusals()).isEmpty();
        assertThat(report.increments()).isEqualTo((long) CLIENTS * HOT_ROUNDS);
        assertThat(customers.stream()
                        .mapToLong(customer ->
                                workspace.read(customer).get("orders").asLong())
                        .sum())
                .isEqualTo((long) CLIENTS * HOT_ROUNDS);
    }

    /** The customer's tag still holds when another customer's order has taken pieces of the same product. */
    @Test
    void ordersOfOneProductEachByTheTagOfItsOwnCustomer() throws Exception {
        long product = product(PLENTY);
        List<String> customers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            customers.add(workspace.create("/customers", "{\"name\":\"Ann\"}"));
        }
        for (int round = 0; round < 5; round++) {
            List<String> tags = customers.stream().map(workspace::tag).toList();

            List<HttpResponse<String>> answers = workspace.atOnce(
                    CLIENTS,
                    i -> workspace.send(
                            "POST", customers.get(i) + "/orders", orderOf(product, 1), "If-Match", tags.get(i)));

            assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
        }
        assertThat(workspace.read("/products/" + product).get("stock").asLong()).isEqualTo(PLENTY - 5 * CLIENTS);
    }

    @Test
    void files() {
        workspace.send("PUT", "/files/count.txt", "0");

        RaceReport report = LostUpdate.http(client, workspace.uri().resolve("/files/count.txt"))
                .count(Long::parseLong)
                .change(body -> String.valueOf(Long.parseLong(body) + 1))
                .race()
                .with(CLIENTS)
                .rounds(ROUNDS)
                .assertNoneLost();

        assertThat(report.increments()).isEqualTo(report.successes()).isGreaterThanOrEqualTo(ROUNDS);
        assertThat(report.refusals().keySet()).containsExactly(412);
    }

    /** Endpoints after which there is nothing left to count: of those who state one version, one wins. */
    @ParameterizedTest
    @ValueSource(strings = {"document", "customer", "order", "pay", "cancel", "give", "ask"})
    void ofManyWhoStateOneVersionOneWins(String what) throws Exception {
        String other = workspace
                .read(workspace.create("/customers", "{\"name\":\"Ben\"}"))
                .get("id")
                .asText();
        for (int round = 0; round < 10; round++) {
            String target = switch (what) {
                case "document" -> workspace.create("/documents", "{\"title\":\"\",\"text\":\"\"}");
                case "customer" -> workspace.create("/customers", "{\"name\":\"Ann\"}");
                case "ask" -> workspace.create("/tasks", "{\"title\":\"\"}");
                default -> order();
            };
            boolean delete = List.of("document", "customer", "order").contains(what);
            String seen = workspace.tag(target);

            List<HttpResponse<String>> answers = workspace.atOnce(
                    CLIENTS,
                    i -> workspace.send(
                            delete ? "DELETE" : "POST",
                            delete ? target : target + "/" + what,
                            delete ? "" : "{\"customer\":" + other + "}",
                            "If-Match",
                            seen));

            assertThat(answers).filteredOn(answer -> answer.statusCode() < 300).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.statusCode() >= 300)
                    .extracting(HttpResponse::statusCode)
                    .isSubsetOf(delete ? List.of(404, 412) : List.of(412));
        }
    }
}
