package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusPhraseTest {
    @ParameterizedTest(name = "RFC 9110 §15, RFC 6585: {0} {1}")
    @CsvSource({
        "400, Bad Request",
        "401, Unauthorized",
        "403, Forbidden",
        "404, Not Found",
        "405, Method Not Allowed",
        "406, Not Acceptable",
        "409, Conflict",
        "410, Gone",
        "412, Precondition Failed",
        "413, Content Too Large",
        "415, Unsupported Media Type",
        "422, Unprocessable Content",
        "423, Locked",
        "428, Precondition Required",
        "429, Too Many Requests",
        "431, Request Header Fields Too Large",
        "500, Internal Server Error",
        "503, Service Unavailable",
        "418, Client Error",
        "499, Client Error",
        "504, Server Error",
        "599, Server Error"
    })
    void phraseIsThatOfTheStandard(int status, String phrase) {
        assertThat(StatusPhrase.of(status)).isEqualTo(phrase);
    }
}
