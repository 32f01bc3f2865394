package dev.conflict.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.spring.boot.faults.FaultApplication;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Conflicts before, and what is not valid behind the handlers that an application has: the defaults. */
class HandlersTest {
    private static Application application;

    @BeforeAll
    static void start() {
        application = Application.start(FaultApplication.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    /** Ways to fail, for each controller. */
    static Stream<String> ways() {
        return Stream.of("plain", "caught", "entity")
                .flatMap(controller -> Stream.of("thrown", "callable", "deferred", "future", "streaming")
                        .map(way -> "/" + controller + "/" + way));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void conflictIsAnswered(String way) {
        HttpResponse<String> answer = application.send("GET", way + "/conflict", "");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("X-Handler")).isEmpty();
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.body()).contains("ORDER_ALREADY_SHIPPED").doesNotContain("secret", "Exception");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "wrapped, 409, ORDER_ALREADY_SHIPPED",
        "servlet, 409, ORDER_ALREADY_SHIPPED",
        "completion, 409, ORDER_ALREADY_SHIPPED",
        "annotated, 409, ORDER_ALREADY_SHIPPED",
        "stale, 409, VERSION_MISMATCH",
        "duplicate, 409, about:blank",
        "locked, 409, TRY_AGAIN",
    })
    void whateverStandsForAConflictIsAnswered(String fault, int status, String word) {
        for (String controller : new String[] {"plain", "caught", "entity"}) {
            HttpResponse<String> answer = application.send("GET", "/" + controller + "/thrown/" + fault, "");

            assertThat(answer.statusCode()).as(controller).isEqualTo(status);
            assertThat(answer.body()).contains(word).doesNotContain("secret");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/plain/thrown/status, 410",
        "/plain/thrown/response, 404",
        "/plain/thrown/unknown, 500",
        "/plain/thrown/integrity, 500",
        "/plain/nowhere, 404",
        "/plain/returned, 423",
        "/caught/thrown/status, 500",
        "/caught/thrown/unknown, 500",
        "/caught/thrown/integrity, 500",
        "/caught/returned, 423",
        "/entity/thrown/status, 410",
        "/entity/thrown/response, 404",
        "/entity/thrown/unknown, 500",
        "/entity/returned, 423",
    })
    void whatTheApplicationDecidedStays(String path, int status) {
        HttpResponse<String> answer = application.send("GET", path, "");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).doesNotContain("urn:problem-type", "ORDER_ALREADY_SHIPPED");
        if (path.startsWith("/caught/thrown")) {
            assertThat(answer.headers().firstValue("X-Handler")).hasValue("catch-all");
        }
    }

    @Test
    void streamThatHasBegunIsCutOff() {
        assertThat(cutOff("/plain/streamed/conflict")).isTrue();
    }

    private static boolean cutOff(String path) {
        try {
            return application.send("GET", path, "").statusCode() != 200;
        } catch (IllegalStateException ended) {
            return true;
        }
    }

    private static final String ORDER =
            "{\"customer\":\"Al\",\"card\":\"4111111111111112\",\"lines\":[{\"name\":\"a\",\"pieces\":1},{\"name\":\" \",\"pieces\":0}]}";

    @ParameterizedTest
    @CsvSource({"/plain/orders", "/plain/registered", "/plain/checked"})
    void whatIsNotValidIsToldAtOnce(String path) {
        HttpResponse<String> answer =
                application.send("POST", path, ORDER, "Content-Type", "application/json", "Accept-Language", "en");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("urn:problem-type:conflict:validation")
                .contains(
                        "{\"code\":\"NOT_BLANK\",\"detail\":\"must not be blank\",\"field\":\"lines[1].name\",\"pointer\":\"#/lines/1/name\"}")
                .contains(
                        "{\"code\":\"POSITIVE\",\"detail\":\"must be greater than 0\",\"field\":\"lines[1].pieces\",\"pointer\":\"#/lines/1/pieces\"}")
                .contains(
                        "{\"code\":\"SIZE\",\"detail\":\"size must be between 3 and 20\",\"field\":\"customer\",\"pointer\":\"#/customer\"}")
                .contains(
                        "{\"code\":\"LUHN_CHECK\",\"detail\":\"The value is not valid.\",\"field\":\"card\",\"pointer\":\"#/card\"}")
                .doesNotContain("4111111");
    }

    @Test
    void parametersAndFormsAreToldAsTheClientNamesThem() {
        assertThat(application
                        .send("GET", "/plain/pages?size=11", "", "Accept-Language", "en")
                        .body())
                .contains("\"status\":422", "\"code\":\"MAX\"", "\"field\":\"size\"");
        assertThat(application
                        .send("GET", "/plain/forms?name=x&pieces=topsecret", "", "Accept-Language", "en")
                        .body())
                .contains("\"status\":422", "\"code\":\"TYPE_MISMATCH\"", "\"field\":\"pieces\"")
                .doesNotContain("topsecret");
    }

    @Test
    void ownHandlersKeepTheirAnswerToWhatIsNotValid() {
        HttpResponse<String> caught =
                application.send("POST", "/caught/orders", ORDER, "Content-Type", "application/json");
        HttpResponse<String> entity =
                application.send("POST", "/entity/orders", ORDER, "Content-Type", "application/json");

        assertThat(caught.headers().firstValue("X-Handler")).hasValue("catch-all");
        assertThat(entity.statusCode()).isEqualTo(400);
    }
}
