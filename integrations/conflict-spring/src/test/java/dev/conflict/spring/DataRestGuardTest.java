package dev.conflict.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spring Data REST without Boot, guarded by one bean; what Boot adds is in integration-tests/data-rest. */
class DataRestGuardTest {
    private static final AtomicLong IDS = new AtomicLong();
    private static WebApplication application;

    @BeforeAll
    static void start() throws LifecycleException {
        application = WebApplication.start(ShelfConfiguration.class);
    }

    @AfterAll
    static void stop() throws LifecycleException {
        application.close();
    }

    private static String created(String collection, String field) throws IOException, InterruptedException {
        String path = collection + IDS.incrementAndGet();
        assertThat(application
                        .send("PUT", path, "{\"" + field + "\":\"first\"}", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(201);
        return path;
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            PUT   ; If-Match     ; "0"      ; 2
            PATCH ; If-Match     ; "0"      ; 2
            DELETE; If-Match     ; "0"      ; 2
            PUT   ; If-Match     ; "7","0"  ; 2
            PUT   ; If-Match     ; *        ; 2
            PUT   ; If-Match     ; "7"      ; 4
            PATCH ; If-Match     ; "7"      ; 4
            DELETE; If-Match     ; "7"      ; 4
            PUT   ; If-None-Match; *        ; 4
            """)
    void preconditionOfAnItemIsEvaluated(String method, String field, String value, int status) throws Exception {
        String path = created("/shelves/", "label");

        HttpResponse<String> answer = application.send(
                method, path, method.equals("DELETE") ? "" : "{\"label\":\"second\",\"version\":7}", field, value);

        assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(status);
        if (status == 4) {
            assertThat(answer.statusCode()).isEqualTo(412);
            assertThat(answer.headers().allValues("ETag")).containsExactly("\"0\"");
        }
    }

    @Test
    void itemThatIsNotThereIsNotFound() throws Exception {
        assertThat(application
                        .send("DELETE", "/shelves/" + IDS.incrementAndGet(), "", "If-Match", "\"0\"")
                        .statusCode())
                .isEqualTo(404);
        assertThat(application
                        .send("PUT", "/shelves/" + IDS.incrementAndGet(), "{}", "If-Match", "\"0\"")
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void itemWithoutVersionHasNoTagThatMatches() throws Exception {
        String path = created("/labels/", "text");

        assertThat(application
                        .send("PUT", path, "{\"text\":\"second\"}", "If-Match", "\"0\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(application
                        .send("PUT", path, "{\"text\":\"second\"}", "If-Match", "*")
                        .statusCode())
                .isLessThan(300);
        assertThat(application.send("DELETE", path, "", "If-Match", "*").statusCode())
                .isLessThan(300);
    }

    @Test
    void collectionsAndSearchesAreSprings() throws Exception {
        created("/shelves/", "label");

        assertThat(application.get("/shelves?sort=label&size=1").statusCode()).isEqualTo(200);
        assertThat(application
                        .send("POST", "/shelves", "{\"id\":900,\"label\":\"new\"}")
                        .statusCode())
                .isGreaterThanOrEqualTo(200)
                .isNotEqualTo(412);
    }
}
