package dev.conflict.jaxrs.quarkus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.problem.ProblemDetail;
import dev.conflict.schemas.ProblemSchemas;
import dev.conflict.test.Answer;
import dev.conflict.test.LostUpdate;
import dev.conflict.test.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quarkus REST without a servlet, as its own plugin builds it. */
class QuarkusRestTest {
    private static final List<String> WAYS =
            List.of("blocking", "nonblocking", "early", "uni", "stage", "resumed", "multi");
    private static final Map<String, QuarkusProcess> RUNNING = new ConcurrentHashMap<>();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws IOException {
        for (String variant : List.of("plain", "caught")) {
            RUNNING.put(variant, QuarkusProcess.start(variant));
        }
    }

    @AfterAll
    static void stop() {
        RUNNING.values().forEach(QuarkusProcess::close);
    }

    private static QuarkusProcess running(String variant) {
        QuarkusProcess process = RUNNING.get(variant);
        assertThat(process).isNotNull();
        return process;
    }

    private static HttpResponse<String> send(String variant, String method, String path, String body, String... fields)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(running(variant).uri(path))
                .timeout(Duration.ofSeconds(10))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", body.startsWith("{") ? "application/json" : "text/plain");
        }
        if (fields.length > 0) {
            request.headers(fields);
        }
        HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
        ProblemSchemas.check(
                answer.headers().firstValue("Content-Type").orElse(""),
                method.equals("HEAD") ? new byte[0] : answer.body().getBytes(UTF_8));
        return answer;
    }

    private static ProblemDetail problem(HttpResponse<String> answer) {
        assertThat(answer.headers().allValues("Content-Type"))
                .as(answer.body())
                .containsExactly("application/problem+json");
        return ProblemDetail.parse(answer.body().getBytes(UTF_8)).orElseThrow();
    }

    private static String tag(String variant) throws Exception {
        return send(variant, "GET", "/counter", "").headers().firstValue("ETag").orElseThrow();
    }

    static Stream<Arguments> conflicts() {
        return Stream.of("plain", "caught")
                .flatMap(variant -> Stream.of("conflict", "wrapped", "completion", "execution", "undeclared", "checked")
                        .map(kind -> Arguments.of(variant, kind)));
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void catchAllHidesNoConflictInWhicheverThreadItIsThrown(String variant, String kind) throws Exception {
        for (String way : WAYS) {
            HttpResponse<String> answer = send(variant, "GET", "/fail/" + way + "/" + kind, "");

            assertThat(answer.statusCode()).as(way + ": " + answer.body()).isEqualTo(409);
            assertThat(problem(answer).code()).contains("ORDER_ALREADY_SHIPPED");
            assertThat(answer.headers().allValues("X-Error-Code")).as(way).containsExactly("ORDER_ALREADY_SHIPPED");
        }
    }

    /** What Quarkus answers without the feature, by the rules of its guide for each kind of mapper. */
    @ParameterizedTest
    @CsvSource({
        "caught, unknown,  500, runtime",
        "caught, disk,     500, exception",
        "caught, answered, 418, short and stout",
        "caught, bare,     500, runtime",
        "caught, absent,   500, runtime",
        "plain,  answered, 418, short and stout",
        "plain,  bare,     418, ''",
        "plain,  absent,   404, ''",
        "plain,  unpacked, 418, unpacked"
    })
    void whatNobodyKnowsEndsAsWithoutTheFeature(String variant, String kind, int status, String body) throws Exception {
        for (String way : WAYS) {
            HttpResponse<String> answer = send(variant, "GET", "/fail/" + way + "/" + kind, "");

            assertThat(answer.statusCode() + " " + answer.body()).as(way).isEqualTo(status + " " + body);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "disk"})
    void whatNobodyMapsIsTheServersPage(String kind) throws Exception {
        for (String way : WAYS) {
            HttpResponse<String> answer = send("plain", "GET", "/fail/" + way + "/" + kind, "");

            assertThat(answer.statusCode()).as(way).isEqualTo(500);
            assertThat(answer.body()).contains("Error id").doesNotContain("about:blank");
        }
    }

    @Test
    void mapperForAnErrorIsStillAsked() throws Exception {
        assertThat(send("caught", "GET", "/fail/error", "").body()).isEqualTo("throwable");
        assertThat(send("plain", "GET", "/fail/error", "").statusCode()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"1-9\"'  | 412 | VERSION_MISMATCH",
                "unquoted   | 400 | PRECONDITION_MALFORMED",
                "'W/\"1-0\"' | 412 | VERSION_MISMATCH",
                "''         | 428 | PRECONDITION_REQUIRED"
            })
    void writeIsRefusedUnderWhatItStates(String match, int status, String code) throws Exception {
        for (String path : List.of("/counter", "/counter/nonblocking", "/counter/uni", "/counter/stage")) {
            HttpResponse<String> answer = match.isEmpty()
                    ? send("caught", "PUT", path, "changed")
                    : send("caught", "PUT", path, "changed", "If-Match", match);

            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(status);
            assertThat(problem(answer).code()).contains(code);
        }
        assertThat(send("caught", "GET", "/counter", "").body()).isEqualTo("0");
    }

    @Test
    void readCarriesTheTagAndASecondOneIs304() throws Exception {
        HttpResponse<String> first = send("plain", "GET", "/counter", "");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> second = send("plain", "GET", "/counter", "", "If-None-Match", tag);
        HttpResponse<String> head = send("plain", "HEAD", "/counter", "", "If-None-Match", "W/" + tag);

        assertThat(first.headers().allValues("Cache-Control")).containsExactly("private, no-cache");
        assertThat(List.of(second.statusCode(), head.statusCode())).containsOnly(304);
        assertThat(second.headers().firstValue("ETag")).contains(tag);
        assertThat(second.body() + head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/counter", "/counter/nonblocking", "/counter/uni", "/counter/stage"})
    void ofManyWritersWithOneTagExactlyOneWins(String path) throws Exception {
        URI uri = running("plain").uri(path);
        URI read = running("plain").uri("/counter");

        LostUpdate.race(
                        () -> {
                            HttpResponse<String> seen =
                                    CLIENT.send(HttpRequest.newBuilder(read).build(), BodyHandlers.ofString());
                            return new Reading(
                                    Long.parseLong(seen.body()),
                                    seen.body(),
                                    seen.headers().firstValue("ETag").orElseThrow());
                        },
                        base -> {
                            HttpResponse<String> written = CLIENT.send(
                                    HttpRequest.newBuilder(uri)
                                            .PUT(BodyPublishers.ofString(String.valueOf(base.count() + 1)))
                                            .header("Content-Type", "text/plain")
                                            .header("If-Match", base.validator())
                                            .build(),
                                    BodyHandlers.ofString());
                            assertThat(written.statusCode()).isIn(200, 412);
                            return Answer.of(written.statusCode());
                        })
                .with(16)
                .rounds(20)
                .assertNoneLost();
    }

    @Test
    void everyWriteIsReportedOnceAndARefusalLoggedOnce() throws Exception {
        QuarkusProcess own = QuarkusProcess.start("caught");
        try (own) {
            for (String[] request : new String[][] {
                {"PUT", "/counter", "\"1-0\""}, {"DELETE", "/counter", "\"1-0\""}, {"PUT", "/counter/uni", "\"1-0\""}
            }) {
                CLIENT.send(
                        HttpRequest.newBuilder(own.uri(request[1]))
                                .method(request[0], BodyPublishers.ofString("1"))
                                .header("Content-Type", "text/plain")
                                .header("If-Match", request[2])
                                .build(),
                        BodyHandlers.ofString());
            }
            HttpResponse<String> events =
                    CLIENT.send(HttpRequest.newBuilder(own.uri("/events")).build(), BodyHandlers.ofString());

            assertThat(events.body()).isEqualTo("GuardedWrite UnguardedWrite Refused");
        }
        assertThat(own.log().stream().filter(line -> line.contains("VERSION_MISMATCH")))
                .hasSize(1)
                .allMatch(line -> line.contains("412") && line.contains("PUT /counter/uni urn:uuid:"));
    }

    @Test
    void violationsAre422AndThoseOfAnAnswerAreTheServersFault() throws Exception {
        HttpResponse<String> refused = send(
                "plain",
                "POST",
                "/orders?answer=ok",
                "{\"lines\":[{\"sku\":\"A\",\"quantity\":1},{\"sku\":\" \",\"quantity\":0}]}");
        HttpResponse<String> taken =
                send("plain", "POST", "/orders?answer=ok", "{\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}");
        HttpResponse<String> broken = send("plain", "POST", "/orders?answer=", "{\"lines\":[]}");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(problem(refused).extensions().get("errors"))
                .asString()
                .contains("#/lines/1/quantity", "#/lines/1/sku");
        assertThat(taken.body()).isEqualTo("ok");
        assertThat(broken.statusCode()).isEqualTo(500);
    }

    @Test
    void whatLivesLongerThanARequestGetsNoLedger() throws Exception {
        HttpResponse<String> answer = send("plain", "GET", "/kept", "", "If-Match", tag("plain"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"conflict", "unknown"})
    void noProblemFollowsWhatWasSentInPart(String kind) throws Exception {
        String record = streamed(kind);

        assertThat(record).startsWith("HTTP/1.1 200").contains("part of what was to come");
        assertThat(record).doesNotContain("ORDER_ALREADY_SHIPPED").doesNotContain("secret");
    }

    private static String streamed(String kind) throws Exception {
        URI uri = running("plain").uri("/fail/streamed/" + kind);
        try (Socket socket = new Socket("localhost", uri.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(("GET " + uri.getPath() + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            return all(socket.getInputStream());
        }
    }

    private static String all(InputStream in) {
        StringBuilder record = new StringBuilder();
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                record.append((char) octet);
            }
        } catch (IOException cut) {
            return record.toString(); // the connection was cut, or nothing more came
        }
        return record.toString();
    }
}
