package dev.conflict.containers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.containers.Stage.Act;
import dev.conflict.containers.Stage.Scenario;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.http.Validators;
import dev.conflict.servlet.ConflictFilter;
import dev.conflict.servlet.EntityTagFilter;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On each container a complete body has its tag, and everything else is as it would be without the filter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EntityTagContract {
    private static final int LIMIT = 50_000;
    private static final int LARGE = 64 * 1024 * 1024;
    private static final String PING = "GET /ping HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private Stage stage;
    private Stage plain;
    private Stage strong;
    private Stage holding;
    private Stage inside;
    private Stage outside;
    private Stage guarded;
    private Stage relaxed;

    /** The container. */
    protected abstract ServletServer.Container container();

    @BeforeAll
    void start() throws Exception {
        plain = Stage.start(container(), EntityTagContract::servlets, List.of());
        stage = start(context -> {
            EntityTagFilter.builder().maxBodyBytes(LIMIT).register(context, "/play/*", "/get", "/legacy");
            servlets(context);
        });
        strong = start(context -> EntityTagFilter.builder().strong().register(context, "/*"));
        holding = start(context -> {
            EntityTagFilter.builder().holdFlushed().register(context, "/*");
        });
        inside = start(context -> {
            ConflictFilter.register(context, "/*");
            EntityTagFilter.register(context, "/*");
        });
        outside = start(context -> {
            EntityTagFilter.register(context, "/*");
            ConflictFilter.register(context, "/*");
        });
        guarded = start(context -> ConflictFilter.register(context, "/*"));
        relaxed = start(context -> {
            Preconditions rules = Preconditions.required()
                    .requiredOn("POST")
                    .acceptingWeakenedTags()
                    .acceptingCodingSuffixes("--gzip");
            ConflictFilter.builder().preconditions("/*", rules).register(context, "/*");
            EntityTagFilter.register(context, "/*");
        });
    }

    private Stage start(ServletServer.Start filters) throws Exception {
        return Stage.start(container(), filters, List.of());
    }

    @AfterAll
    void stop() {
        Stream.of(plain, stage, strong, holding, inside, outside, guarded, relaxed)
                .forEach(Stage::close);
    }

    private static void servlets(ServletContext context) {
        context.addServlet("get", new GetServlet()).addMapping("/get");
        ServletRegistration.Dynamic legacy = context.addServlet("legacy", new GetServlet());
        legacy.setInitParameter("jakarta.servlet.http.legacyDoHead", "true");
        legacy.addMapping("/legacy");
    }

    private static final class GetServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.getWriter().print("got");
        }
    }

    /** How an application writes a body. */
    protected enum Output {
        /** Through the stream, at once. */
        STREAM,
        /** Through the stream, in single bytes and pieces. */
        PIECES,
        /** Through the writer, a character being one byte. */
        LATIN,
        /** Through the writer, a character being up to four bytes. */
        UTF8;

        void write(HttpServletResponse response, int bytes) throws IOException {
            switch (this) {
                case STREAM ->
                    response.getOutputStream().write("x".repeat(bytes).getBytes(UTF_8));
                case PIECES -> {
                    response.getOutputStream().write('x');
                    for (int left = bytes - 1; left > 0; left -= 999) {
                        response.getOutputStream()
                                .write("x".repeat(Math.min(left, 999)).getBytes(UTF_8));
                    }
                }
                case LATIN -> {
                    response.setContentType("text/plain");
                    response.getWriter().print("x".repeat(bytes));
                }
                case UTF8 -> {
                    response.setContentType("text/plain;charset=UTF-8");
                    String text = "é€😀".repeat(bytes / 9) + "x".repeat(bytes % 9);
                    int cut = Math.min(3, text.length()); // in the midst of a pair
                    response.getWriter().write(text, 0, cut);
                    response.getWriter().write(text.toCharArray(), cut, text.length() - cut);
                }
            }
        }
    }

    private Reply on(Stage played, String method, String header, Act act, Act target) throws Exception {
        return Reply.of(played.play(new Scenario("tag", act, target), method, header, ""));
    }

    private Reply get(String header, Act act) throws Exception {
        return on(stage, "GET", header, act, call -> {});
    }

    private Reply get(Act act) throws Exception {
        return get("", act);
    }

    private static String tagOf(Reply reply) {
        return "W/" + EntityTag.ofContent(reply.body().getBytes(ISO_8859_1));
    }

    private static void assertTagged(Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isNotEmpty();
        assertThat(reply.value("ETag")).isEqualTo(tagOf(reply));
        assertThat(reply.value("Content-Length"))
                .isEqualTo(Integer.toString(reply.body().length()));
        assertThat(reply.rest()).contains("pong");
    }

    private static void assertUntagged(Reply reply, String body) {
        assertThat(reply.values("ETag")).isEmpty();
        assertThat(reply.body()).isEqualTo(body);
        assertThat(reply.rest()).contains("pong");
    }

    @ParameterizedTest
    @EnumSource(Output.class)
    void getAndHeadHaveOneTagAndOneLength(Output output) throws Exception {
        for (int bytes : new int[] {1, 10, 9_000, LIMIT}) {
            Act act = call -> output.write(call.response(), bytes);
            Reply get = get(act);
            Reply head = on(stage, "HEAD", "", act, act);

            assertTagged(get);
            assertThat(get.body()).hasSize(bytes);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.value("ETag")).isEqualTo(get.value("ETag"));
            assertThat(head.value("Content-Length")).isEqualTo(get.value("Content-Length"));
            assertThat(head.values("Content-Type")).isEqualTo(get.values("Content-Type"));
            assertThat(head.rest()).contains("pong");
        }
    }

    @ParameterizedTest
    @EnumSource(Output.class)
    void bodyOverTheLimitPassesWhole(Output output) throws Exception {
        Act smaller = call -> output.write(call.response(), LIMIT - 1);
        Act larger = call -> output.write(call.response(), LIMIT + 1);

        assertTagged(get(smaller));
        Reply get = get(larger);
        assertUntagged(get, on(plain, "GET", "", larger, larger).body());
        assertThat(get.body()).hasSize(LIMIT + 1);
        assertThat(on(stage, "HEAD", "", larger, larger).values("ETag")).isEmpty();
        assertThat(get("If-None-Match: *\r\n", larger).status()).isEqualTo(200);
    }

    @Test
    void headOfHttpServletHasTheTagOfItsGet() throws Exception {
        Reply get = raw("GET", "/get");
        Reply head = raw("HEAD", "/get");

        assertTagged(get);
        assertThat(head.value("ETag")).isEqualTo(get.value("ETag"));
        assertThat(head.value("Content-Length")).isEqualTo("3");
    }

    /** RFC 9110 §9.3.2: what is determined only by generating the content may be left out. */
    @Test
    void headWhoseBodyTheApplicationDropsHasNoTagRatherThanAnother() throws Exception {
        assertTagged(raw("GET", "/legacy"));
        Reply head = raw("HEAD", "/legacy");

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.values("ETag")).isEmpty();
        assertThat(head.value("Content-Length")).isEqualTo("3");
    }

    private Reply raw(String method, String path) {
        return Reply.of(
                RawClient.exchange(stage.port(), method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n", PING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void readerWhoHasItGets304(String method) throws Exception {
        Act act = call -> {
            HttpServletResponse response = call.response();
            response.setContentType("text/plain;charset=UTF-8");
            response.setLocale(Locale.GERMANY);
            response.setHeader("Content-Location", "/tag.en");
            response.addHeader("Vary", "Accept");
            response.addHeader("Vary", "Origin");
            response.setHeader("Cache-Control", "max-age=60");
            response.setDateHeader("Expires", 0);
            response.setDateHeader("Last-Modified", 0);
            response.setHeader("Access-Control-Allow-Origin", "https://app.example");
            response.addCookie(new Cookie("a", "1"));
            response.getWriter().print("some output");
        };
        Reply full = on(stage, method, "", act, act);
        String tag = full.value("ETag");
        String strongly = tag.substring(2);
        assertThat(full.status()).isEqualTo(200);

        for (String field : List.of(
                "If-None-Match: " + tag + "\r\n",
                "If-None-Match: " + strongly + "\r\n",
                "If-None-Match: \"a,b\" ,, " + tag + "\r\n",
                "If-None-Match: \"a\"\r\nIf-None-Match: " + tag + "\r\n",
                "If-None-Match: *\r\n")) {
            Reply reply = on(stage, method, field, act, act);

            assertThat(reply.status()).as(field).isEqualTo(304);
            assertThat(reply.body()).isEmpty();
            assertThat(reply.value("ETag")).isEqualTo(tag);
            assertThat(reply.value("Content-Location")).isEqualTo("/tag.en");
            assertThat(String.join(", ", reply.values("Vary"))).isEqualTo("Accept, Origin");
            assertThat(reply.value("Cache-Control")).isEqualTo("max-age=60");
            assertThat(reply.values("Expires")).hasSize(1);
            assertThat(reply.value("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
            assertThat(reply.value("Set-Cookie")).isEqualTo("a=1");
            for (String gone : List.of("Content-Type", "Content-Length", "Content-Language", "Last-Modified")) {
                assertThat(reply.values(gone)).as(gone).isEmpty();
            }
            assertThat(reply.rest()).contains("pong");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "other", "\"unterminated", "W/x", "", "\"a\" \"b\"", "*, \"a\""})
    void readerWhoHasAnotherOrCannotSayGetsEverything(String field) throws Exception {
        assertTagged(get(
                "If-None-Match: " + field + "\r\n",
                call -> call.response().getWriter().print("some output")));
    }

    @Test
    void tagIsTheSameForTheSameBytesHoweverTheyAreWritten() throws Exception {
        List<Reply> replies = List.of(
                get(call -> call.response().getWriter().print("some output")),
                get(call -> {
                    call.response().getWriter().append("some ").append("output");
                    call.response().getWriter().close();
                }),
                get(call -> call.response().getOutputStream().print("some output")),
                get(call -> {
                    call.response().setContentLength(11);
                    call.response().getOutputStream().write("some output".getBytes(UTF_8));
                }));

        replies.forEach(EntityTagContract::assertTagged);
        assertThat(replies)
                .extracting(reply -> reply.value("ETag"))
                .containsOnly("W/" + EntityTag.ofContent("some output".getBytes(UTF_8)));
    }

    @Test
    void preconditionOfAReadThatIsFalseIs412() throws Exception {
        Act act = call -> {
            call.response().setHeader("Cache-Control", "max-age=60");
            call.response().getWriter().print("some output");
        };
        String tag = on(strong, "GET", "", act, act).value("ETag");
        assertThat(tag).startsWith("\"1-");

        assertThat(on(strong, "GET", "If-Match: " + tag + "\r\n", act, act).status())
                .isEqualTo(200);
        assertThat(on(strong, "GET", "If-Match: *\r\n", act, act).status()).isEqualTo(200);
        assertThat(on(strong, "GET", "If-Match: " + tag + "\r\nIf-None-Match: " + tag + "\r\n", act, act)
                        .status())
                .isEqualTo(304);
        assertThat(on(stage, "GET", "If-Match: W/" + tag + "\r\n", act, act).status())
                .as("a weak tag never satisfies If-Match, RFC 9110 §13.1.1")
                .isEqualTo(412);
        assertThat(on(strong, "GET", "If-Match: nonsense\r\n", act, act).status())
                .isEqualTo(200);
        Reply refused = on(strong, "GET", "If-Match: \"other\"\r\nIf-None-Match: " + tag + "\r\n", act, act);
        assertThat(refused.status()).isEqualTo(412);
        assertThat(refused.values("ETag")).isEmpty();
        assertThat(refused.values("Cache-Control")).doesNotContain("max-age=60");
        assertThat(refused.body()).doesNotContain("some output");
    }

    @Test
    void tagOfTheApplicationStaysAndIsEvaluated() throws Exception {
        Act early = call -> {
            call.response().setHeader("ETag", "\"v1\"");
            call.response().getWriter().print("some output");
        };
        Act late = call -> {
            call.response().getWriter().print("some output");
            call.response().setHeader("ETag", "\"v1\"");
        };
        Act foreign = call -> {
            call.response().setHeader("ETag", "v1");
            call.response().getWriter().print("some output");
        };
        Act empty = call -> call.response().setHeader("ETag", "\"v1\"");

        for (Act act : List.of(early, late)) {
            Reply reply = get(act);
            assertThat(reply.value("ETag")).isEqualTo("\"v1\"");
            assertThat(reply.body()).isEqualTo("some output");
            assertThat(get("If-None-Match: W/\"v1\"\r\n", act).status()).isEqualTo(304);
            assertThat(get("If-None-Match: " + tagOf(reply) + "\r\n", act).status())
                    .isEqualTo(200);
        }
        assertThat(on(stage, "HEAD", "If-None-Match: \"v1\"\r\n", empty, empty).status())
                .isEqualTo(304);
        Reply untouched = get("If-None-Match: *\r\n", foreign);
        assertThat(untouched.status()).isEqualTo(200);
        assertThat(untouched.value("ETag")).isEqualTo("v1");
    }

    static Stream<Act> untagged() {
        return Stream.of(
                call -> {
                    call.response().setHeader("Cache-Control", "private, No-Store");
                    call.response().getWriter().print("some output");
                },
                call -> {
                    call.response().getWriter().print("some output");
                    call.response().addHeader("Cache-Control", "max-age=0");
                    call.response().addHeader("Cache-Control", "no-store");
                },
                call -> {
                    call.response().setStatus(201);
                    call.response().getWriter().print("some output");
                },
                call -> {
                    call.response().getWriter().print("some output");
                    call.response().setStatus(404);
                },
                call -> {
                    call.response().getWriter().print("some output");
                    call.response().flushBuffer();
                },
                call -> {
                    call.response().getWriter().print("some ");
                    call.response().getWriter().flush();
                    call.response().getWriter().print("output");
                },
                call -> {
                    call.response().getOutputStream().print("some ");
                    call.response().getOutputStream().flush();
                    call.response().getOutputStream().print("output");
                },
                call -> {
                    call.response().getWriter().print("some ");
                    assertThat(call.response().getWriter().checkError()).isFalse();
                    call.response().getWriter().print("output");
                },
                call -> {
                    call.response().flushBuffer();
                    call.response().getWriter().print("some output");
                },
                call -> {
                    call.response().setHeader("Transfer-Encoding", "chunked");
                    call.response().setTrailerFields(() -> Map.of("X-Trailer", "1"));
                    call.response().getOutputStream().print("some output");
                });
    }

    @ParameterizedTest
    @MethodSource
    void untagged(Act act) throws Exception {
        Reply reply = get("If-None-Match: *\r\n", act);

        assertThat(reply.status()).isIn(200, 201, 404);
        assertUntagged(reply, "some output");
    }

    @Test
    void onlyReadsAreTagged() throws Exception {
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS")) {
            Act act = call -> call.response().getWriter().print("some output");

            assertUntagged(on(stage, method, "Content-Length: 0\r\n", act, act), "some output");
        }
    }

    @Test
    void errorsRedirectsAndExceptionsHaveNoTagAndNothingThatWasWritten() throws Exception {
        Reply error = get(call -> {
            call.response().getWriter().print("some output");
            call.response().sendError(404, "gone");
        });
        Reply redirect = get(call -> {
            call.response().getWriter().print("some output");
            call.response().sendRedirect("/else");
        });
        Reply thrown = get(call -> {
            call.response().getWriter().print("some output");
            throw new IllegalStateException("boom");
        });

        assertThat(error.status()).isEqualTo(404);
        assertThat(redirect.status()).isEqualTo(302);
        assertThat(thrown.status()).isEqualTo(500);
        for (Reply reply : List.of(error, redirect, thrown)) {
            assertThat(reply.values("ETag")).isEmpty();
            assertThat(reply.body()).doesNotContain("some output");
        }
    }

    /** A method of Servlet 6.1. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void redirectHasTheBodyThatItIsMeantToHave(boolean clear) throws Exception {
        Method redirect = Stream.of(HttpServletResponse.class.getMethods())
                .filter(method -> method.getName().equals("sendRedirect") && method.getParameterCount() == 3)
                .findAny()
                .orElse(null);
        assumeThat(redirect).isNotNull();
        Act act = call -> {
            call.response().getOutputStream().print("some output");
            redirect.invoke(call.response(), "/else", 307, clear);
        };

        Reply reply = sameAsWithoutTheFilter(act);
        assertThat(reply.status()).isEqualTo(307);
        assertThat(reply.values("ETag")).isEmpty();
        assertThat(reply.body().contains("some output")).isNotEqualTo(clear);
    }

    @Test
    void whatIsResetIsNotInTheTag() throws Exception {
        Reply all = get(call -> {
            call.response().setHeader("X-App", "1");
            call.response().setContentLength(100);
            call.response().getWriter().print("dropped");
            call.response().reset();
            call.response().getOutputStream().print("kept");
        });

        assertTagged(all);
        assertThat(all.body()).isEqualTo("kept");
        assertThat(all.values("X-App")).isEmpty();
    }

    @Test
    void bodyThatIsNotAsLongAsDeclaredHasNoTag() throws Exception {
        Act act = call -> {
            call.response().setContentLength(100);
            call.response().getOutputStream().print("some output");
        };
        Reply reply = on(stage, "GET", "Connection: close\r\n", act, act);

        assertThat(reply.values("ETag")).isEmpty();
        assertThat(reply.body())
                .isEqualTo(on(plain, "GET", "Connection: close\r\n", act, act).body());
    }

    @Test
    void bodyThatIsDeclaredTooLargePassesAtOnce() throws Exception {
        for (Act length : List.<Act>of(
                call -> call.response().setContentLength(LARGE),
                call -> call.response().setContentLengthLong(LARGE),
                call -> call.response().setIntHeader("Content-Length", LARGE),
                call -> call.response().setHeader("content-length", Integer.toString(LARGE)))) {
            Reply reply = get("Connection: close\r\n", call -> {
                length.play(call);
                call.response().getOutputStream().write(new byte[40_000]);
                call.note("committed " + call.response().isCommitted());
            });

            assertThat(reply.values("ETag")).isEmpty();
            assertThat(reply.value("Content-Length")).isEqualTo(Integer.toString(LARGE));
            assertThat(reply.rest()).endsWith("committed true");
        }
    }

    @Test
    void whatIsFlushedArrivesBeforeTheRest() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        stage.put(new Scenario("stream", call -> {
            call.response().getWriter().print("first");
            call.response().flushBuffer();
            call.response().getWriter().print(arrived.await(10, TimeUnit.SECONDS) ? "second" : "late");
        }));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stage.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write("GET /play/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(ISO_8859_1));
            StringBuilder record = new StringBuilder();
            while (record.indexOf("first") < 0) {
                int octet = socket.getInputStream().read();
                assertThat(octet).isNotNegative();
                record.append((char) octet);
            }
            arrived.countDown();
            record.append(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));

            assertThat(record).contains("second").doesNotContainIgnoringCase("ETag");
        }
    }

    @Test
    void largeBodyFlowsThrough() throws Exception {
        stage.put(new Scenario("large", call -> {
            byte[] piece = new byte[65_536];
            for (int i = 0; i < LARGE / piece.length; i++) {
                call.response().getOutputStream().write(piece);
            }
        }));
        long bytes = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stage.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET /play/large HTTP/1.0\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[65_536];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
            }
        }

        assertThat(bytes).isBetween((long) LARGE, LARGE + 1_000L);
    }

    @ParameterizedTest
    @EnumSource(AnswerContract.Start.class)
    void asynchronousAnswersPassInTheirOrder(AnswerContract.Start start) throws Exception {
        Reply worker = get("If-None-Match: *\r\n", call -> {
            call.response().getWriter().print("some ");
            AsyncContext async = start.on(call);
            call.inWorker(c -> async.getResponse().getWriter().print("out")).get(10, TimeUnit.SECONDS);
            call.afterReturn(c -> {
                call.response().getWriter().print("put");
                async.complete();
            });
        });
        Reply dispatch = on(
                stage,
                "GET",
                "If-None-Match: *\r\n",
                call -> {
                    AsyncContext async = start.on(call);
                    call.afterReturn(c -> async.dispatch("/target"));
                },
                call -> call.response().getWriter().print("some output"));

        for (Reply reply : List.of(worker, dispatch)) {
            assertThat(reply.status()).isEqualTo(200);
            assertUntagged(reply, "some output");
        }
    }

    @Test
    void asynchronousAnswerOfAnUnwrappedRequestPasses() throws Exception {
        for (String method : List.of("GET", "HEAD")) {
            Act act = call -> {
                call.response().getOutputStream().print("some ");
                ServletRequest container = call.request();
                while (container instanceof ServletRequestWrapper wrapper) {
                    container = wrapper.getRequest();
                }
                AsyncContext async = container.startAsync(call.request(), call.response());
                call.afterReturn(c -> {
                    call.response().getOutputStream().print("output");
                    async.complete();
                });
            };
            Reply reply = on(stage, method, "If-None-Match: *\r\n", act, act);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.values("Content-Length"))
                    .isEqualTo(on(plain, method, "", act, act).values("Content-Length"));
            assertUntagged(reply, method.equals("GET") ? "some output" : "");
        }
    }

    /** Where an application gets the dispatcher of a forward from. */
    protected enum Dispatchers {
        /** The request. */
        REQUEST,
        /** The application, by the path. */
        CONTEXT,
        /** The application, by the name; no request attribute tells then. */
        NAMED;

        RequestDispatcher target(HttpServletRequest request) {
            return switch (this) {
                case REQUEST -> request.getRequestDispatcher("/target");
                case CONTEXT -> request.getServletContext().getRequestDispatcher("/target");
                case NAMED -> request.getServletContext().getNamedDispatcher("target");
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void includedBodyIsTaggedAndForwardedOnePasses(Dispatchers from) throws Exception {
        Act target = call -> call.response().getWriter().print("target");
        Act include = call -> {
            call.response().getWriter().print("before ");
            from.target(call.request()).include(call.request(), call.response());
            call.response().getWriter().print(" after");
        };
        Act forward = call -> {
            call.response().getWriter().print("dropped");
            from.target(call.request()).forward(call.request(), call.response());
        };

        Reply included = on(stage, "GET", "", include, target);
        assertTagged(included);
        assertThat(included.body()).isEqualTo("before target after");
        Act wrapped = call -> {
            call.response().getWriter().print("dropped");
            from.target(call.request()).forward(call.request(), new HttpServletResponseWrapper(call.response()));
        };
        for (Stage each : List.of(stage, holding, inside, outside)) {
            for (Act act : List.of(forward, wrapped)) {
                assertUntagged(on(each, "GET", "", act, target), "target");
            }
        }
    }

    @Test
    void closeCompletesTheBody() throws Exception {
        Act writer = call -> {
            try (PrintWriter out = call.response().getWriter()) {
                out.print("some output");
            }
            call.note("committed " + call.response().isCommitted());
            call.attempt("late", c -> c.response().setHeader("X-Late", "1"));
        };
        Act stream = call -> {
            try (var out = call.response().getOutputStream()) {
                out.print("some output");
            }
            call.note("committed " + call.response().isCommitted());
            call.attempt("late", c -> c.response().setHeader("X-Late", "1"));
        };
        for (Act act : List.of(writer, stream)) {
            Reply full = get(act);
            Reply none = get("If-None-Match: " + tagOf(full) + "\r\n", act);

            assertTagged(full);
            assertThat(none.status()).isEqualTo(304);
            assertThat(none.body()).isEmpty();
            for (Reply reply : List.of(full, none)) {
                assertThat(reply.rest()).contains("committed true");
                assertThat(reply.values("X-Late")).isEmpty();
            }
        }
    }

    @Test
    void flushedBodyIsHeldOnRequest() throws Exception {
        Act act = call -> {
            call.response().getOutputStream().print("some ");
            call.response().getOutputStream().flush();
            call.response().flushBuffer();
            call.response().getOutputStream().print("output");
            call.response().flushBuffer();
        };

        Reply reply = on(holding, "GET", "", act, act);
        assertTagged(reply);
        assertThat(on(holding, "GET", "If-None-Match: " + tagOf(reply) + "\r\n", act, act)
                        .status())
                .isEqualTo(304);
        Act early = call -> {
            call.response().flushBuffer();
            call.response().getOutputStream().print("some output");
        };
        assertUntagged(on(holding, "GET", "", early, early), "some output");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, é € 😀 日本語",
        "UTF-16, é € 😀 日本語",
        "ISO-8859-1, é è à",
        "US-ASCII, plain",
        "windows-1252, é €",
        "Shift_JIS, 日本語",
        "ISO-2022-JP, 日本語"
    })
    void textArrivesAsWithoutTheFilter(String charset, String text) throws Exception {
        Act act = call -> {
            call.response().setContentType("text/plain;charset=" + charset);
            PrintWriter writer = call.response().getWriter();
            writer.print((text + " ").repeat(1_300));
            writer.println();
            text.chars().forEach(writer::write);
        };
        Act unmappable = call -> {
            act.play(call);
            call.response().getWriter().print("a 😀 \ud83d b".repeat(10));
        };
        Reply reply = sameAsWithoutTheFilter(act);

        assertThat(reply.value("ETag")).startsWith("W/\"1-");
        assertThat(get("If-None-Match: " + reply.value("ETag") + "\r\n", act).status())
                .isEqualTo(304);
        assertThat(sameAsWithoutTheFilter(unmappable).values("ETag")).isEmpty();
    }

    private Reply sameAsWithoutTheFilter(Act act) throws Exception {
        Reply expected = on(plain, "GET", "", act, act);
        Reply actual = get(act);

        assertThat(actual.body()).isEqualTo(expected.body());
        assertThat(actual.values("Content-Type")).isEqualTo(expected.values("Content-Type"));
        return actual;
    }

    static Stream<Scenario> complete() {
        return Scenarios.all().stream()
                .filter(
                        scenario -> scenario.name()
                                .matches(
                                        "(plain|status|writer|stream|encoding|reset|length-[1-9]|buffer|include|forward|redirect).*"))
                .filter(scenario -> !scenario.name()
                        .matches("length-100|.*throw.*|(include|forward).*(error|large|then-write|nothing).*"));
    }

    /** What the reader gets beside the tag, and what the application sees. */
    @ParameterizedTest
    @MethodSource("complete")
    void tagIsAllThatIsAdded(Scenario scenario) throws Exception {
        Reply expected = Reply.of(plain.play(scenario, "GET", "", ""));
        Reply actual = Reply.of(stage.play(scenario, "GET", "", ""));

        assertThat(actual.status()).isEqualTo(expected.status());
        assertThat(Normal.of(actual.body())).isEqualTo(Normal.of(expected.body()));
        assertThat(fields(actual)).isEqualTo(fields(expected));
        assertThat(Normal.of(actual.rest()).replaceAll("committed (true|false)", "committed *"))
                .isEqualTo(Normal.of(expected.rest()).replaceAll("committed (true|false)", "committed *"));
    }

    /** Without the tag, and without what tells how long a body is. */
    private static Set<String> fields(Reply reply) {
        Set<String> fields = new TreeSet<>();
        for (String[] field : reply.fields()) {
            if (!field[0].matches("(?i)ETag|Date|Content-Length|Transfer-Encoding|Connection")) {
                fields.add(field[0] + ": " + field[1]);
            }
        }
        return fields;
    }

    @Test
    void bothFiltersGoTogetherInEitherOrder() throws Exception {
        for (Stage each : List.of(inside, outside)) {
            Reply tagged =
                    on(each, "GET", "", call -> call.response().getWriter().print("some output"), call -> {});
            Reply conflict = on(
                    each,
                    "GET",
                    "If-None-Match: *\r\n",
                    call -> {
                        call.response().getWriter().print("some output");
                        call.response().sendError(500);
                        throw ConflictException.state("S");
                    },
                    call -> {});
            Reply error = on(
                    each,
                    "GET",
                    "If-None-Match: *\r\n",
                    call -> {
                        call.response().getWriter().print("some output");
                        call.response().sendError(404);
                    },
                    call -> {});

            assertTagged(tagged);
            assertThat(conflict.status()).isEqualTo(409);
            assertThat(conflict.problem().code()).contains("S");
            assertThat(conflict.values("ETag")).isEmpty();
            assertThat(error.status()).isEqualTo(404);
            assertThat(error.values("ETag")).isEmpty();
            assertThat(error.body()).doesNotContain("some output");
        }
    }

    @ParameterizedTest
    @EnumSource(Output.class)
    void versionGoesBeforeTheHash(Output output) throws Exception {
        Act act = call -> {
            ServletPreconditions.of(call.request()).respondWith(() -> Optional.of(EntityTag.strong("v1")));
            output.write(call.response(), 20_000);
        };
        for (Stage each : List.of(inside, outside)) {
            Reply full = on(each, "GET", "", act, act);
            assertThat(full.value("ETag")).isEqualTo("\"v1\"");
            assertThat(full.body()).hasSize(20_000);
            assertThat(on(each, "GET", "If-None-Match: \"v1\"\r\n", act, act).status())
                    .isEqualTo(304);
            assertThat(on(each, "GET", "If-None-Match: " + tagOf(full) + "\r\n", act, act)
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void readOfAVersionMayBeKeptAsWithConflictFilterAlone() throws Exception {
        Act act = call -> {
            ServletPreconditions.of(call.request()).respondWith(() -> Optional.of(EntityTag.strong("v1")));
            call.response().getOutputStream().print("some output");
        };
        Act decided = call -> {
            call.response().setHeader("Cache-Control", "max-age=60");
            act.play(call);
        };
        for (Stage each : List.of(guarded, inside, outside)) {
            for (String method : List.of("GET", "HEAD")) {
                assertThat(on(each, method, "", act, act).values("Cache-Control"))
                        .containsExactly("private, no-cache");
                assertThat(on(each, method, "", decided, decided).values("Cache-Control"))
                        .containsExactly("max-age=60");
            }
        }
        for (Stage each : List.of(inside, outside)) {
            Reply none = on(each, "GET", "If-None-Match: \"v1\"\r\n", act, act);
            assertThat(none.status()).isEqualTo(304);
            assertThat(none.values("Cache-Control")).containsExactly("private, no-cache");
        }
    }

    @Test
    void readIsEvaluatedUnderTheRulesOfItsRequest() throws Exception {
        Act version = call -> {
            ConditionalRequest ledger = ServletPreconditions.of(call.request());
            ledger.evaluate(Validators.of(EntityTag.strong("v1")));
            ledger.respondWith(() -> Optional.of(EntityTag.strong("v1")));
            call.response().getOutputStream().print("some output");
        };
        Act own = call -> {
            call.response().setHeader("ETag", "\"v1\"");
            call.response().getOutputStream().print("some output");
        };
        Act hash = call -> call.response().getOutputStream().print("some output");
        String suffixed = tagOf(on(relaxed, "GET", "", hash, hash)).replaceFirst("\"$", "--gzip\"");

        for (Act act : List.of(version, own)) {
            assertThat(on(relaxed, "GET", "If-Match: W/\"v1\"\r\n", act, act).status())
                    .isEqualTo(200);
            assertThat(on(relaxed, "GET", "If-None-Match: \"v1--gzip\"\r\n", act, act)
                            .status())
                    .isEqualTo(304);
            assertThat(on(inside, "GET", "If-Match: W/\"v1\"\r\n", act, act).status())
                    .isEqualTo(412);
            assertThat(on(inside, "GET", "If-None-Match: \"v1--gzip\"\r\n", act, act)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(on(relaxed, "GET", "If-None-Match: " + suffixed + "\r\n", hash, hash)
                        .status())
                .isEqualTo(304);
        for (Act act : List.of(own, hash)) {
            assertThat(on(relaxed, "GET", "If-None-Match: \"other\"\r\n", act, act)
                            .status())
                    .as("428 is not for this filter to say")
                    .isEqualTo(200);
        }
    }

    /** An application may relax the rules of its own request. */
    @Test
    void readIsEvaluatedUnderTheRulesOfItsLedger() throws Exception {
        Act act = call -> {
            ConditionalRequest ledger = ServletPreconditions.of(call.request())
                    .under(Preconditions.optional().acceptingWeakenedTags().acceptingCodingSuffixes("--gzip"));
            ledger.respondWith(() -> Optional.of(EntityTag.strong("v1")));
            call.response().getOutputStream().print("some output");
        };
        for (Stage each : List.of(stage, inside, outside)) {
            assertThat(on(each, "GET", "If-Match: W/\"v1\"\r\n", act, act).status())
                    .isEqualTo(200);
            assertThat(on(each, "GET", "If-None-Match: \"v1--gzip\"\r\n", act, act)
                            .status())
                    .isEqualTo(304);
        }
    }
}
