package dev.conflict.servlet;

import static dev.conflict.servlet.TomcatServer.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.when;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.event.ConflictEvent;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import dev.conflict.problem.ProblemDetail;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before the handler begins, and what is left to it. */
class EarlyStageTest {
    private static final EntityTag CURRENT = EntityTag.strong("2");
    private static final List<ConflictEvent> EVENTS = new CopyOnWriteArrayList<>();
    private static final List<String> ASKED = new CopyOnWriteArrayList<>();
    private static final List<String> HANDLED = new CopyOnWriteArrayList<>();

    private static TomcatServer server;
    private static volatile ValidatorSource source = request -> Optional.empty();

    @BeforeAll
    static void start() {
        server = TomcatServer.start(context -> {
            ConflictFilter.builder()
                    .listener(EVENTS::add)
                    .validators("/documents/*", EarlyStageTest::ask)
                    .validators("/dates/*", EarlyStageTest::ask)
                    .preconditions("/dates/*", Preconditions.required().acceptingDates())
                    .validators("/free/*", EarlyStageTest::ask)
                    .preconditions("/free/*", Preconditions.optional())
                    .register(context, "/*");
            context.addFilter("method", (request, response, chain) -> {
                        String method = ((HttpServletRequest) request).getHeader("X-HTTP-Method-Override");
                        chain.doFilter(method == null ? request : overridden(request, method), response);
                    })
                    .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
        });
        for (String path : List.of("/documents/1", "/dates/1", "/free/1", "/else")) {
            server.serve(path, (request, response) -> {
                HANDLED.add(request.getMethod());
                response.setStatus(204);
            });
        }
    }

    private static HttpServletRequest overridden(jakarta.servlet.ServletRequest request, String method) {
        return new HttpServletRequestWrapper((HttpServletRequest) request) {
            @Override
            public String getMethod() {
                return method;
            }
        };
    }

    private static Optional<Validators> ask(HttpServletRequest request) throws Exception {
        ASKED.add(request.getMethod() + " " + request.getServletPath() + request.getPathInfo());
        return source.of(request);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        EVENTS.clear();
        ASKED.clear();
        HANDLED.clear();
        source = request -> Optional.of(Validators.of(CURRENT));
    }

    private static ProblemDetail problem(HttpResponse<String> answer) {
        return ProblemDetail.parse(answer.body().getBytes(UTF_8)).orElseThrow();
    }

