package dev.conflict.containers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.conflict.Conflict.FileReason;
import dev.conflict.Conflict.IdempotencyReason;
import dev.conflict.ConflictException;
import dev.conflict.Dependent;
import dev.conflict.Disclosure;
import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.http.Validators;
import dev.conflict.problem.ProblemDetail;
import dev.conflict.problem.ProblemException;
import dev.conflict.problem.ValidationErrors;
import dev.conflict.servlet.ConflictFilter;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a request or an application plants stays text: in JSON, on the page, in header fields and in the log.
 *
 * <p>The tables {@link #requests()} and {@link #answers()} say what is planted where.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PlantedContract {
    private static final String SCRIPT = "\"'><script>alert(1)</script>&amp;`=";

    /** Ends a line for somebody, steers a terminal, or turns a text round. */
    private static final String LINES =
            "a\r\nX-Planted: 1\r\n\r\nb\u0085c\u2028d\u2029e\u001b[31mf\u009b31mg\u0000h\u000bi\fj\u007fk\u202el";

    private static final String HOSTILE = SCRIPT + LINES + "x".repeat(2_000);

    private static final String BROWSER = "Accept: text/html\r\n";
    private static final String JSON = "Accept: application/json\r\n";

    private ServletServer server;
    private OurLog log;
    private volatile Act act;
    private volatile CompletableFuture<Void> returned = new CompletableFuture<>();

    /** What the servlet does. */
    @FunctionalInterface
    protected interface Act {
        /** Does it. */
        void play(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    /** The container. */
    protected abstract ServletServer.Container container();

    @BeforeAll
    void start() throws Exception {
        server = container().start(new ServletServer.Application(this::open, List.of()));
        log = OurLog.open();
    }

    private void open(ServletContext context) {
        context.addFilter("watch", (Filter) (request, response, chain) -> {
                    try {
                        chain.doFilter(request, response);
                    } finally {
                        returned.complete(null);
                    }
                })
                .addMappingForUrlPatterns(null, false, "/*");
        ConflictFilter.builder()
                .errorCodeHeader("X-Error-Code")
                .problemsForErrors()
                .errorMessages()
                .problemsForExceptions()
                .traceId(request ->
                        Optional.ofNullable(request.getAttribute("trace")).map(String::valueOf))
                .register(context, "/*");
        context.addServlet("plant", new Planting()).addMapping("/*");
    }

    private final class Planting extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            act.play(request, response);
        }
    }

    @AfterAll
    void stop() {
        log.close();
        server.close();
    }

    @BeforeEach
    void forget() {
        log.clear();
    }

    /** Sends a request; if we answered it, we have logged it when this returns. */
    private Reply send(String line, String header) {
        returned = new CompletableFuture<>();
        Reply reply = Reply.of(RawClient.exchange(
                server.port(),
                line + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n" + header + "\r\n",
                ""));
        if (isOurs(reply)) {
            returned.orTimeout(10, TimeUnit.SECONDS).join(); // a container may have sent everything before
        }
        return reply;
    }

    /** What is planted in a request, and whether an answer may repeat it. */
    static Stream<Arguments> requests() {
        String planted = "planted-" + SCRIPT;
        return Stream.of(
                arguments("path, escaped", "POST /planted/%22%27%3E%3Cscript%3Ealert(1)%3C/script%3E&=", ""),
                arguments("path, as it is", "POST /planted/<script>alert(1)</script>", ""),
                arguments("path, what needs no escape", "POST /planted/'&=;()", ""),
                arguments("path, line ends", "POST /planted/%0D%0AX-Planted:%201%0D%0A%0D%0A", ""),
                arguments("path, other line ends", "POST /planted/%C2%85%E2%80%A8%E2%80%A9%1B%5B31m%00", ""),
                arguments("path, endless", "POST /planted/" + "x".repeat(3_000), ""),
                arguments("query", "POST /a?planted-query=<script>alert(1)</script>", ""),
                arguments("query, escaped", "POST /a?planted-query=%3Cscript%3E%0D%0A", ""),
                arguments("path parameter", "POST /a;planted-parameter=%3Cscript%3E", ""),
                arguments("method", "PLANTED'&`*~| /a", ""),
                arguments("language", "POST /a", "Accept-Language: " + planted + "\r\n"),
                arguments("language's weight", "POST /a", "Accept-Language: de;q=" + planted + "\r\n"),
                arguments("language, private", "POST /a", "Accept-Language: x-planted, i-planted, de-x-planted\r\n"),
                arguments("precondition that is false", "POST /a", "If-Match: \"<script>alert(1)</script>&'`=\"\r\n"),
                arguments("precondition that is none", "POST /a", "If-Match: " + planted + "\r\n"),
                arguments("request id", "POST /a", "X-Request-Id: " + planted + "\r\n"),
                arguments("correlation id", "POST /a", "X-Correlation-Id: " + planted + "\r\n"),
                arguments("trace", "POST /a", "traceparent: 00-" + planted + "-01\r\ntracestate: " + planted + "\r\n"),
                arguments("origin", "POST /a", "Origin: " + planted + "\r\nReferer: " + planted + "\r\n"),
                arguments("forwarded", "POST /a", "X-Forwarded-For: " + planted + "\r\nForwarded: for=planted\r\n"),
                arguments("user agent", "POST /a", "User-Agent: " + planted + "\r\nCookie: a=planted\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void whatARequestPlantsStaysText(String where, String line, String header) {
        act = (request, response) -> {
            if (request.getHeader("If-Match") != null) {
                ServletPreconditions.of(request).require(new Target("a", 1), Validators.of(EntityTag.strong("2")));
            }
            throw ConflictException.state("S").current("X");
        };
        for (String accept : List.of(JSON, BROWSER)) {
            log.clear();
            Reply reply = send(line, header + accept);
            if (!isOurs(reply)) {
                assertThat(reply.status())
                        .as("what a container refuses by itself")
                        .isIn(400, 404, 405, 501);
                assertThat(log.lines()).isEmpty();
                continue;
            }
            assertHarmless(reply);
            assertOneLine();
            String told = head(reply) + reply.body() + log.lines();
            if (where.startsWith("path,")) {
                assertThat(told).contains("/planted/");
                assertThat(told).doesNotContain("X-Planted: 1");
            } else if (where.equals("method")) {
                assertThat(head(reply) + reply.body()).doesNotContain("PLANTED");
            } else {
                assertThat(told).doesNotContain("planted");
            }
        }
    }

    private static boolean isOurs(Reply reply) {
        return reply.body().contains("urn:uuid:");
    }

    private static String head(Reply reply) {
        StringBuilder head = new StringBuilder();
        reply.fields()
                .forEach(field ->
                        head.append(field[0]).append(": ").append(field[1]).append('\n'));
        return head.toString();
    }

    private static void assertHarmless(Reply reply) {
        assertThat(reply.values("X-Planted")).isEmpty();
        assertThat(reply.values("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(reply.fields()).allSatisfy(field -> {
            assertThat(field[0]).matches("[A-Za-z-]+");
            assertThat(field[1]).matches("[ -~]*").doesNotContain("<script");
        });
        String body = new String(reply.body().getBytes(ISO_8859_1), UTF_8);
        if (reply.value("Content-Type").startsWith("text/html")) {
            assertThat(body).contains("<html").doesNotContain("<script", "script>", "alert(1)<", "\"'", "&amp;");
            assertThat(body).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202e]");
            assertThat(reply.value("Content-Security-Policy")).startsWith("default-src 'none';");
        } else {
            assertThat(reply.value("Content-Type")).isEqualTo("application/problem+json");
            assertThat(body).doesNotContainPattern("[\\x00-\\x1f\\x7f<>&\\u2028\\u2029]");
        }
    }

    /** One line of six words, whatever they hold; nobody takes it for two, or for another's. */
    private void assertOneLine() {
        assertThat(log.lines()).hasSize(1);
        assertLine(log.lines().get(0).message());
        assertThat(log.lines().get(0).trace()).isEmpty();
    }

    private static void assertLine(String message) {
        assertThat(message).matches("[!-~]+( [!-~]+){5}").hasSizeLessThan(4_000);
    }

    /** What is planted in an answer, by each kind in each of its members. */
    static Stream<Arguments> answers() {
        URI script = URI.create("javascript:alert(1)");
        Instant now = Instant.parse("2026-11-23T10:00:00Z");
        return Stream.of(
                arguments(
                        "state",
                        ConflictException.state(HOSTILE)
                                .current(HOSTILE)
                                .action(HOSTILE)
                                .allowed(List.of(HOSTILE))
                                .prerequisites(List.of(HOSTILE))),
                arguments(
                        "texts and links",
                        ConflictException.state("S")
                                .detail(HOSTILE)
                                .suggest(HOSTILE)
                                .link(HOSTILE, script)),
                arguments(
                        "an application's own member",
                        ConflictException.state("S").with("own", Map.of(HOSTILE, List.of(HOSTILE)))),
                arguments(
                        "version in a header",
                        ConflictException.version()
                                .statedIn("If-Match", HOSTILE, null)
                                .changed(HOSTILE, now)
                                .current(Map.of(HOSTILE, HOSTILE))),
                arguments(
                        "version in the body",
                        ConflictException.version().changed(HOSTILE, now).current(List.of(HOSTILE))),
                arguments("precondition", ConflictException.precondition(HOSTILE)),
                arguments("precondition required", ConflictException.preconditionRequired(HOSTILE)),
                arguments(
                        "uniqueness",
                        ConflictException.unique(HOSTILE)
                                .value(HOSTILE)
                                .alternatives(List.of(HOSTILE))
                                .disclose(Disclosure.PUBLIC)),
                arguments(
                        "existence",
                        ConflictException.exists(HOSTILE).at(script).field(HOSTILE)),
                arguments("absence", ConflictException.gone().deleted(HOSTILE, now)),
                arguments(
                        "dependency",
                        ConflictException.dependency()
                                .code(HOSTILE)
                                .dependents(1, List.of(new Dependent(HOSTILE, script)))),
                arguments(
                        "integrity",
                        ConflictException.integrity(HOSTILE, HOSTILE).code(HOSTILE)),
                arguments("exclusion", ConflictException.exclusion(HOSTILE).field(HOSTILE)),
                arguments(
                        "file",
                        ConflictException.file(FileReason.EXISTS, HOSTILE).way(HOSTILE, Map.of(HOSTILE, HOSTILE))),
                arguments("locked", ConflictException.locked().held(HOSTILE, now)),
                arguments(
                        "idempotency",
                        ConflictException.idempotency(IdempotencyReason.IN_PROGRESS)
                                .operation(HOSTILE, HOSTILE)),
                arguments(
                        "several",
                        ConflictException.several(List.of(
                                ConflictException.integrity(HOSTILE, HOSTILE),
                                ConflictException.state(HOSTILE).current(HOSTILE)))),
                arguments(
                        "validation",
                        new ValidationErrors().add(HOSTILE, HOSTILE, HOSTILE).toException()),
                arguments(
                        "a problem of the application's own",
                        new ProblemException(ProblemDetail.builder(412)
                                .type(URI.create("https://shop.example/'()"))
                                .title(HOSTILE)
                                .detail(HOSTILE)
                                .instance(URI.create("urn:uuid:'()"))
                                .extension("code", HOSTILE)
                                .extension("suggestion", HOSTILE)
                                .extension("currentEtag", HOSTILE)
                                .extension("retryAfterMillis", HOSTILE)
                                .build())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void whatAnApplicationPlantsStaysText(String what, RuntimeException planted) {
        act = (request, response) -> {
            throw planted;
        };

        Reply json = send("POST /a", JSON);
        assertHarmless(json);
        assertOneLine();
        assertThat(json.values("X-Error-Code")).allMatch(code -> code.matches("[A-Z_]{1,256}"));
        assertThat(json.values("ETag")).isEmpty();
        assertThat(json.problem().toMap().toString()).as("nothing is lost").contains(HOSTILE);

        log.clear();
        assertHarmless(send("POST /a", BROWSER));
        assertOneLine();
    }

    /** Where the id of a trace may come from, and what may have been put there; it is not ours to judge. */
    static Stream<Arguments> traces() {
        String planted = "00-planted-" + SCRIPT + "-01";
        return Stream.of(
                arguments("a field of the request, taken over", "traceparent: " + planted + "\r\n", ""),
                arguments("a field of two lines", "traceparent: " + planted + "\r\ntraceparent: planted\r\n", ""),
                arguments("whatever ends lines and texts", "", HOSTILE),
                arguments("half a character", "", "planted-\ud800"),
                arguments("another text within JSON", "", "\"},{\"code\":\"planted\",\"\\u0000"),
                arguments("nothing", "", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("traces")
    void idOfATraceStaysText(String where, String header, String trace) {
        act = (request, response) -> {
            request.setAttribute("trace", header.isEmpty() ? trace : request.getHeader("traceparent"));
            throw ConflictException.state("S");
        };
        String told = header.isEmpty() ? trace.replace('\ud800', '\ufffd') : "00-planted-" + SCRIPT + "-01";

        Reply json = send("POST /a", header + JSON);
        assertHarmless(json);
        assertOneLine();
        assertThat(json.problem().text("traceId")).contains(told);
        assertThat(json.problem().code()).contains("S");
        assertThat(head(json) + log.lines()).doesNotContain("planted", "script", "X-Planted");

        log.clear();
        Reply page = send("POST /a", header + BROWSER);
        assertHarmless(page);
        assertOneLine();
        assertThat(head(page) + page.body() + log.lines()).doesNotContain("planted", "script", "X-Planted");
    }

    @Test
    void traceThatCannotBeToldSaysNothing() {
        act = (request, response) -> {
            request.setAttribute("trace", new Object() {
                @Override
                public String toString() {
                    throw new IllegalStateException(HOSTILE);
                }
            });
            throw ConflictException.state("S");
        };

        Reply reply = send("POST /a", JSON);

        assertHarmless(reply);
        assertThat(reply.problem().extensions()).doesNotContainKey("traceId");
        assertThat(log.lines()).hasSize(2).allSatisfy(line -> {
            assertThat(line.message()).matches("[ -~]+").doesNotContain("script", "X-Planted");
            assertThat(line.trace()).isEmpty();
        });
    }

    /** The application asked for these messages; a container's page would show them too. */
    @Test
    void messageOfAnErrorStaysText() {
        act = (request, response) -> response.sendError(404, HOSTILE);

        assertHarmless(send("POST /a", JSON));
        assertHarmless(send("POST /a", BROWSER));
        assertThat(log.lines()).hasSize(2).allSatisfy(line -> assertLine(line.message()));
    }

    @Test
    void messageOfAnUnknownExceptionIsNowhere() {
        act = (request, response) -> {
            throw new IllegalStateException(HOSTILE, new IOException(HOSTILE));
        };
        for (String accept : List.of(JSON, BROWSER)) {
            log.clear();
            Reply reply = send("POST /a", accept);

            assertHarmless(reply);
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.body()).doesNotContain("script", "X-Planted", "Exception");
            assertThat(log.lines()).hasSize(2);
            assertLine(log.lines().get(0).message());
            assertThat(log.lines().get(1).message()).matches("Behind urn:uuid:[0-9a-f-]{36}");
            assertThat(log.lines().get(1).trace().lines())
                    .allMatch(line -> line.matches(
                            "(Caused by: )?java[.][\\w.]+|\\tat [\\w.$/@<>-]+\\(.*\\)|\\t[.]{3} \\d+ more"));
        }
    }
}
