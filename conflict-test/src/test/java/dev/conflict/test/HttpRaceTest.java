package dev.conflict.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.conflict.test.LoopbackServer.Request;
import dev.conflict.test.LoopbackServer.Response;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HttpRaceTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final CounterResource counter = new CounterResource();
    private final LoopbackServer server;

    HttpRaceTest() throws IOException {
        server = new LoopbackServer(counter::handle);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private HttpRace exchange() {
        return LostUpdate.http(client, server.uri("/counter"));
    }

    private HttpRace counting() {
        return exchange().count(HttpRaceTest::number).change(body -> "{\"n\": " + (number(body) + 1) + "}");
    }

    private static long number(String body) {
        return Long.parseLong(body.replaceAll("[^0-9]", ""));
    }

    @Test
    void guardedResourceLosesNothing() {
        RaceReport report = counting().race().with(16).rounds(4).assertNoneLost();

        assertThat(report.increments()).isEqualTo(report.successes()).isGreaterThanOrEqualTo(4);
        assertThat(report.refusals()).containsOnlyKeys(412);
        assertThat(report.refusalsWithoutValidator()).isZero();
        assertThat(report.unjudgedValidators()).isZero();
        assertThat(report.validatorReuse()).isEmpty();
    }

    @Test
    void everyClientGetsThroughWhenItTriesAgain() {
        RaceReport report = counting().race().with(8).rounds(3).untilDone(8).assertNoneLost();

        assertThat(report.successes()).isEqualTo(24);
        assertThat(report.finalCount()).isEqualTo(24);
        assertThat(report.gaveUp()).isZero();
    }

    @Test
    void resourceThatIgnoresIfMatchLoses() {
        counter.guarded = false;

        RaceReport report = counting().race().with(4).rounds(1).run();

        assertThat(report.successes()).isEqualTo(4);
        assertThat(report.lostUpdates()).isEqualTo(3);
    }

    @Test
    void currentValidatorComesFromWhereTheUserSays() {
        counter.lie = "\"lie\"";

        RaceReport report = counting()
                .currentValidator(response -> response.statusCode() == 412
                        ? Optional.of(response.body().replace("stale, now ", ""))
                        : Optional.empty())
                .race()
                .with(4)
                .rounds(1)
                .run();

        assertThat(report.untrueValidators())
                .hasSize(3)
                .allSatisfy(untrue -> assertThat(untrue.validator()).isEqualTo("\"lie\""));
        assertThat(report.toString()).contains("names \"lie\": no state had it");
    }

    @Test
    void currentValidatorComesFromTheProblemWhereNoFieldNamesIt() {
        counter.problems = true;

        RaceReport report = counting().race().with(4).rounds(2).assertNoneLost();

        assertThat(report.refusals()).containsOnlyKeys(412);
        assertThat(report.refusalsWithoutValidator()).isZero();
        assertThat(report.unjudgedValidators()).isZero();
    }

    @Test
    void otherMethodFieldsAndPreconditionAreSent() {
        RaceReport report = counting()
                .method("PATCH")
                .header("content-type", "text/plain")
                .precondition("X-Version", "X-Expected-Version")
                .request(request -> request.setHeader("X-Caller", "race"))
                .race()
                .with(2)
                .rounds(1)
                .assertNoneLost();

        assertThat(report.refusals()).containsOnlyKeys(412);
        assertThat(counter.lastWrite).containsExactly("PATCH", "text/plain", "race");
    }

    @Test
    void contentTypeOfTheWriteIsJsonUnlessSet() {
        counting().race().with(2).rounds(1).assertNoneLost();

        assertThat(counter.lastWrite).containsExactly("PUT", "application/json", "none");
    }

    @Test
    void resourceThatCannotBeReadFailsTheRace() {
        counter.broken = true;

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> counting().race().with(2).run())
                .withMessageContaining("could not be read before round 1")
                .withMessageContaining("answered 500 " + "x".repeat(120) + "...");
    }

    @Test
    void missingPartsAndContradictionsAreNamed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> exchange().change(body -> body).race())
                .withMessageContaining("count(...) is missing");
        assertThatIllegalStateException()
                .isThrownBy(() -> exchange().count(Long::parseLong).race())
                .withMessageContaining("change(...) is missing");
        assertThatIllegalStateException()
                .isThrownBy(() -> counting().header("if-match", "*").race())
                .withMessageContaining("header(If-Match, *) contradicts precondition(ETag, If-Match)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> exchange().method("GET"))
                .withMessageContaining("method(GET)");
    }

    /** A number under a strong tag, compared and set in one step. */
    private static final class CounterResource {

        private final AtomicInteger number = new AtomicInteger();
        private volatile boolean guarded = true;
        private volatile boolean broken;
        private volatile boolean problems;
        private volatile @Nullable String lie;
        private volatile List<String> lastWrite = List.of();

        Response handle(Request request) {
            int now = number.get();
            if (broken) {
                return answer(500, now, "x".repeat(200));
            }
            return request.method().equals("GET") ? answer(200, now, "{\"n\": " + now + "}") : write(request);
        }

        private Response write(Request request) {
            lastWrite = List.of(request.method(), request.field("Content-Type"), request.field("X-Caller"));
            int sent = (int) number(request.body());
            if (!guarded) {
                number.set(sent);
                return answer(200, sent, "");
            }
            int base = (int) number(request.field("If-Match") + request.field("X-Expected-Version"));
            if (number.compareAndSet(base, base + 1)) {
                return answer(200, base + 1, "");
            }
            int now = number.get();
            if (problems) {
                String body = "{\"currentEtag\":\"\\\"" + now + "\\\"\"}";
                return new Response(412, Map.of("Content-Type", "application/problem+json"), body);
            }
            return answer(412, now, "stale, now " + (lie == null ? tag(now) : lie));
        }

        private static String tag(int number) {
            return "\"" + number + "\"";
        }

        private static Response answer(int status, int number, String body) {
            return new Response(status, Map.of("ETag", tag(number), "X-Version", tag(number)), body);
        }
    }
}
