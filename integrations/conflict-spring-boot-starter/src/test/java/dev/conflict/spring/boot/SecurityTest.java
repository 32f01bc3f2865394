package dev.conflict.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.spring.boot.secured.SecuredApplication;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind Spring Security and its CORS filter. */
class SecurityTest {
    private static final String ANN =
            "Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8));

    private static Application application;

    @BeforeAll
    static void start() {
        application = Application.start(SecuredApplication.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @ParameterizedTest
    @CsvSource({"PUT, '', 428", "PUT, '\"6\"', 412", "PUT, 'broken', 400", "PUT, '\"7\"', 200"})
    void strangerLearnsNothingOfTheResource(String method, String tag, int status) {
        String[] asked = tag.isEmpty() ? new String[] {"X-None", "x"} : new String[] {"If-Match", tag};

        HttpResponse<String> stranger = application.send(method, "/closed/1", "", asked);
        HttpResponse<String> ann = application.send(method, "/closed/1", "", asked[0], asked[1], "Authorization", ANN);

        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.headers().firstValue("ETag")).isEmpty();
        assertThat(ann.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/open/accounts", "/open/later"})
    void whoIsSignedInIsTold(String path) {
        HttpResponse<String> stranger = application.send("POST", path, "");
        HttpResponse<String> ann = application.send("POST", path, "", "Authorization", ANN);

        assertThat(stranger.statusCode()).isEqualTo(409);
        assertThat(stranger.body()).contains("about:blank").doesNotContain("EMAIL_TAKEN", "email");
        assertThat(ann.statusCode()).isEqualTo(409);
        assertThat(ann.body()).contains("EMAIL_TAKEN", "\"conflictingField\":\"email\"");
    }

    @Test
    void hiddenStaysHidden() {
        HttpResponse<String> ann = application.send("POST", "/open/hidden", "", "Authorization", ANN);

        assertThat(ann.statusCode()).isEqualTo(409);
        assertThat(ann.body()).contains("about:blank").doesNotContain("EMAIL_TAKEN", "email");
    }

    @Test
    void scriptOfAnotherOriginReadsTheRefusal() {
        HttpResponse<String> answer = application.send(
                "PUT", "/closed/1", "", "If-Match", "\"6\"", "Authorization", ANN, "Origin", "https://shop.example");

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly("https://shop.example");
        assertThat(answer.headers().allValues("Access-Control-Expose-Headers")).containsExactly("ETag");
        assertThat(answer.headers().allValues("Vary")).anyMatch(vary -> vary.contains("Origin"));
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().allValues("ETag")).containsExactly("\"7\"");
    }
}
