package dev.conflict.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.containers.Stage.Act;
import dev.conflict.containers.Stage.Call;
import dev.conflict.containers.Stage.Scenario;
import dev.conflict.event.ConflictEvent;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import dev.conflict.servlet.ConflictFilter;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On each container a conditional read gets its 304, and a write that is refused early costs no upload. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ConditionalContract {
    private static final EntityTag CURRENT = EntityTag.strong("2");
    private static final Target DOCUMENT = new Target("Document", "1");
    private static final int UPLOAD_BYTES = 1024 * 1024;

    private final BlockingQueue<ConflictEvent> events = new LinkedBlockingQueue<>();
    private Stage with;
    private Stage without;
    private Stage strict;

    /** The container, set up to ask for content only when somebody reads it. */
    protected abstract ServletServer.Container container();

    @BeforeAll
    void start() throws Exception {
        with = Stage.start(
                container(),
                context -> ConflictFilter.builder()
                        .listener(events::add)
                        .validators("/play/early", request -> Optional.of(Validators.of(CURRENT)))
                        .preconditions("/play/free/*", Preconditions.optional())
                        .register(context, "/*"),
                List.of());
        without = Stage.start(container(), context -> {}, List.of());
        strict = Stage.start(
                container(),
                context -> ConflictFilter.builder()
                        .listener(events::add)
                        .strict()
                        .tagOnPut()
                        .register(context, "/*"),
                List.of());
    }

    @AfterAll
    void stop() {
        with.close();
        without.close();
        strict.close();
    }

    @BeforeEach
    void forget() {
        events.clear();
    }

    /** Whether a filter stands before the servlet. */
    protected enum Filter {
        /** It does. */
        THERE,
        /** It does not. */
        ABSENT
    }

    private static Reply play(Stage stage, String name, String method, String header, Act act) throws Exception {
        return Reply.of(stage.play(new Scenario(name, act), method, header, ""));
    }

    private Reply read(Filter filter, String method, String header, Act act) throws Exception {
        return play(filter == Filter.THERE ? with : without, "read", method, header, call -> {
            ConditionalRequest conditional = ServletPreconditions.of(call.request());
            conditional.respondWith(() -> Optional.of(CURRENT));
            conditional.require(DOCUMENT, Validators.of(CURRENT));
            act.play(call);
            if (!ServletPreconditions.sendNotModified(call.request(), call.response())) {
                call.response().getWriter().print("content");
            }
        });
    }

    private static void prepare(Call call) {
        HttpServletResponse response = call.response();
        response.setHeader("Content-Location", "/play/read.json");
        response.addHeader("Vary", "Accept");
        response.addHeader("Vary", "Origin");
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("traceparent", "00-1-2-01");
        response.addCookie(new Cookie("a", "1"));
        response.setDateHeader("Last-Modified", 0);
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Content-Encoding", "gzip");
        response.setHeader("Content-Language", "en");
        response.setHeader("Accept-Ranges", "bytes");
        response.setContentLength(1000);
    }

    @ParameterizedTest
    @EnumSource
    void readerWhoHasItGetsWhatCachesNeedAndNoMore(Filter filter) throws Exception {
        for (String method : List.of("GET", "HEAD")) {
            Reply reply = read(filter, method, "If-None-Match: \"1\"\r\nIf-None-Match: W/\"2\"\r\n", call -> {
                prepare(call);
                call.response().getWriter().print("{}");
            });

            assertThat(reply.status()).isEqualTo(304);
            assertThat(reply.body()).isEmpty();
            assertThat(reply.value("ETag")).isEqualTo("\"2\"");
            assertThat(reply.value("Cache-Control")).isEqualTo("private, no-cache");
            assertThat(reply.value("Content-Location")).isEqualTo("/play/read.json");
            assertThat(String.join(", ", reply.values("Vary"))).isEqualTo("Accept, Origin");
            assertThat(reply.value("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(reply.value("traceparent")).isEqualTo("00-1-2-01");
            assertThat(reply.value("Set-Cookie")).isEqualTo("a=1");
            assertThat(reply.values("Date")).hasSize(1);
            for (String gone : List.of(
                    "Content-Type",
                    "Content-Length",
                    "Content-Encoding",
                    "Content-Language",
                    "Accept-Ranges",
                    "Last-Modified")) {
                assertThat(reply.values(gone)).as(gone).isEmpty();
            }
            // Undertow names to a HEAD the coding of what does not come, as RFC 9112 §6.1 allows.
            assertThat(reply.values("Transfer-Encoding")).hasSizeLessThanOrEqualTo(method.equals("HEAD") ? 1 : 0);
            assertThat(reply.rest()).startsWith("<next>HTTP/1.1 200").endsWith("pong<end>");
        }
    }

    @ParameterizedTest
    @EnumSource
    void applicationDecidesWhatCachesDo(Filter filter) throws Exception {
        Reply reply = read(filter, "GET", "If-None-Match: \"2\"\r\n", call -> {
            call.response().setHeader("Cache-Control", "max-age=60");
            call.response().setDateHeader("Expires", 0);
        });

        assertThat(reply.status()).isEqualTo(304);
        assertThat(reply.value("Cache-Control")).isEqualTo("max-age=60");
        assertThat(reply.values("Expires")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void readerWhoHasAnotherGetsTheContent(Filter filter) throws Exception {
        Reply reply = read(filter, "GET", "If-None-Match: \"1\"\r\n", call -> {});

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("content");
        assertThat(reply.values("Cache-Control"))
                .isEqualTo(filter == Filter.THERE ? List.of("private, no-cache") : List.of());
    }

    @Test
    void notModifiedInAnotherThread() throws Exception {
        Reply reply = play(with, "thread", "GET", "If-None-Match: \"2\"\r\n", call -> {
            AsyncContext async = call.request().startAsync();
            call.afterReturn(c -> {
                ConditionalRequest conditional = ServletPreconditions.of(c.request());
                conditional.respondWith(() -> Optional.of(CURRENT));
                conditional.require(DOCUMENT, Validators.of(CURRENT));
                c.note("sent " + ServletPreconditions.sendNotModified(c.request(), c.response()));
                async.complete();
            });
        });

        assertThat(reply.status()).isEqualTo(304);
        assertThat(reply.value("ETag")).isEqualTo("\"2\"");
        assertThat(reply.rest()).endsWith("sent true");
    }

    /** A write that reads its content, and then compares. */
    private static void store(Call call) throws Exception {
        int bytes = call.request().getInputStream().readAllBytes().length;
        ServletPreconditions.of(call.request()).require(DOCUMENT, Validators.of(CURRENT));
        call.response().setContentType("text/plain;charset=UTF-8");
        call.response().getWriter().print("stored " + bytes);
    }

    private Conversation upload(String precondition, String expectation) throws Exception {
        with.put(new Scenario("early", ConditionalContract::store));
        Conversation client = new Conversation(with.port());
        client.send("PUT /play/early HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + UPLOAD_BYTES + "\r\n"
                + precondition + expectation + "\r\n");
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Match: \"1\"\r\n", "", "If-Match: 2\r\n"})
    void contentThatWillBeRefusedIsNotEvenAskedFor(String precondition) throws Exception {
        try (Conversation client = upload(precondition, "Expect: 100-continue\r\n")) {
            String first = client.line();
            String rest = client.rest();

            assertThat(first).startsWith("HTTP/1.1 4").doesNotContain("100");
            assertThat(rest).contains("application/problem+json").doesNotContain("HTTP/1.1 100");
            assertThat(Reply.of(first + "\r\n" + rest + "<end>").problem().instance())
                    .isPresent();
        }
    }

    @Test
    void contentThatIsWelcomeIsAskedForAndStored() throws Exception {
        try (Conversation client = upload("If-Match: \"2\"\r\n", "Expect: 100-continue\r\nConnection: close\r\n")) {
            assertThat(client.line()).startsWith("HTTP/1.1 100");
            assertThat(client.line()).isEmpty();
            client.send("x".repeat(UPLOAD_BYTES));

            assertThat(client.line()).startsWith("HTTP/1.1 200");
            assertThat(client.rest()).contains("stored " + UPLOAD_BYTES);
        }
    }

    /** A client that does not ask sends everything, and hears why it was in vain. */
    @Test
    void contentThatComesUnaskedDoesNotDrownTheAnswer() throws Exception {
        try (Conversation client = upload("If-Match: \"1\"\r\n", "")) {
            client.sendAside("x".repeat(UPLOAD_BYTES));

            assertThat(client.line()).startsWith("HTTP/1.1 412");
            assertThat(client.rest()).contains("VERSION_MISMATCH");
        }
    }

    @Test
    void rulesAreFoundByThePathThatTheClientAskedFor() throws Exception {
        Act guarded = call -> {
            ServletPreconditions.of(call.request()).require(DOCUMENT, Validators.of(CURRENT));
            call.response().setStatus(204);
        };
        with.put(new Scenario("free", guarded));

        assertThat(asked(with, "PUT /play/free;a=b HTTP/1.1").status()).isEqualTo(204);
        assertThat(asked(with, "PUT /play/%66ree HTTP/1.1").status()).isEqualTo(204);
        assertThat(play(with, "other", "PUT", "Content-Length: 0\r\n", guarded).status())
                .isEqualTo(428);
    }

    @Test
    void rulesStayThoseOfTheRequestInAForward() throws Exception {
        Act target = call -> {
            ServletPreconditions.of(call.request()).require(DOCUMENT, Validators.of(CURRENT));
            call.response().setStatus(204);
        };
        Reply reply = Reply.of(with.play(
                new Scenario(
                        "free",
                        call -> call.request().getRequestDispatcher("/target").forward(call.request(), call.response()),
                        target),
                "PUT",
                "Content-Length: 0\r\n",
                ""));

        assertThat(reply.status()).isEqualTo(204);
    }

    private static Reply asked(Stage stage, String line) {
        return Reply.of(RawClient.exchange(
                stage.port(),
                line + "\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n",
                "GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    }

    private Reply write(Stage stage, Act act) throws Exception {
        return play(stage, "write", "PUT", "Content-Length: 0\r\nIf-Match: \"2\"\r\n", act);
    }

    private ConflictEvent event() throws InterruptedException {
        return events.poll(10, TimeUnit.SECONDS);
    }

    @Test
    void strictServerAnswersAWriteThatNobodyGuarded() throws Exception {
        Reply reply = write(strict, call -> {
            ServletPreconditions.of(call.request()).respondWith(() -> Optional.of(CURRENT));
            call.response().getWriter().print("saved");
        });

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.values("ETag")).isEmpty();
        assertThat(reply.body()).doesNotContain("saved");
        assertThat(event()).isEqualTo(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
        assertThat(events).isEmpty();
    }

    @Test
    void strictServerLeavesAnAnswerThatHasLeft() throws Exception {
        Reply reply = write(strict, call -> {
            call.response().getWriter().print("saved");
            call.response().flushBuffer();
        });

        assertThat(reply.status()).isEqualTo(200);
        assertThat(event()).isEqualTo(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
    }

    @Test
    void strictServerAnswersAfterADispatchToo() throws Exception {
        Reply reply = Reply.of(strict.play(
                new Scenario(
                        "write",
                        call -> {
                            AsyncContext async = call.request().startAsync();
                            call.afterReturn(c -> async.dispatch("/target"));
                        },
                        call -> call.response().setStatus(204)),
                "PUT",
                "Content-Length: 0\r\nIf-Match: \"2\"\r\n",
                ""));

        assertThat(reply.status()).isEqualTo(500);
        assertThat(event()).isEqualTo(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
        assertThat(events).isEmpty();
    }

    @Test
    void guardedWriteOnAStrictServerHasItsTag() throws Exception {
        Reply reply = write(strict, call -> {
            ConditionalRequest conditional = ServletPreconditions.of(call.request());
            conditional.require(DOCUMENT, Validators.of(CURRENT));
            conditional.respondWith(() -> Optional.of(CURRENT));
            call.response().setStatus(204);
        });

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.value("ETag")).isEqualTo("\"2\"");
        assertThat(event()).isEqualTo(new ConflictEvent.GuardedWrite("PUT"));
    }

    /** Where an asynchronous cycle is completed. */
    protected enum Completion {
        /** In the servlet. */
        AT_ONCE,
        /** In another thread, while the servlet runs. */
        MEANWHILE,
        /** In another thread, afterwards. */
        LATER;

        void of(Call call, Act work) throws Exception {
            AsyncContext async = call.request().startAsync();
            Act completing = c -> {
                work.play(c);
                async.complete();
            };
            switch (this) {
                case AT_ONCE -> completing.play(call);
                case MEANWHILE -> call.inWorker(completing).get(10, TimeUnit.SECONDS);
                case LATER -> call.afterReturn(completing);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void writeThatIsCompletedAsynchronouslyIsReportedOnce(Completion completion) throws Exception {
        Reply guarded = write(
                with,
                call -> completion.of(call, c -> {
                    ServletPreconditions.of(c.request()).require(DOCUMENT, Validators.of(CURRENT));
                    c.response().setStatus(204);
                }));
        assertThat(guarded.status()).isEqualTo(204);
        assertThat(event()).isEqualTo(new ConflictEvent.GuardedWrite("PUT"));

        Reply unguarded =
                write(with, call -> completion.of(call, c -> c.response().setStatus(204)));
        assertThat(unguarded.status()).isEqualTo(204);
        assertThat(event()).isEqualTo(new ConflictEvent.UnguardedWrite("PUT", "If-Match"));
        assertThat(events).isEmpty();
    }

    @Test
    void writeThatTimedOutIsNotReported() throws Exception {
        Reply reply = write(with, call -> call.request().startAsync().setTimeout(100));
        write(with, call -> {
            ServletPreconditions.of(call.request()).require(DOCUMENT, Validators.of(CURRENT));
            call.response().setStatus(204);
        });

        assertThat(reply.status()).isGreaterThanOrEqualTo(500);
        assertThat(event()).isEqualTo(new ConflictEvent.GuardedWrite("PUT"));
        assertThat(events).isEmpty();
    }
}
