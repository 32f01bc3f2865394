package dev.conflict.servlet;

import static dev.conflict.servlet.TomcatServer.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.ConflictException;
import dev.conflict.Disclosure;
import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.event.ConflictEvent;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import dev.conflict.problem.ProblemDetail;
import jakarta.servlet.ServletException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConflictFilterTest {
    private static final List<ConflictEvent> EVENTS = new CopyOnWriteArrayList<>();
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final EntityTag CURRENT = EntityTag.strong("2");

    private static TomcatServer server;

    @BeforeAll
    static void start() {
        server = TomcatServer.start(context -> ConflictFilter.builder()
                .listener(EVENTS::add)
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .register(context, "/*"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        EVENTS.clear();
    }

    private static ProblemDetail problem(HttpResponse<String> answer) {
        assertThat(field(answer, "Content-Type")).isEqualTo("application/problem+json");
        return ProblemDetail.parse(answer.body().getBytes(UTF_8)).orElseThrow();
    }

    @Test
    void conflictIsAnsweredWithItsProblem() {
        HttpResponse<String> answer = server.exchange(
                (request, response) -> {
                    throw ConflictException.state("ORDER_ALREADY_SHIPPED")
                            .current("SHIPPED")
                            .action("cancel");
                },
                "POST");

        ProblemDetail problem = problem(answer);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(problem.status()).hasValue(409);
        assertThat(problem.code()).contains("ORDER_ALREADY_SHIPPED");
        assertThat(problem.text("currentStatus")).contains("SHIPPED");
        assertThat(problem.text("path")).contains("/once");
        assertThat(problem.text("timestamp")).contains("2026-11-22T10:00:00Z");
        assertThat(field(answer, "Cache-Control")).isEqualTo("no-store");
        assertThat(field(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void conflictIsFoundAmongTheCausesEvenBehindSendError() {
        HttpResponse<String> answer = server.exchange(
                (request, response) -> {
                    response.sendError(500, "Request failed.");
                    throw new ServletException(new CompletionException(new Error(ConflictException.state("S"))));
                },
                "POST");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(problem(answer).code()).contains("S");
    }

    @Test
    void falsePreconditionIs412AndMissingOne428() {
        server.serve("/document", (request, response) -> {
            ServletPreconditions.of(request).require(new Target("Document", "1"), Validators.of(CURRENT));
            response.setStatus(204);
        });

        assertThat(server.send("PUT", "/document", "If-Match", "\"1\"").statusCode())
                .isEqualTo(412);
        assertThat(server.send("PUT", "/document").statusCode()).isEqualTo(428);
        assertThat(server.send("PUT", "/document", "If-Match", "\"2\"").statusCode())
                .isEqualTo(204);
        assertThat(EVENTS).last().isEqualTo(new ConflictEvent.GuardedWrite("PUT"));
    }

    @Test
    void preconditionThatNobodyHeedsIsReported() {
        server.serve("/heedless", (request, response) -> response.setStatus(204));

        server.send("PUT", "/heedless", "If-Match", "\"1\"");
        server.send("POST", "/heedless", "If-None-Match", "*");
        server.send("PUT", "/heedless");
        server.send("GET", "/heedless", "If-None-Match", "\"1\"");

        assertThat(EVENTS)
                .containsExactly(
                        new ConflictEvent.UnguardedWrite("PUT", "If-Match"),
                        new ConflictEvent.UnguardedWrite("POST", "If-None-Match"));
    }

    @Test
    void refusedWriteIsNoWrite() {
        server.serve("/refused", (request, response) -> {
            ServletPreconditions.of(request).require(new Target("Document", "1"), Validators.of(CURRENT));
            response.sendError(422);
        });

        assertThat(server.send("PUT", "/refused", "If-Match", "\"2\"").statusCode())
                .isEqualTo(422);
        assertThat(EVENTS).isEmpty();
    }

    @Test
    void unknownExceptionGoesOn() {
        HttpResponse<String> answer = server.exchange(
                (request, response) -> {
                    throw new ServletException("outer", new IllegalArgumentException("inner"));
                },
                "GET");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("outer", "inner");
        assertThat(EVENTS).isEmpty();
    }

    @Test
    void parametersOfThePathStayOutOfTheAnswer() {
        server.serve("/a/b", (request, response) -> {
            throw ConflictException.state("S");
        });

        HttpResponse<String> answer = server.send("POST", "/a/b;jsessionid=secret?q=1");

        assertThat(problem(answer).text("path")).contains("/a/b");
        assertThat(answer.body()).doesNotContain("secret");
    }

    @Test
    void conflictThrownAfterStartAsyncIsAnswered() {
        HttpResponse<String> answer = server.exchange(
                (request, response) -> {
                    request.startAsync();
                    throw ConflictException.state("S");
                },
                "POST");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(problem(answer).code()).contains("S");
    }

    @Test
    void pathOfADispatchIsTheOneThatTheClientAskedFor() {
        server.serve("/second", (request, response) -> {
            throw ConflictException.state("S");
        });

        HttpResponse<String> answer =
                server.exchange((request, response) -> request.startAsync().dispatch("/second"), "POST");

        assertThat(problem(answer).text("path")).contains("/once");
    }

    @Test
    void anonymousCallerIsNotToldWhatOnlyTheAuthenticatedMayKnow() {
        server.serve("/unique", (request, response) -> {
            throw ConflictException.unique("email").disclose(Disclosure.AUTHENTICATED);
        });

        assertThat(problem(server.send("POST", "/unique")).code()).isEmpty();
    }

    @Test
    void fieldsOfTheSuccessGoAndTheOthersStay() {
        HttpResponse<String> answer = server.exchange(
                (request, response) -> {
                    response.setHeader("Access-Control-Allow-Origin", "*");
                    response.addHeader("Vary", "Origin");
                    response.addHeader("Vary", "Accept");
                    response.setHeader("Content-Security-Policy", "default-src 'none'");
                    response.setHeader("Content-Encoding", "gzip");
                    response.setHeader("ETag", "\"success\"");
                    response.setContentType("text/html;charset=UTF-16");
                    response.getWriter().write("partial");
                    throw ConflictException.state("S").suggest("\u4f60");
                },
                "POST");

        assertThat(problem(answer).text("suggestion")).contains("\u4f60");
        assertThat(answer.headers().allValues("Vary")).containsExactly("Origin", "Accept", "Accept-Language");
        assertThat(field(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(field(answer, "Content-Security-Policy")).isEqualTo("default-src 'none'");
        assertThat(field(answer, "Content-Encoding")).isNull();
        assertThat(field(answer, "ETag")).isNull();
    }

    @Test
    void tagThatWasPutOnEarlyGoesWithTheSuccess() {
        TomcatServer.Service early = (request, response) -> {
            ServletPreconditions.of(request).respondWith(() -> Optional.of(CURRENT));
            response.setHeader("X-App", "1");
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().write("x".repeat(response.getBufferSize() / 2));
            assertThat(response.getHeader("ETag")).isEqualTo("\"2\"");
            assertThat(response.getHeader("Cache-Control")).isEqualTo("private, no-cache");
        };
        HttpResponse<String> error = server.exchange(
                (request, response) -> {
                    early.serve(request, response);
                    response.sendError(404);
                },
                "GET");
        HttpResponse<String> unknown = server.exchange(
                (request, response) -> {
                    early.serve(request, response);
                    throw new IllegalStateException("boom");
                },
                "GET");

        assertThat(error.statusCode()).isEqualTo(404);
        assertThat(unknown.statusCode()).isEqualTo(500);
        assertThat(List.of(error, unknown)).allSatisfy(answer -> {
            assertThat(field(answer, "ETag")).isNull();
            assertThat(field(answer, "Cache-Control")).isNull();
            assertThat(field(answer, "X-App")).isEqualTo("1");
        });
    }

    @Test
    void tagThatCannotBeReadIsLeftOut() {
        HttpResponse<String> answer = server.exchange(
                (request, response) -> {
                    ServletPreconditions.of(request).respondWith(() -> {
                        throw new IllegalStateException("no connection");
                    });
                    response.setIntHeader("Content-Length", 4);
                    response.getOutputStream().print("body");
                },
                "GET");

        assertThat(answer.body()).isEqualTo("body");
        assertThat(field(answer, "ETag")).isNull();
    }

    @Test
    void tagIsAskedForWhenTheChainHasReturned() {
        EntityTag[] tag = {EntityTag.strong("before")};
        HttpResponse<String> answer = server.exchange(
                (request, response) -> {
                    ConditionalRequest conditional = ServletPreconditions.of(request);
                    conditional.respondWith(() -> Optional.of(tag[0]));
                    response.getWriter().write("short");
                    tag[0] = EntityTag.strong("after");
                },
                "GET");

        assertThat(field(answer, "ETag")).isEqualTo("\"after\"");
    }
}