    @Test
    void staleTagIsRefusedWithoutTellingThePresentOne() {
        HttpResponse<String> answer = server.send("PUT", "/documents/1", "If-Match", "\"1\"");

        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(problem(answer).code()).contains("VERSION_MISMATCH");
        assertThat(problem(answer).text("requestedEtag")).contains("\"1\"");
        assertThat(problem(answer).text("path")).contains("/documents/1");
        assertThat(problem(answer).text("suggestion").orElseThrow()).contains("Read the resource again");
        assertThat(problem(answer).text("currentEtag")).isEmpty();
        assertThat(field(answer, "ETag")).isNull();
        assertThat(answer.body()).doesNotContain("\\\"2\\\"");
        assertThat(HANDLED).isEmpty();
        assertThat(ASKED).containsExactly("PUT /documents/1");
        assertThat(EVENTS).singleElement().isInstanceOf(ConflictEvent.Refused.class);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,    /documents/1, '',            '',    428",
        "PATCH,  /documents/1, '',            '',    428",
        "DELETE, /documents/1, '',            '',    428",
        "PUT,    /documents/1, If-Match,      2,     400",
        "PUT,    /documents/1, If-None-Match, *,     412",
        "POST,   /documents/1, If-Match,      '\"1\"', 412",
        "MERGE,  /documents/1, If-Match,      '\"1\"', 412",
        "PUT,    /dates/1,     '',            '',    428",
        "PUT,    /free/1,      If-Match,      '\"1\"', 412",
    })
    void whatWillBeRefusedIsRefusedNow(String method, String path, String field, String value, int status) {
        HttpResponse<String> answer =
                field.isEmpty() ? server.send(method, path) : server.send(method, path, field, value);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(HANDLED).isEmpty();
    }

    @Test
    void tooManyTagsAreRefusedNow() {
        assertThat(server.send("PUT", "/documents/1", "If-Match", "\"1\",".repeat(300))
                        .statusCode())
                .isEqualTo(431);
        assertThat(HANDLED).isEmpty();
    }

    @Test
    void rulesOfThePatternCountAndAreNamed() {
        source = request -> Optional.of(Validators.of(CURRENT).lastModified(Instant.EPOCH));
        assertThat(problem(server.send("PUT", "/dates/1")).extensions())
                .containsEntry("acceptedHeaders", List.of("If-Match", "If-Unmodified-Since"));
        assertThat(problem(server.send("PUT", "/documents/1")).extensions())
                .containsEntry("acceptedHeaders", List.of("If-Match"));
    }

    @Test
    void trueTagIsLeftToTheHandlerAndStaysUnevaluated() {
        assertThat(server.send("PUT", "/documents/1", "If-Match", "\"2\"").statusCode())
                .isEqualTo(204);
        assertThat(ASKED).hasSize(1);
        assertThat(HANDLED).containsExactly("PUT");
        assertThat(EVENTS).containsExactly(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void readsAreLeftToTheHandlerWithoutAsking(String method) {
        server.send(method, "/documents/1", "If-Match", "\"1\"", "If-None-Match", "\"2\"");

        assertThat(HANDLED).containsExactly(method);
        assertThat(ASKED).isEmpty();
    }

    @Test
    void nobodyIsAskedWhereNothingIsStatedNorRequired() {
        server.send("POST", "/documents/1");
        server.send("PUT", "/free/1");
        server.send("PUT", "/else", "If-Match", "\"1\"");

        assertThat(HANDLED).containsExactly("POST", "PUT", "PUT");
        assertThat(ASKED).isEmpty();
    }

    /** Whether that is a 404, or about to be created, the handler knows. */
    @Test
    void whatIsNotThereIsLeftToTheHandler() {
        source = request -> Optional.of(Validators.absent());

        assertThat(server.send("DELETE", "/documents/1", "If-Match", "\"1\"").statusCode())
                .isEqualTo(204);
        assertThat(HANDLED).containsExactly("DELETE");
    }

    @Test
    void abstainingLeavesItToTheHandler() {
        source = request -> Optional.empty();

        assertThat(server.send("PUT", "/documents/1", "If-Match", "\"1\"").statusCode())
                .isEqualTo(204);
        assertThat(HANDLED).containsExactly("PUT");
    }

    @Test
    void sourceIsAskedOncePerRequestNotPerDispatch() {
        server.serve("/documents/2", (request, response) -> {
            if (request.getDispatcherType() == DispatcherType.ASYNC) {
                response.setStatus(204);
            } else {
                request.startAsync().dispatch();
            }
        });

        assertThat(server.send("PUT", "/documents/2", "If-Match", "\"2\"").statusCode())
                .isEqualTo(204);
        assertThat(ASKED).hasSize(1);
    }

    /** A ledger that was made before the method was changed would not require anything of a POST. */
    @Test
    void handlerEvaluatesTheMethodThatAFilterFurtherInSets() {
        source = request -> Optional.empty();
        server.serve("/documents/3", (request, response) -> {
            ServletPreconditions.of(request).require(new Target("Document", "3"), Validators.of(CURRENT));
            response.setStatus(204);
        });

        assertThat(server.send("POST", "/documents/3", "X-HTTP-Method-Override", "PUT")
                        .statusCode())
                .isEqualTo(428);
        assertThat(server.send("POST", "/documents/3", "X-HTTP-Method-Override", "PUT", "If-None-Match", "\"none\"")
                        .statusCode())
                .isEqualTo(428);
    }

    @Test
    void handlerIsUnderTheRulesOfThePattern() {
        List<ConditionalRequest> ledgers = new ArrayList<>();
        server.serve("/free/2", (request, response) -> {
            ledgers.add(ServletPreconditions.of(request));
            ServletPreconditions.of(request).require(new Target("Document", "3"), Validators.of(CURRENT));
            response.setStatus(204);
        });

        assertThat(server.send("PUT", "/free/2;a=b").statusCode()).isEqualTo(204);
        assertThat(ledgers).hasSize(1);
    }

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalStateException("secret"),
                new Exception("secret", new RuntimeException("secret")),
                new AssertionError("secret"),
                ConflictException.state("secret"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void sourceThatFailsAbstainsAndTheLogNamesNoMessage(Throwable failure) {
        List<String> log = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger("dev.conflict.servlet");
        Handler handler = recording(log);
        logger.addHandler(handler);
        source = request -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        };
        try {
            assertThat(server.send("PUT", "/documents/1;jsessionid=secret", "If-Match", "\"1\"")
                            .statusCode())
                    .isEqualTo(204);
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(HANDLED).containsExactly("PUT");
        assertThat(log)
                .singleElement()
                .asString()
                .contains("WARNING", "PUT /documents/1 ", failure.getClass().getName())
                .doesNotContain("secret");
    }

    /** The handler is told that its thread is to end, as it would be without a source. */
    @Test
    void interruptionIsKept() throws Exception {
        HttpServletRequest request = Fakes.request("PUT", "/documents/1");
        when(request.getServletPath()).thenReturn("/documents/1");
        boolean[] interrupted = new boolean[1];

        Fakes.initialised(ConflictFilter.builder().validators("/documents/*", asked -> {
                    throw new InterruptedException();
                }))
                .doFilter(request, Fakes.response(), (r, s) -> interrupted[0] = Thread.interrupted());

        assertThat(interrupted[0]).isTrue();
    }

    @Test
    void faultOfTheVirtualMachineGoesOn() throws Exception {
        HttpServletRequest request = Fakes.request("PUT", "/documents/1");
        when(request.getServletPath()).thenReturn("/documents/1");
        ConflictFilter filter = Fakes.initialised(ConflictFilter.builder().validators("/documents/*", asked -> {
            throw new OutOfMemoryError("test");
        }));

        assertThatThrownBy(() -> filter.doFilter(request, Fakes.response(), (r, s) -> {}))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    @SuppressWarnings("NullAway") // a source in another language
    void sourceThatReturnsNullAbstains() {
        source = request -> null;

        assertThat(server.send("PUT", "/documents/1", "If-Match", "\"1\"").statusCode())
                .isEqualTo(204);
    }

    private static Handler recording(List<String> log) {
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                log.add(record.getLevel() + " " + new SimpleFormatter().formatMessage(record));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        return handler;
    }
}
