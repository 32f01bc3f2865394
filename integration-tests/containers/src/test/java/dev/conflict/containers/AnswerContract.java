package dev.conflict.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.containers.Stage.Act;
import dev.conflict.containers.Stage.Call;
import dev.conflict.containers.Stage.Scenario;
import dev.conflict.event.ConflictEvent;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import dev.conflict.problem.ProblemDetail;
import dev.conflict.schemas.ProblemSchemas;
import dev.conflict.servlet.ConflictFilter;
import dev.conflict.servlet.ConflictResponses;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On each container a conflict is answered with its problem, wherever it is thrown, unless the response has left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AnswerContract {
    private static final EntityTag CURRENT = EntityTag.strong("2");
    private static final int LARGER_THAN_ANY_BUFFER = 100_000;

    private final List<ConflictEvent> events = new CopyOnWriteArrayList<>();
    private Stage stage;

    /** The container. */
    protected abstract ServletServer.Container container();

    @BeforeAll
    void start() throws Exception {
        stage = Stage.start(
                container(),
                context -> ConflictFilter.builder()
                        .clock(Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC))
                        .listener(events::add)
                        .register(context, "/*"),
                List.of());
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @BeforeEach
    void forget() {
        events.clear();
    }

    /** How an application starts an asynchronous cycle. */
    protected enum Start {
        /** Without arguments. */
        PLAIN,
        /** With its request and response. */
        GIVEN;

        AsyncContext on(Call call) {
            return this == PLAIN
                    ? call.request().startAsync()
                    : call.request().startAsync(call.request(), call.response());
        }
    }

    private static ConflictException shipped() {
        return ConflictException.state("ORDER_ALREADY_SHIPPED")
                .current("SHIPPED")
                .action("cancel");
    }

    private Reply play(String method, String header, Act act) throws Exception {
        return play(method, header, act, call -> {});
    }

    private Reply play(String method, String header, Act act, Act target) throws Exception {
        return Reply.of(stage.play(new Scenario("answer", act, target), method, header, ""));
    }

    private Reply post(Act act) throws Exception {
        return play("POST", "Content-Length: 0\r\n", act);
    }

    private static void assertShipped(Reply reply) {
        assertThat(reply.status()).isEqualTo(409);
        ProblemDetail problem = reply.problem();
        assertThat(problem.status()).hasValue(409);
        assertThat(problem.code()).contains("ORDER_ALREADY_SHIPPED");
        assertThat(problem.text("currentStatus")).contains("SHIPPED");
        assertThat(problem.text("path")).contains("/play/answer");
        assertThat(problem.instance()).hasValueSatisfying(id -> assertThat(id).startsWith("urn:uuid:"));
        assertThat(reply.value("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.value("Content-Length"))
                .isEqualTo(Integer.toString(reply.body().length()));
        assertThat(reply.value("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.value("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.values("ETag")).isEmpty();
        assertThat(reply.rest()).startsWith("<next>HTTP/1.1 200").endsWith("pong<end>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
    void everyMethodGetsTheProblemAndKeepsItsConnection(String method) throws Exception {
        assertShipped(play(method, "Content-Length: 0\r\n", call -> {
            throw shipped();
        }));
    }

    @Test
    void headGetsTheHeaderOfTheAnswerToGet() throws Exception {
        Act act = call -> {
            throw shipped();
        };

        Reply get = play("GET", "", act);
        Reply head = play("HEAD", "", act);

        assertThat(head.status()).isEqualTo(409);
        assertThat(head.body()).isEmpty();
        assertThat(head.value("Content-Length")).isEqualTo(get.value("Content-Length"));
        assertThat(head.value("Content-Type")).isEqualTo("application/problem+json");
        assertThat(head.rest()).endsWith("pong<end>");
    }

    @Test
    void textBeyondAsciiIsUtf8() throws Exception {
        Reply reply = post(call -> {
            call.response().getWriter(); // stands for ISO 8859-1 now
            throw ConflictException.state("S").suggest("é € 你");
        });

        assertThat(reply.value("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.problem().text("suggestion")).contains("é € 你");
    }

    @Test
    void statedVersionThatMovedOnIs412() throws Exception {
        Reply reply = play("PUT", "Content-Length: 0\r\nIf-Match: \"1\"\r\n", AnswerContract::guarded);

        assertThat(reply.status()).isEqualTo(412);
        assertThat(reply.problem().code()).contains("VERSION_MISMATCH");
        assertThat(reply.problem().text("currentEtag")).contains("\"2\"");
        assertThat(reply.value("ETag")).isEqualTo("\"2\"");
    }

    private static void guarded(Call call) {
        ConditionalRequest conditional = ServletPreconditions.of(call.request());
        conditional.respondWith(() -> Optional.of(CURRENT));
        conditional.storedAsSent();
        conditional.require(new Target("Document", "1"), Validators.of(CURRENT));
        call.response().setStatus(204);
    }

    @Test
    void writeThatStatesNothingIs428AndOneThatCannotBeReadIs400() throws Exception {
        assertThat(play("PUT", "Content-Length: 0\r\n", AnswerContract::guarded).status())
                .isEqualTo(428);
        assertThat(play("PUT", "Content-Length: 0\r\nIf-Match: 2\r\n", AnswerContract::guarded)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void guardedWriteSucceedsWithItsTag() throws Exception {
        Reply reply = play("PUT", "Content-Length: 0\r\nIf-Match: \"2\"\r\n", AnswerContract::guarded);

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.value("ETag")).isEqualTo("\"2\"");
        assertThat(events).containsExactly(new ConflictEvent.GuardedWrite("PUT"));
    }

    @Test
    void conflictThatMayBeTriedAgainSaysWhen() throws Exception {
        Reply reply = post(call -> {
            throw ConflictException.concurrency(ConcurrencyReason.DEADLOCK).retryAfter(Duration.ofMillis(1500));
        });

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.value("Retry-After")).isEqualTo("2");
    }

    @Test
    void conflictIsFoundAmongTheCauses() throws Exception {
        assertShipped(post(call -> {
            throw new ServletException("outer", shipped());
        }));
        assertShipped(post(call -> {
            throw new IOException(new CompletionException(new AssertionError(new Exception(shipped()))));
        }));
        assertShipped(post(call -> {
            throw new AssertionError(shipped());
        }));
    }

    @Test
    void conflictBehindSendErrorIsAnswered() throws Exception {
        assertShipped(post(call -> {
            call.response().sendError(500, "Request failed.");
            throw new ServletException(shipped());
        }));
        assertShipped(post(call -> {
            try (PrintWriter writer = call.response().getWriter()) {
                writer.print("partial");
                call.response().sendError(500);
                assertThat(call.response().isCommitted()).isTrue();
                assertThat(call.response().getStatus()).isEqualTo(500);
                throw shipped();
            }
        }));
        assertShipped(post(call -> {
            try (var stream = call.response().getOutputStream()) {
                stream.print("partial");
                call.response().sendError(500);
                throw new IllegalStateException(shipped());
            }
        }));
    }

    @Test
    void partialOutputIsDropped() throws Exception {
        assertShipped(post(call -> {
            call.response().getWriter().print("partial");
            throw shipped();
        }));
        assertShipped(post(call -> {
            call.response().setContentType("text/plain;charset=UTF-16");
            call.response().getWriter().print("partial");
            throw shipped();
        }));
        assertShipped(post(call -> {
            call.response().setContentLength(100);
            call.response().getOutputStream().print("partial");
            throw shipped();
        }));
    }

    @Test
    void fieldsOfTheSuccessGoAndTheOthersStay() throws Exception {
        Reply reply = post(call -> {
            HttpServletResponse response = call.response();
            response.setStatus(201);
            response.setHeader("Access-Control-Allow-Origin", "https://app.example");
            response.addHeader("Vary", "Origin");
            response.addHeader("Vary", "Accept");
            response.setHeader("traceparent", "00-1-2-01");
            response.setHeader("Content-Security-Policy", "default-src 'none'");
            response.addCookie(new Cookie("a", "1"));
            response.addCookie(new Cookie("b", "2"));
            response.setContentType("text/html;charset=UTF-8");
            response.setLocale(Locale.GERMANY);
            response.setHeader("Content-Encoding", "gzip");
            response.setHeader("Content-Disposition", "attachment");
            response.setHeader("Cache-Control", "max-age=60");
            response.setHeader("ETag", "\"success\"");
            response.setHeader("Location", "/new");
            response.setDateHeader("Last-Modified", 0);
            response.setDateHeader("Expires", 0);
            response.setContentLength(1000);
            response.getOutputStream().print("partial");
            throw shipped();
        });

        assertShipped(reply);
        assertThat(reply.value("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(String.join(", ", reply.values("Vary"))).isEqualTo("Origin, Accept, Accept-Language");
        assertThat(reply.value("traceparent")).isEqualTo("00-1-2-01");
        assertThat(reply.value("Content-Security-Policy")).isEqualTo("default-src 'none'");
        assertThat(reply.values("Set-Cookie")).containsExactlyInAnyOrder("a=1", "b=2");
        assertThat(reply.values("Content-Language")).containsExactly("en");
        for (String gone :
                List.of("Content-Encoding", "Content-Disposition", "ETag", "Location", "Last-Modified", "Expires")) {
            assertThat(reply.values(gone)).as(gone).isEmpty();
        }
    }

    @Test
    void sessionThatBeganStays() throws Exception {
        Reply reply = post(call -> {
            call.request().getSession();
            throw shipped();
        });

        assertShipped(reply);
        assertThat(reply.value("Set-Cookie")).startsWith("JSESSIONID=");
    }

    @Test
    void committedResponseIsNeverTouched() throws Exception {
        Reply reply = post(call -> {
            call.response().getWriter().print("partial");
            call.response().flushBuffer();
            throw shipped();
        });

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).doesNotContain("SHIPPED");
        assertThat(events).isEmpty();
    }

    @Test
    void conflictInAForwardOrAnIncludeIsAnswered() throws Exception {
        Act conflicting = call -> {
            call.response().getWriter().print("target");
            throw shipped();
        };
        assertShipped(play(
                "POST",
                "Content-Length: 0\r\n",
                call -> call.request().getRequestDispatcher("/target").forward(call.request(), call.response()),
                conflicting));
        assertShipped(play(
                "POST",
                "Content-Length: 0\r\n",
                call -> call.request().getRequestDispatcher("/target").include(call.request(), call.response()),
                conflicting));
    }

    @ParameterizedTest
    @EnumSource(Start.class)
    void conflictInAnAsynchronousDispatchIsAnswered(Start start) throws Exception {
        Act dispatching = call -> {
            AsyncContext async = start.on(call);
            call.response().setHeader("Access-Control-Allow-Origin", "*");
            call.afterReturn(c -> async.dispatch("/target"));
        };
        Reply reply = play("POST", "Content-Length: 0\r\n", dispatching, call -> {
            throw new ServletException(shipped());
        });
        assertShipped(reply);
        assertThat(reply.value("Access-Control-Allow-Origin")).isEqualTo("*");
        assertShipped(play("POST", "Content-Length: 0\r\n", dispatching, call -> {
            call.response().getWriter().print("partial");
            call.response().sendError(500, "Request failed.");
            throw new ServletException(shipped());
        }));
    }

    @ParameterizedTest
    @EnumSource(Start.class)
    void conflictInAnotherThreadIsAnsweredOnRequest(Start start) throws Exception {
        for (Act before : List.<Act>of(
                call -> {},
                call -> call.response().getWriter().print("partial"),
                call -> call.response().getOutputStream().print("partial"))) {
            Reply reply = post(call -> {
                AsyncContext async = start.on(call);
                call.response().setHeader("Access-Control-Allow-Origin", "*");
                call.afterReturn(c -> {
                    before.play(c);
                    c.note("sent "
                            + ConflictResponses.send(
                                    async.getRequest(), async.getResponse(), new CompletionException(shipped())));
                    async.complete();
                });
            });
            assertShipped(withoutJournal(reply, "sent true"));
            assertThat(reply.value("Access-Control-Allow-Origin")).isEqualTo("*");
        }
    }

    @ParameterizedTest
    @EnumSource(Start.class)
    void unknownExceptionInAnotherThreadLeavesEverythingUntouched(Start start) throws Exception {
        Reply reply = post(call -> {
            AsyncContext async = start.on(call);
            call.afterReturn(c -> {
                c.response().setStatus(202);
                c.response().getOutputStream().print("partial");
                c.note("sent "
                        + ConflictResponses.send(
                                async.getRequest(), async.getResponse(), new IllegalStateException("boom")));
                async.complete();
            });
        });

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.body()).isEqualTo("partial");
        assertThat(reply.rest()).endsWith("sent false");
    }

    @ParameterizedTest
    @EnumSource(Start.class)
    void conflictThrownAfterStartAsyncIsAnsweredWhenTheContainerReportsIt(Start start) throws Exception {
        assertShipped(post(call -> {
            start.on(call).setTimeout(2_000);
            call.response().getOutputStream().print("partial");
            throw new ServletException(shipped());
        }));
    }

    @ParameterizedTest
    @EnumSource(Start.class)
    void conflictThrownAfterStartAsyncMayBeAnsweredByAListener(Start start) throws Exception {
        assertShipped(post(call -> {
            AsyncContext async = start.on(call);
            async.setTimeout(2_000);
            async.addListener(new Answering());
            throw shipped();
        }));
    }

    @ParameterizedTest
    @EnumSource(Start.class)
    void headGetsTheHeaderOfAConflictThrownAfterStartAsync(Start start) throws Exception {
        Reply head = play("HEAD", "", call -> {
            start.on(call).setTimeout(2_000);
            call.response().getOutputStream().print("partial");
            throw shipped();
        });

        assertThat(head.status()).isEqualTo(409);
        assertThat(head.body()).isEmpty();
        assertThat(head.value("Content-Type")).isEqualTo("application/problem+json");
        assertThat(head.rest()).endsWith("pong<end>");
    }

    /** What an application may do itself; the filter's own listener then finds the response answered. */
    private static final class Answering implements AsyncListener {
        @Override
        public void onError(AsyncEvent event) {
            AsyncContext async = event.getAsyncContext();
            if (ConflictResponses.send(async.getRequest(), async.getResponse(), event.getThrowable())) {
                async.complete();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    /** Whichever thread ends the cycle then, and whenever it does, nothing is left that it could lose. */
    @ParameterizedTest
    @EnumSource(Start.class)
    void clientHasTheAnswerBeforeTheCycleIsCompleted(Start start) throws Exception {
        CompletableFuture<HttpResponse<String>> received = new CompletableFuture<>();
        CompletableFuture<Integer> statusBeforeCompletion = new CompletableFuture<>();
        stage.put(new Scenario("left", call -> {
            AsyncContext async = start.on(call);
            call.afterReturn(c -> {
                ConflictResponses.send(async.getRequest(), async.getResponse(), shipped());
                statusBeforeCompletion.complete(received.thenApply(HttpResponse::statusCode)
                        .completeOnTimeout(0, 10, TimeUnit.SECONDS)
                        .join());
                async.complete();
            });
        }));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + stage.port() + "/play/left"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .sendAsync(request, BodyHandlers.ofString())
                .whenComplete((response, broken) -> received.complete(response))
                .get(30, TimeUnit.SECONDS);

        assertThat(statusBeforeCompletion.get(30, TimeUnit.SECONDS)).isEqualTo(409);
        assertThat(answer.body()).contains("ORDER_ALREADY_SHIPPED");
        ProblemSchemas.check(answer.body().getBytes(UTF_8));
    }

    private static Reply withoutJournal(Reply reply, String journal) {
        assertThat(reply.rest()).endsWith("\n" + journal);
        return new Reply(
                reply.status(),
                reply.fields(),
                reply.body(),
                reply.rest().substring(0, reply.rest().length() - journal.length() - 1));
    }

    @Test
    void ledgerIsTheSameInForwardsWrappersAndDispatches() throws Exception {
        ConditionalRequest[] first = new ConditionalRequest[1];
        Act target = call -> call.note("same " + (ServletPreconditions.of(call.request()) == first[0]));
        Act keep = call -> first[0] = ServletPreconditions.of(call.request());

        Reply forward = play(
                "PUT",
                "Content-Length: 0\r\n",
                call -> {
                    keep.play(call);
                    call.request()
                            .getRequestDispatcher("/target")
                            .forward(new HttpServletRequestWrapper(call.request()), call.response());
                },
                target);
        Reply dispatch = play(
                "PUT",
                "Content-Length: 0\r\n",
                call -> {
                    keep.play(call);
                    AsyncContext async = call.request().startAsync();
                    call.afterReturn(c -> async.dispatch("/target"));
                },
                target);

        assertThat(forward.rest()).endsWith("same true");
        assertThat(dispatch.rest()).endsWith("same true");
    }

    @Test
    void writesAreCountedWhenTheLastDispatchIsOver() throws Exception {
        Act dispatching = call -> {
            ServletPreconditions.of(call.request());
            AsyncContext async = call.request().startAsync();
            call.afterReturn(c -> async.dispatch("/target"));
        };
        play("PUT", "Content-Length: 0\r\nIf-Match: \"2\"\r\n", dispatching, AnswerContract::guarded);
        assertThat(events).containsExactly(new ConflictEvent.GuardedWrite("PUT"));

        events.clear();
        play("PUT", "Content-Length: 0\r\nIf-Match: \"2\"\r\n", dispatching, call -> {});
        assertThat(events).containsExactly(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
    }

    /** How an application writes a body. */
    protected enum Output {
        /** Through the stream. */
        STREAM,
        /** Through the writer, a character being one byte. */
        LATIN,
        /** Through the writer, where a character may be three bytes. */
        UTF8;

        void write(HttpServletResponse response, int bytes) throws IOException {
            switch (this) {
                case STREAM -> response.getOutputStream().write(new byte[bytes]);
                case LATIN -> response.getWriter().print("x".repeat(bytes));
                case UTF8 -> {
                    response.setContentType("text/plain;charset=UTF-8");
                    response.getWriter().print("x".repeat(bytes));
                }
            }
        }
    }

    /** Offers a tag that is right only after the last statement of the handler. */
    private Reply tagged(Act act) throws Exception {
        EntityTag[] tag = {EntityTag.strong("before")};
        return play("GET", "", call -> {
            ServletPreconditions.of(call.request()).respondWith(() -> Optional.of(tag[0]));
            act.play(call);
            tag[0] = EntityTag.strong("after");
        });
    }

    @ParameterizedTest
    @EnumSource(Output.class)
    void tagIsAskedForAsLateAsTheBufferAllows(Output output) throws Exception {
        Act mostOfTheBuffer = call ->
                output.write(call.response(), call.response().getBufferSize() / (output == Output.UTF8 ? 4 : 1) - 2);

        assertThat(tagged(call -> {}).value("ETag")).isEqualTo("\"after\"");
        assertThat(tagged(call -> output.write(call.response(), 10)).value("ETag"))
                .isEqualTo("\"after\"");
        assertThat(tagged(mostOfTheBuffer).value("ETag")).isEqualTo("\"after\"");
        assertThat(tagged(call -> output.write(call.response(), LARGER_THAN_ANY_BUFFER))
                        .value("ETag"))
                .isEqualTo("\"before\"");
        assertThat(tagged(call -> {
                            for (int i = 0; i < 100; i++) {
                                output.write(call.response(), LARGER_THAN_ANY_BUFFER / 100);
                            }
                        })
                        .value("ETag"))
                .isEqualTo("\"before\"");
    }

    @ParameterizedTest
    @EnumSource(Output.class)
    void tagGoesWithAFlushedOrClosedHeader(Output output) throws Exception {
        assertThat(tagged(call -> {
                            output.write(call.response(), 10);
                            call.response().flushBuffer();
                        })
                        .value("ETag"))
                .isEqualTo("\"before\"");
        assertThat(tagged(call -> {
                            output.write(call.response(), 10);
                            if (output == Output.STREAM) {
                                call.response().getOutputStream().flush();
                            } else {
                                call.response().getWriter().flush();
                            }
                        })
                        .value("ETag"))
                .isEqualTo("\"before\"");
        assertThat(tagged(call -> {
                            output.write(call.response(), 10);
                            if (output == Output.STREAM) {
                                call.response().getOutputStream().close();
                            } else {
                                call.response().getWriter().close();
                            }
                        })
                        .value("ETag"))
                .isEqualTo("\"before\"");
        assertThat(tagged(call -> {
                            call.response().setContentLength(10);
                            output.write(call.response(), 10);
                        })
                        .value("ETag"))
                .isIn("\"before\"", "\"after\"");
    }

    @Test
    void tagOfTheApplicationStays() throws Exception {
        assertThat(tagged(call -> call.response().setHeader("ETag", "\"own\"")).value("ETag"))
                .isEqualTo("\"own\"");
    }

    @Test
    void answerThatIsNoSuccessHasNoTagExceptNotModified() throws Exception {
        assertThat(tagged(call -> call.response().setStatus(404)).values("ETag"))
                .isEmpty();
        assertThat(tagged(call -> call.response().sendError(404)).values("ETag"))
                .isEmpty();
        assertThat(tagged(call -> call.response().sendRedirect("/else")).values("ETag"))
                .isEmpty();
        assertThat(tagged(call -> call.response().setStatus(304)).value("ETag")).isEqualTo("\"after\"");
    }

    @Test
    void tagThatWasPutOnEarlyGoesWithTheSuccess() throws Exception {
        Act early = call -> {
            call.response().setContentType("text/plain;charset=UTF-8");
            call.response().setHeader("X-App", "1");
            call.response()
                    .getWriter()
                    .print("x".repeat(call.response().getBufferSize() / 2)); // may be up to 1.5 times the buffer
            call.note("tagged " + call.response().containsHeader("ETag"));
        };
        Reply conflict = tagged(call -> {
            early.play(call);
            throw shipped();
        });
        Reply error = tagged(call -> {
            early.play(call);
            call.response().sendError(404, "gone");
        });
        Reply unknown = tagged(call -> {
            early.play(call);
            throw new IllegalStateException("boom");
        });

        assertShipped(withoutJournal(conflict, "tagged true"));
        assertThat(conflict.value("X-App")).isEqualTo("1");
        assertThat(error.status()).isEqualTo(404);
        assertThat(error.values("ETag")).isEmpty();
        assertThat(unknown.status()).isEqualTo(500);
        assertThat(unknown.values("ETag")).isEmpty();
        assertThat(error.body()).doesNotContain("xxxx");
    }

    @Test
    void largeBodyArrivesWhole() throws Exception {
        byte[] large = "0123456789".repeat(3_000).getBytes(UTF_8);
        Reply reply = tagged(call -> {
            call.response().getOutputStream().write(large, 1, large.length - 2);
            call.response().getOutputStream().write(large);
        });

        assertThat(reply.body()).isEqualTo(new String(large, 1, large.length - 2, UTF_8) + new String(large, UTF_8));
    }
}
