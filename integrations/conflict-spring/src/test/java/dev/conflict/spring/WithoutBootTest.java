package dev.conflict.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spring MVC with the filter and two beans. */
class WithoutBootTest {
    private static final String ORDER = "{\"customer\":\"C4ROL\",\"card\":\"topsecret!\","
            + "\"lines\":[{\"name\":\"a\",\"pieces\":1},{\"name\":\" \",\"pieces\":0}],\"notes\":{\"gift\":\"\"}}";

    private static WebApplication shop;

    @BeforeAll
    static void start() throws Exception {
        shop = WebApplication.start(ShopConfiguration.Plain.class);
    }

    @AfterAll
    static void stop() throws Exception {
        shop.close();
    }

    @Test
    void conflictIsAnswered() throws Exception {
        HttpResponse<String> answer = shop.get("/conflict");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("\"code\":\"SHIPPED\"");
        assertThat(shop.get("/unknown").statusCode()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({"'\"7\"', 200", "'\"6\"', 412", "'', 428"})
    void controllerGetsWhatTheRequestStates(String tag, int status) throws Exception {
        HttpResponse<String> answer = tag.isEmpty()
                ? shop.send("PUT", "/documents/1", "")
                : shop.send("PUT", "/documents/1", "", "If-Match", tag);

        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/registered", "/committed"})
    void whatIsNotValidIsTold(String path) throws Exception {
        HttpResponse<String> answer = shop.send("POST", path, ORDER);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("\"field\":\"lines[1].name\",\"pointer\":\"#/lines/1/name\"")
                .contains("\"code\":\"POSITIVE\",\"detail\":\"must be greater than 0\",\"field\":\"lines[1].pieces\"")
                .contains("\"code\":\"PATTERN\",\"detail\":\"The value is not valid.\",\"field\":\"customer\"")
                .contains("\"field\":\"notes[gift]")
                .doesNotContain("C4ROL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /lists | [{\"name\":\"a\",\"pieces\":1},{\"name\":\"\",\"pieces\":1}] | \"field\":\"[1].name\",\"pointer\":\"#/1/name\"",
                "GET | /pages?size=11 | '' | \"code\":\"MAX\",\"detail\":\"No more than ten, please.\",\"field\":\"size\"",
                "GET | /forms?name=a&pieces=topsecret | '' | \"code\":\"TYPE_MISMATCH\"",
                "POST | /renamed | '' | \"code\":\"NOT_BLANK\",\"detail\":\"must not be blank\",\"field\":\"name\"",
                "POST | /bound | '' | {\"code\":\"ORDER_TOO_OLD\",\"detail\":\"The order is too old.\"}",
                "POST | /bound | '' | {\"code\":\"UNTOLD\",\"detail\":\"The value is not valid.\"}",
            })
    void errorIsToldAsTheClientKnowsTheField(String method, String path, String body, String told) throws Exception {
        HttpResponse<String> answer = shop.send(method, path, body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(told).doesNotContain("topsecret");
    }

    @Test
    void faultsOfTheApplicationAreNotTheClients() throws Exception {
        assertThat(shop.get("/counted").statusCode()).isEqualTo(500);
        assertThat(shop.send("POST", "/wrapped", ORDER).statusCode()).isEqualTo(500);
    }

    @Test
    void handlerForEverythingComesSecond() throws Exception {
        try (WebApplication strict = WebApplication.start(ShopConfiguration.Strict.class)) {
            assertThat(strict.get("/conflict").statusCode()).isEqualTo(409);
            assertThat(strict.send("POST", "/orders", ORDER).statusCode()).isEqualTo(422);
            assertThat(strict.get("/unknown").body()).isEqualTo("caught");
        }
    }

    @Test
    void turnedOffSpringAnswers() throws Exception {
        try (WebApplication off = WebApplication.start(ShopConfiguration.Off.class)) {
            assertThat(off.send("POST", "/orders", ORDER).statusCode()).isEqualTo(400);
            assertThat(off.get("/conflict").statusCode()).isEqualTo(409); // the filter's answer
        }
    }

    @Test
    void requestThatPassesNoFilterIsLeftToSpring() throws Exception {
        try (WebApplication elsewhere = WebApplication.startWithFilter(ShopConfiguration.Plain.class, "/elsewhere/*")) {
            assertThat(elsewhere.get("/conflict").statusCode()).isEqualTo(500);
        }
    }
}
