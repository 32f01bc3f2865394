package dev.conflict.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.data.app.DataApplication;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.test.HttpRace;
import dev.conflict.test.LostUpdate;
import dev.conflict.test.ProblemAssert;
import dev.conflict.test.RaceReport;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Items of Spring Data REST, as it stands and under the starter. Prints the numbers of docs/spring-data.md. */
class DataRestTest {
    private static final Pattern COUNT = Pattern.compile("\"count\"\\s*:\\s*(\\d+)");
    private static final String PLAIN = "conflict.enabled=false";
    private static final String DATE = "Wed, 01 Jan 2025 00:00:00 GMT";

    @ParameterizedTest
    @CsvSource({
        "H2, PUT, true",
        "H2, PATCH, false",
        "POSTGRESQL, PUT, false",
        "POSTGRESQL, PATCH, true",
    })
    void aRaceThatIsLostIsRefusedWith412AndThePresentTag(DatabaseEngine engine, String method, boolean openInView) {
        try (Running app = start(engine, "spring.jpa.open-in-view=" + openInView)) {
            RaceReport report = stated(app, method).assertNoneLost();

            assertThat(report.refusals().keySet()).containsExactly(412);
            assertThat(report.refusalsWithoutValidator()).isZero();
            assertThat(report.unknownOutcomes()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheStarterRefusalsDifferByLuckAndNameNoPresentTag(DatabaseEngine engine) {
        try (Running app = start(engine, PLAIN)) {
            RaceReport stated = stated(app, "PUT");
            RaceReport unstated = unstated(app);

            assertThat(stated.lostUpdates()).isZero();
            assertThat(stated.refusals()).containsKey(409);
            assertThat(stated.refusalsWithoutValidator()).isPositive();
            assertThat(unstated.lostUpdates()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PUT    | If-Match            | "0"                           | 412 | 412
            PATCH  | If-Match            | "0"                           | 412 | 412
            DELETE | If-Match            | "0"                           | 412 | 412
            PUT    | If-Match            | W/"1"                         | 412 | 412
            PUT    | If-Match            | *                             | 412 | 204
            PUT    | If-Match            | "99", "1"                     | 412 | 204
            PATCH  | If-Match            | "99", "1"                     | 412 | 204
            DELETE | If-Match            | *                             | 412 | 204
            PUT    | If-Match            | "1"                           | 204 | 204
            DELETE | If-Match            | "1"                           | 204 | 204
            PUT    | If-None-Match       | *                             | 204 | 412
            PUT    | If-Unmodified-Since | Wed, 01 Jan 2025 00:00:00 GMT | 204 | 412
            DELETE | If-Unmodified-Since | Wed, 01 Jan 2025 00:00:00 GMT | 204 | 412
            PUT    | If-Unmodified-Since | Fri, 01 Jan 2027 00:00:00 GMT | 204 | 204
            PUT    | X-Nothing           | nothing                       | 204 | 204
            """)
    void eachPreconditionIsEvaluated(String method, String field, String value, int plain, int guarded) {
        assertThat(answer(Apps.PLAIN, method, field, value).statusCode()).isEqualTo(plain);

        HttpResponse<String> answer = answer(Apps.GUARDED, method, field, value);
        assertThat(answer.statusCode()).isEqualTo(guarded);
        if (guarded == 412) {
            ProblemAssert.assertProblem(answer)
                    .hasStatus(412)
                    .hasType("precondition-failed")
                    .hasMember("currentEtag", "\"1\"");
            assertThat(answer.headers().firstValue("ETag")).contains("\"1\"");
        }
    }

    @Test
    void withoutTheStarterA412HasTheTagOfTheOneWhoAsked() {
        assertThat(answer(Apps.PLAIN, "PUT", "If-Match", "\"0\"").headers().firstValue("ETag"))
                .contains("\"0\"");
    }

    @Test
    void aDateInTheContentIsNotTakenForThePresentOne() {
        String item = changed(Apps.GUARDED, "dated");

        assertThat(Apps.GUARDED
                        .send("PATCH", item, "{\"modified\":\"2024-01-01T00:00:00Z\"}", "If-Unmodified-Since", DATE)
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void aTakenValueIsRefusedWithoutAWord() {
        Apps.GUARDED.item("taken");
        HttpResponse<String> answer = Apps.GUARDED.send("POST", "/items", "{\"name\":\"taken\"}");

        ProblemAssert.assertProblem(answer).hasStatus(409).hasType("about:blank");
        assertThat(answer.body()).doesNotContain("taken", "name\"", "insert", "ITEM");
    }

    @Test
    void aWriteThatStatesNothingIsRefusedWhereThatIsAskedFor() {
        try (Running app = start(DatabaseEngine.H2, "conflict.data-rest.require-preconditions=true")) {
            String item = app.item("asked");
            ProblemAssert.assertProblem(app.send("PUT", item, body("asked", 1)))
                    .hasStatus(428)
                    .hasType("precondition-required");
            ProblemAssert.assertProblem(app.send("DELETE", item, "")).hasStatus(428);
            assertThat(app.send("PUT", item, body("asked", 1), "If-Match", "\"0\"")
                            .statusCode())
                    .isEqualTo(204);
        }
    }

    @Test
    void turnedOffSpringDataRestComparesAsEver() {
        try (Running app = start(DatabaseEngine.H2, "conflict.data-rest.enabled=false")) {
            assertThat(app.send("PUT", app.item("off"), body("off", 1), "If-Match", "*")
                            .statusCode())
                    .isEqualTo(412);
        }
    }

    private static HttpResponse<String> answer(Running app, String method, String field, String value) {
        String name = "item" + System.nanoTime(); // names are unique
        String item = changed(app, name);
        return app.send(method, item, method.equals("DELETE") ? "" : body(name, 7), field, value);
    }

    /** Creates an item and changes it once, so that its tag is "1". */
    private static String changed(Running app, String name) {
        String item = app.item(name);
        assertThat(app.send("PUT", item, body(name, 5)).statusCode()).isEqualTo(204);
        return item;
    }

    private static Running start(DatabaseEngine engine, String... properties) {
        return new Running(engine, DataApplication.class, properties);
    }

    private static RaceReport stated(Running app, String method) {
        return run(method + " with If-Match", race(app, method));
    }

    private static RaceReport unstated(Running app) {
        return run("PUT without", race(app, "PUT").precondition("ETag", "X-Nothing"));
    }

    private static RaceReport run(String what, HttpRace race) {
        RaceReport report = race.race().with(16).rounds(10).run();
        System.out.println(what + ": " + report.lostUpdates() + " lost, refusals " + report.refusals() + ", "
                + report.refusalsWithoutValidator() + " of them without the present tag");
        return report;
    }

    private static HttpRace race(Running app, String method) {
        String name = "race" + System.nanoTime();
        return LostUpdate.http(HttpClient.newHttpClient(), app.uri(app.item(name)))
                .count(DataRestTest::count)
                .change(read -> body(name, count(read) + 1))
                .method(method);
    }

    private static String body(String name, long count) {
        return "{\"name\":\"" + name + "\",\"count\":" + count + "}";
    }

    private static long count(String body) {
        Matcher matcher = COUNT.matcher(body);
        assertThat(matcher.find()).as(body).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** Both applications, started when they are needed; they end with the process. */
    private static final class Apps {
        static final Running PLAIN = start(DatabaseEngine.H2, DataRestTest.PLAIN);
        static final Running GUARDED = start(DatabaseEngine.H2);
    }
}
