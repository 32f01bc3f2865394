package dev.conflict.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** RFC 9110 §15.4.5. */
class NotModifiedTest {
    private static TomcatServer server;

    @BeforeAll
    static void start() {
        server = TomcatServer.start(context -> {});
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whatCachesNeedStaysAndWhatDescribesTheContentGoes() {
        HttpResponse<String> answer = server.exchange(
                (request, response) -> {
                    response.setHeader("ETag", "\"1\"");
                    response.setHeader("Content-Location", "/once.en");
                    response.addHeader("Vary", "Accept");
                    response.addHeader("Vary", "Origin");
                    response.setHeader("Cache-Control", "max-age=60");
                    response.setDateHeader("Expires", 0);
                    response.setDateHeader("Last-Modified", 0);
                    response.setContentType("text/html;charset=UTF-8");
                    response.setLocale(Locale.GERMANY);
                    response.setHeader("Content-Encoding", "br");
                    response.setHeader("Content-Disposition", "inline");
                    response.setHeader("Content-Digest", "sha-256=:AA==:");
                    response.setHeader("Repr-Digest", "sha-256=:AA==:");
                    response.setHeader("Accept-Ranges", "bytes");
                    response.setHeader("Access-Control-Allow-Origin", "https://app.example");
                    response.setHeader("Content-Security-Policy", "default-src 'none'");
                    response.addCookie(new Cookie("a", "1"));
                    response.addCookie(new Cookie("b", "2"));
                    response.setContentLength(1000);
                    response.getWriter().print("dropped");
                    NotModified.send(response);
                },
                "GET");

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().map().keySet())
                .containsExactlyInAnyOrder(
                        "etag",
                        "content-location",
                        "date",
                        "vary",
                        "cache-control",
                        "expires",
                        "access-control-allow-origin",
                        "content-security-policy",
                        "set-cookie");
        assertThat(answer.headers().allValues("vary")).containsExactly("Accept", "Origin");
        assertThat(answer.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
    }

    @Test
    void lastModifiedStaysWhereNothingElseValidates() {
        HttpResponse<String> answer = server.exchange(
                (request, response) -> {
                    response.setDateHeader("Last-Modified", 0);
                    NotModified.send(response);
                },
                "GET");

        assertThat(answer.headers().allValues("last-modified")).isEqualTo(List.of("Thu, 01 Jan 1970 00:00:00 GMT"));
    }
}
