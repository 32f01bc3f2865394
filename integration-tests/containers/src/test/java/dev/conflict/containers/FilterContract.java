package dev.conflict.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.ConflictException;
import dev.conflict.containers.Stage.Act;
import dev.conflict.containers.Stage.Scenario;
import dev.conflict.problem.ProblemDetail;
import dev.conflict.problem.ProblemException;
import dev.conflict.servlet.ConflictFilter;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a filter does on each container if it is told to do all it can; and the page, which it sends untold. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FilterContract {
    private static final String BROWSER =
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Language: de\r\n";
    private static final String EMPTY = "Content-Length: 0\r\n";
    private static final String PLANTED = "\"'><script>alert(1)</script>";

    private Stage stage;

    /** The container. */
    protected abstract ServletServer.Container container();

    @BeforeAll
    void start() throws Exception {
        stage = Stage.start(
                container(),
                context -> ConflictFilter.builder()
                        .errorCodeHeader("X-Error-Code")
                        .problemsForErrors()
                        .problemsForExceptions()
                        .register(context, "/*"),
                List.of(ServletServer.ErrorPage.of(404, "/error")));
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    private Reply play(String method, String header, Act act) throws Exception {
        return play(method, header, act, call -> {});
    }

    private Reply play(String method, String header, Act act, Act target) throws Exception {
        return Reply.of(stage.play(new Scenario("filter", act, target), method, header, ""));
    }

    /** Tomcat closes the connection by itself behind some statuses. */
    private static void assertStaysOpen(Reply reply) {
        if (reply.values("Connection").contains("close")) {
            assertThat(reply.rest()).isEqualTo("<end>");
            return;
        }
        assertThat(reply.rest()).startsWith("<next>HTTP/1.1 200").endsWith("pong<end>");
    }

    private static ProblemDetail assertBlank(Reply reply, int status) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.value("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.value("Content-Length"))
                .isEqualTo(Integer.toString(reply.body().length()));
        assertThat(reply.value("Cache-Control")).isEqualTo("no-store");
        assertStaysOpen(reply);
        ProblemDetail problem = reply.problem();
        assertThat(problem.type()).isEqualTo("about:blank");
        assertThat(problem.status()).hasValue(status);
        assertThat(problem.detail()).isPresent();
        assertThat(problem.extensions()).containsKey("suggestion");
        assertThat(problem.instance()).isPresent();
        return problem;
    }

    private static ConflictException planted() {
        return ConflictException.state(PLANTED)
                .current(PLANTED)
                .action(PLANTED)
                .detail(PLANTED)
                .suggest(PLANTED);
    }

    private static void assertHarmless(Reply reply) {
        assertThat(reply.value("Content-Type").replace(" ", "").toLowerCase(Locale.ROOT))
                .isEqualTo("text/html;charset=utf-8");
        assertThat(reply.value("Content-Security-Policy")).startsWith("default-src 'none';");
        assertThat(reply.value("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.value("Cache-Control")).isEqualTo("no-store");
        assertThat(String.join(", ", reply.values("Vary"))).contains("Accept");
        assertThat(reply.body()).contains("<html").doesNotContain("<script", "alert(1)<", "\"'>");
    }

    @Test
    void browserGetsAPageOnWhichNothingRuns() throws Exception {
        Reply reply = play("POST", EMPTY + BROWSER, call -> {
            throw planted();
        });

        assertThat(reply.status()).isEqualTo(409);
        assertHarmless(reply);
        assertThat(reply.value("Content-Length"))
                .isEqualTo(Integer.toString(reply.body().length()));
        assertThat(reply.value("Content-Language")).isEqualTo("de");
        assertThat(reply.value("Vary")).isEqualTo("Accept-Language, Accept");
        assertThat(reply.body()).contains("<html lang=\"de\">", "&#60;script&#62;", "urn:uuid:");
        assertThat(reply.values("X-Error-Code")).isEmpty(); // the code is no token
        assertStaysOpen(reply);
    }

    @Test
    void pageOfSomebodyElsesProblemIsHarmlessToo() throws Exception {
        assertHarmless(play("POST", EMPTY + BROWSER + "X-Planted: " + PLANTED + "\r\n", call -> {
            throw new ProblemException(ProblemDetail.builder(400)
                    .title(PLANTED)
                    .detail(call.request().getHeader("X-Planted"))
                    .extension("suggestion", PLANTED)
                    .extension("header", PLANTED)
                    .extension("code", PLANTED)
                    .build());
        }));
    }

    @Test
    void pageReplacesThePolicyOfTheSuccessAndKeepsTheOtherFields() throws Exception {
        Reply reply = play("GET", BROWSER, call -> {
            call.response().setHeader("Content-Security-Policy", "script-src *");
            call.response().setHeader("Access-Control-Allow-Origin", "*");
            call.response().setHeader("traceparent", "00-1-2-01");
            call.response().addHeader("Vary", "Origin, accept");
            throw ConflictException.state("S");
        });

        assertThat(reply.values("Content-Security-Policy")).hasSize(1).noneMatch(policy -> policy.contains("*"));
        assertThat(reply.value("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(reply.value("traceparent")).isEqualTo("00-1-2-01");
        assertThat(String.join(", ", reply.values("Vary"))).isEqualTo("Origin, accept, Accept-Language");
        assertThat(reply.value("X-Error-Code")).isEqualTo("S");
    }

    @Test
    void headOfAPageHasItsHeader() throws Exception {
        Act act = call -> {
            call.response().getWriter().print("partial");
            throw ConflictException.state("S").detail("é");
        };
        Reply get = play("GET", BROWSER, act);
        Reply head = play("HEAD", BROWSER, act);

        assertThat(head.status()).isEqualTo(409);
        assertThat(head.body()).isEmpty();
        assertThat(head.value("Content-Length")).isEqualTo(get.value("Content-Length"));
        assertThat(head.value("X-Error-Code")).isEqualTo("S");
        assertThat(get.body()).contains("Ã©"); // UTF-8, shown as ISO 8859-1
        assertStaysOpen(head);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE"})
    void errorWithoutABodyIsAProblem(String method) throws Exception {
        Reply reply = play(method, EMPTY, call -> {
            call.response().setHeader("Retry-After", "7");
            call.response().setHeader("WWW-Authenticate", "Basic");
            call.response().setStatus(404);
        });

        assertThat(assertBlank(reply, 404).title()).contains("Not Found");
        assertThat(reply.value("Retry-After")).isEqualTo("7");
        assertThat(reply.value("WWW-Authenticate")).isEqualTo("Basic");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 422, 500, 503})
    void errorThatIsSentIsAProblemWithoutItsMessage(int status) throws Exception {
        Reply reply = play("POST", EMPTY, call -> {
            call.response().getWriter().print("partial");
            call.response().sendError(status, "secret");
        });

        assertBlank(reply, status);
        assertThat(reply.body()).doesNotContain("secret", "partial");
    }

    @Test
    void errorThatIsSentIsAPageForABrowser() throws Exception {
        Reply reply = play("GET", BROWSER, call -> call.response().sendError(404, PLANTED));

        assertThat(reply.status()).isEqualTo(404);
        assertHarmless(reply);
        assertThat(reply.body()).doesNotContain("script");
    }

    @Test
    void headOfAnErrorHasItsHeader() throws Exception {
        Reply reply = play("HEAD", "", call -> call.response().sendError(404));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.value("Content-Type")).isEqualTo("application/problem+json");
        assertStaysOpen(reply);
    }

    @Test
    void errorThatHasABodyIsLeftAsItIs() throws Exception {
        Reply written = play("POST", EMPTY, call -> {
            call.response().setStatus(404);
            call.response().getWriter().print("mine");
        });
        Reply committed = play("POST", EMPTY, call -> {
            call.response().setStatus(404);
            call.response().flushBuffer();
        });
        Reply closed = play("POST", EMPTY, call -> {
            call.response().setStatus(404);
            PrintWriter writer = call.response().getWriter();
            writer.print("mine");
            writer.close();
        });

        assertThat(List.of(written.body(), committed.body(), closed.body())).containsExactly("mine", "", "mine");
        assertThat(List.of(written.status(), committed.status(), closed.status()))
                .containsOnly(404);
    }

    @Test
    void emptyErrorWhoseWriterIsTakenIsAProblem() throws Exception {
        assertBlank(
                play("POST", EMPTY, call -> {
                    call.response().setContentType("text/plain;charset=UTF-8");
                    call.response().getWriter();
                    call.response().setStatus(410);
                }),
                410);
    }

    @Test
    void successWithoutABodyIsLeftAsItIs() throws Exception {
        Reply reply = play("POST", EMPTY, call -> call.response().setStatus(204));

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.values("Content-Type")).isEmpty();
    }

    @Test
    void errorInAnAsynchronousDispatchIsAProblem() throws Exception {
        Act dispatching = call -> {
            AsyncContext async = call.request().startAsync();
            call.afterReturn(c -> async.dispatch("/target"));
        };

        assertBlank(play("POST", EMPTY, dispatching, call -> call.response().sendError(404)), 404);
        Reply written = play(
                "POST",
                EMPTY,
                call -> {
                    call.response().setStatus(404);
                    call.response().getWriter().print("mine");
                    dispatching.play(call);
                },
                call -> {});
        assertThat(written.body()).isEqualTo("mine");
    }

    @Test
    void unknownExceptionIsAProblemThatTellsNothingOfIt() throws Exception {
        for (Act act : List.<Act>of(
                call -> {
                    throw new IllegalStateException("secret");
                },
                call -> {
                    call.response().getWriter().print("partial");
                    call.response().sendError(500, "secret");
                    throw new IOException("secret");
                },
                call -> {
                    throw new AssertionError("secret");
                })) {
            Reply reply = play("POST", EMPTY, act);
            assertBlank(reply, 500);
            assertThat(reply.body()).doesNotContain("secret", "partial", "Exception", "java");
        }
    }

    @Test
    void unknownExceptionBehindACommittedResponseIsTheContainers() throws Exception {
        Reply reply = play("POST", EMPTY, call -> {
            call.response().getWriter().print("partial");
            call.response().flushBuffer();
            throw new IllegalStateException("secret");
        });

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).doesNotContain("about:blank");
    }
}
