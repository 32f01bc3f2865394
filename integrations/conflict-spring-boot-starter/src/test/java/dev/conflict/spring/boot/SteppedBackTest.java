package dev.conflict.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.spring.boot.faults.FaultApplication;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The other way round: the application's handlers before conflicts, validation before them, and Spring's own problems on. */
class SteppedBackTest {
    private static final String NOT_VALID = "{\"customer\":\"Al\",\"card\":null,\"lines\":[]}";

    private static Application application;

    @BeforeAll
    static void start() {
        application = Application.start(
                FaultApplication.class,
                "conflict.mvc.conflicts=after-handlers",
                "conflict.mvc.validation=before-handlers",
                "spring.mvc.problemdetails.enabled=true",
                "faults.entity=false");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/plain/thrown/conflict, 409, ORDER_ALREADY_SHIPPED",
        "/plain/callable/conflict, 409, ORDER_ALREADY_SHIPPED",
        "/plain/thrown/stale, 409, VERSION_MISMATCH",
        "/plain/thrown/status, 410, decided",
        "/plain/thrown/response, 404, Not Found",
        "/plain/nowhere, 404, Not Found",
        "/caught/thrown/conflict, 500, sorry",
        "/caught/thrown/stale, 500, sorry",
    })
    void handlersOfTheApplicationComeFirst(String path, int status, String word) {
        HttpResponse<String> answer = application.send("GET", path, "");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(word);
    }

    @ParameterizedTest
    @CsvSource({"/plain/orders", "/caught/orders", "/entity/orders", "/entity/checked"})
    void whatIsNotValidIsAnsweredBeforeThem(String path) {
        HttpResponse<String> answer = application.send("POST", path, NOT_VALID, "Content-Type", "application/json");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"code\":\"SIZE\"");
    }

    @Test
    void bodyThatCannotBeReadIsSpringsToAnswer() {
        HttpResponse<String> answer =
                application.send("POST", "/plain/orders", "{\"customer\":", "Content-Type", "application/json");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"title\":\"Bad Request\"").doesNotContain("errors");
    }
}
