package dev.conflict.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.spring.boot.cors.CorsApplication;
import dev.conflict.spring.boot.cors.FilteredCorsApplication;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A script of another origin, let in by a filter in front or by the controller's annotation. */
class CorsTest {
    private static Application filtered;
    private static Application annotated;

    @BeforeAll
    static void start() {
        filtered = Application.start(FilteredCorsApplication.class, "conflict.preconditions[/*]=required");
        annotated = Application.start(CorsApplication.class, "conflict.preconditions[/*]=required");
    }

    @AfterAll
    static void stop() {
        annotated.close();
        filtered.close();
    }

    private static HttpResponse<String> send(String way, String method, String... fields) {
        String[] all = new String[fields.length + 2];
        all[0] = "Origin";
        all[1] = CorsApplication.ORIGIN;
        System.arraycopy(fields, 0, all, 2, fields.length);
        return (way.equals("filtered") ? filtered : annotated).send(method, "/" + way + "/1", "", all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"filtered", "annotated"})
    void preflightStatesNothingAndIsAnswered(String way) {
        HttpResponse<String> answer = send(
                way, "OPTIONS", "Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "if-match");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(CorsApplication.ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .isEqualToIgnoringCase("if-match");
    }

    @ParameterizedTest
    @CsvSource({
        "filtered, '\"6\"', 412",
        "filtered, '', 428",
        "filtered, broken, 400",
        "filtered, '\"7\"', 200",
        "annotated, '\"6\"', 412",
        "annotated, '', 428",
        "annotated, broken, 400",
        "annotated, '\"7\"', 200"
    })
    void answerIsOneThatTheScriptMayRead(String way, String tag, int status) {
        HttpResponse<String> answer = tag.isEmpty() ? send(way, "PUT") : send(way, "PUT", "If-Match", tag);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(CorsApplication.ORIGIN);
        assertThat(answer.headers().allValues("Access-Control-Expose-Headers")).containsExactly("ETag");
        assertThat(answer.headers().allValues("Vary")).anyMatch(vary -> vary.contains("Origin"));
        if (status == 412) {
            assertThat(answer.headers().allValues("ETag")).containsExactly("\"7\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"filtered", "annotated"})
    void strangerIsNotLetIn(String way) {
        HttpResponse<String> answer = (way.equals("filtered") ? filtered : annotated)
                .send("PUT", "/" + way + "/1", "", "Origin", "https://other.example", "If-Match", "\"6\"");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().allValues("ETag")).isEmpty();
    }
}
