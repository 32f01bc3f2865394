package dev.conflict.servlet;

import static dev.conflict.servlet.TomcatServer.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.ConflictException;
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
        return ProblemDetail.parse(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .orElseThrow();
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
