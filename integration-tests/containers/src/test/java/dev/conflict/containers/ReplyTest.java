package dev.conflict.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a contract receives is held against the schemas; here it is seen to refuse. */
class ReplyTest {
    private static String record(String contentType, String body) {
        return "HTTP/1.1 409 \r\nContent-Type: " + contentType + "\r\n\r\n" + body
                + "<next>HTTP/1.1 200 \r\n\r\npong<end>";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"urn:problem-type:conflict:version-mismatch\",\"status\":409}",
                "{\"type\":\"https://shop.example/a\",\"status\":\"409\"}",
                "{\"type\":\"about:blank\",\"title\":\"Con",
                "<html></html>",
            })
    void problemThatIsNotAsItsSchemaSaysIsRefused(String body) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> Reply.of(record("application/problem+json", body)))
                .withMessageContaining(body);
    }

    @Test
    void anythingElsePasses() {
        assertThat(Reply.of(record("text/html", "<html></html>")).body()).isEqualTo("<html></html>");
        assertThat(Reply.of(record("application/problem+json", "")).status()).isEqualTo(409);
    }
}
