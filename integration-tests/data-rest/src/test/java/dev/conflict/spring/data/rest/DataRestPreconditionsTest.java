package dev.conflict.spring.data.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110 §13, as items of Spring Data REST keep it. */
class DataRestPreconditionsTest {
    private static final Database DATABASE = DatabaseEngine.H2.fresh();
    private static final AtomicLong IDS = new AtomicLong();

    private static Server server;
    private static Server strict;
    private static Server plain;

    @BeforeAll
    static void start() {
        server = Server.start(DATABASE, "conflict.preconditions[/*]=optional");
        strict = Server.start(DATABASE, "spring.jpa.hibernate.ddl-auto=none", "conflict.preconditions[/*]=required");
        plain = Server.start(DATABASE, "spring.jpa.hibernate.ddl-auto=none", "conflict.data-rest.enabled=false");
    }

    @AfterAll
    static void stop() {
        plain.close();
        strict.close();
        server.close();
        DATABASE.close();
    }

    /** A page that was written twice; its tag is "1". */
    private static String page() {
        String path = "/pages/" + IDS.incrementAndGet();
        assertThat(server.send("PUT", path, "{\"text\":\"first\"}").statusCode())
                .isEqualTo(201);
        assertThat(server.send("PUT", path, "{\"text\":\"second\"}").statusCode())
                .isEqualTo(200);
        assertThat(server.tags(server.send("GET", path, ""))).containsExactly("\"1\"");
        return path;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            PUT   ; If-Match      ; "1"          ; 200
            PUT   ; If-Match      ; "0"          ; 412
            PUT   ; If-Match      ; "0", "1"     ; 200
            PUT   ; If-Match      ; *            ; 200
            PUT   ; If-Match      ; W/"1"        ; 412
            PUT   ; If-None-Match ; *            ; 412
            PUT   ; If-None-Match ; "1"          ; 412
            PUT   ; If-None-Match ; "0"          ; 200
            PUT   ; If-Match      ; 1            ; 400
            PATCH ; If-Match      ; "1"          ; 200
            PATCH ; If-Match      ; "0"          ; 412
            PATCH ; If-Match      ; *            ; 200
            PATCH ; If-None-Match ; *            ; 412
            DELETE; If-Match      ; "1"          ; 204
            DELETE; If-Match      ; "0"          ; 412
            DELETE; If-Match      ; "0", "1"     ; 204
            DELETE; If-Match      ; *            ; 204
            """)
    void preconditionOfAnItemIsEvaluated(String method, String field, String value, int status) {
        String path = page();

        HttpResponse<String> answer =
                server.send(method, path, method.equals("DELETE") ? "" : "{\"text\":\"third\"}", field, value);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 412) {
            assertThat(server.tags(answer)).containsExactly("\"1\"");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.body()).doesNotContain("Page", "dev.conflict");
            assertThat(server.send("GET", path, "").body()).contains("second");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            PUT   ; If-None-Match ; *            ; 201
            PUT   ; If-None-Match ; "1"          ; 201
            PUT   ; If-Match      ; "1"          ; 412
            PUT   ; If-Match      ; *            ; 412
            PATCH ; If-Match      ; "1"          ; 404
            DELETE; If-Match      ; "1"          ; 404
            """)
    void preconditionOfNothingIsEvaluated(String method, String field, String value, int status) {
        String path = "/pages/" + IDS.incrementAndGet();

        HttpResponse<String> answer =
                server.send(method, path, method.equals("DELETE") ? "" : "{\"text\":\"third\"}", field, value);

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"PUT", "PATCH", "DELETE"})
    void writeThatStatesNothingWhereItMustIsRefused(String method) {
        String path = page();

        HttpResponse<String> answer = strict.send(method, path, method.equals("DELETE") ? "" : "{\"text\":\"third\"}");

        assertThat(answer.statusCode()).isEqualTo(428);
        assertThat(strict.send("GET", path, "").body()).contains("second");
    }

    @Test
    void versionInTheContentIsNoVersion() {
        String path = page();

        assertThat(server.send("PATCH", path, "{\"version\":0,\"text\":\"third\"}", "If-Match", "\"0\"")
                        .statusCode())
                .isEqualTo(412);
        HttpResponse<String> answer =
                server.send("PATCH", path, "{\"version\":7,\"text\":\"third\"}", "If-Match", "\"1\"");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(server.tags(answer)).containsExactly("\"2\"");
        HttpResponse<String> same =
                server.send("PATCH", path, "{\"version\":7,\"text\":\"third\"}", "If-Match", "\"2\"");
        assertThat(server.tags(same)).containsExactly("\"2\"");
    }

    @Test
    void versionInTheContentOfANewItemIsNone() {
        String path = "/pages/" + IDS.incrementAndGet();

        HttpResponse<String> answer =
                server.send("PUT", path, "{\"version\":7,\"text\":\"first\"}", "If-None-Match", "*");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(server.tags(server.send("GET", path, ""))).containsExactly("\"0\"");
    }

    @Test
    void answerToAWriteHasTheTagOfItsVersion() {
        String path = page();

        HttpResponse<String> answer = server.send("PUT", path, "{\"text\":\"third\"}", "If-Match", "\"1\"");

        assertThat(server.tags(answer)).containsExactly("\"2\"");
        assertThat(server.send("PUT", path, "{\"text\":\"fourth\"}", "If-Match", "\"2\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void itemThatTheContentRefersToIsNotCompared() {
        String path = page();
        String other = page();
        assertThat(server.send("PATCH", other, "{\"text\":\"third\"}").statusCode())
                .isEqualTo(200);

        HttpResponse<String> answer =
                server.send("PATCH", path, "{\"next\":\"" + server.uri(other) + "\"}", "If-Match", "\"1\"");

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void itemWithoutVersionHasNoTagThatMatches() {
        String path = "/notes/" + IDS.incrementAndGet();
        assertThat(server.send("PUT", path, "{\"text\":\"first\"}", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(201);

        assertThat(server.send("PUT", path, "{\"text\":\"second\"}", "If-Match", "\"0\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(server.send("PUT", path, "{\"text\":\"second\"}", "If-Match", "*")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.send("PUT", path, "{\"text\":\"third\"}", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void contentThatCannotBeReadIsStillSpringsAnswer() {
        String path = page();

        assertThat(server.send("PUT", path, "{\"text\":", "If-Match", "\"1\"").statusCode())
                .isEqualTo(400);
        assertThat(server.send("GET", path, "").body()).contains("second");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            PUT  ; If-Match     ; *       ; {"text":"third"}             ; 412
            PUT  ; If-Match     ; "0","1" ; {"text":"third"}             ; 412
            PUT  ; If-None-Match; *       ; {"text":"third"}             ; 200
            """)
    void withoutTheGuardTheyAreNot(String method, String field, String value, String body, int status) {
        assertThat(plain.send(method, page(), body, field, value).statusCode()).isEqualTo(status);
    }

    @Test
    void withoutTheGuardARefusalTellsTheTagThatWasSent() {
        HttpResponse<String> answer = plain.send("PUT", page(), "{\"text\":\"third\"}", "If-Match", "\"0\"");

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(plain.tags(answer)).containsExactly("\"0\"");
    }
}
