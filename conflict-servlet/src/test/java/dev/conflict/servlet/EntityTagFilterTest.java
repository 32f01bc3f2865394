package dev.conflict.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.sun.management.ThreadMXBean;
import dev.conflict.EntityTag;
import dev.conflict.http.ConditionalRequest;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How the filter comes into an application, and what it does there; the containers' own ways are tested with them. */
class EntityTagFilterTest {
    private static final int LIMIT = 20_000;

    private static TomcatServer server;

    @BeforeAll
    static void start() {
        server = TomcatServer.start(
                context -> EntityTagFilter.builder().maxBodyBytes(LIMIT).register(context, "/*"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String tagOf(String body) {
        return "W/" + EntityTag.ofContent(body.getBytes(UTF_8));
    }

    private static void assertTagged(HttpResponse<String> answer, String body) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(TomcatServer.field(answer, "ETag")).isEqualTo(tagOf(body));
    }

    private static void assertPassed(HttpResponse<String> answer, String body) {
        assertThat(answer.body()).isEqualTo(body);
        assertThat(TomcatServer.field(answer, "ETag")).isNull();
    }

    @Test
    void oneLineIsEnough() {
        try (TomcatServer plain = TomcatServer.start(context -> EntityTagFilter.register(context, "/*"))) {
            HttpResponse<String> answer =
                    plain.exchange((request, response) -> response.getWriter().print("text"), "GET");

            assertTagged(answer, "text");
            assertThat(plain.send("GET", "/once", "If-None-Match", tagOf("text"))
                            .statusCode())
                    .isEqualTo(304);
            assertThat(plain.send("HEAD", "/once").headers().allValues("ETag")).containsExactly(tagOf("text"));
        }
    }

    @Test
    void streamIsHeldWhicheverWayItIsWritten() {
        assertTagged(
                server.exchange(
                        (request, response) -> {
                            response.getOutputStream().write('a');
                            response.getOutputStream().write(new byte[] {'b', 'c'});
                            response.getOutputStream().write(new byte[] {'c', 'd', 'e'}, 1, 1);
                            ((HeldStream) response.getOutputStream()).write(ByteBuffer.wrap(new byte[] {'e', 'f'}));
                            response.getOutputStream().print("gh");
                            response.getOutputStream().print(1);
                            response.getOutputStream().println(true);
                            response.getOutputStream().close();
                        },
                        "GET"),
                "abcdefgh1true\r\n");
    }

    @Test
    void streamPassesWhatOnlyTheContainerKnows() {
        assertPassed(
                server.exchange(
                        (request, response) -> {
                            response.getOutputStream().print("é");
                            response.getOutputStream().write('a');
                            response.getOutputStream().write(new byte[] {'b'});
                            ((HeldStream) response.getOutputStream()).write(ByteBuffer.wrap(new byte[] {'c'}));
                            response.getOutputStream().print("d");
                            response.getOutputStream().flush();
                            response.getOutputStream().close();
                        },
                        "GET"),
                new String("éabcd".getBytes(ISO_8859_1), UTF_8));
    }

    @Test
    void writerIsHeldWhicheverWayItIsWritten() {
        String line = System.lineSeparator();
        assertTagged(
                server.exchange(
                        (request, response) -> {
                            response.setContentType("text/plain;charset=UTF-8");
                            PrintWriter writer = response.getWriter();
                            assertThat(response.getWriter()).isSameAs(writer);
                            writer.write('a');
                            writer.write("é€");
                            writer.write("xyz".toCharArray(), 1, 1);
                            writer.append("nul").append('l').println();
                            writer.printf("%d", 1)
                                    .format(Locale.GERMANY, "%.1f", 1.5)
                                    .printf(Locale.ROOT, "%s", "s");
                            writer.print("\ud83d");
                            writer.print("\ude00");
                            writer.println(2);
                        },
                        "GET"),
                "aé€ynull" + line + "11,5s😀2" + line);
    }

    @Test
    void writerPassesWhatOnlyTheContainerKnows() {
        assertPassed(
                server.exchange(
                        (request, response) -> {
                            response.setContentType("text/plain;charset=UTF-8");
                            PrintWriter writer = response.getWriter();
                            writer.print("a");
                            writer.format((Locale) null, "%s", "b");
                            writer.print("c");
                            writer.write('d');
                            writer.write(new char[] {'e'}, 0, 1);
                            writer.println();
                            writer.format("%s", "f");
                            assertThat(writer.checkError()).isFalse();
                            writer.flush();
                            writer.close();
                        },
                        "GET"),
                "abcde" + System.lineSeparator() + "f");
        assertPassed(
                server.exchange(
                        (request, response) -> {
                            response.setLocale(Locale.GERMANY);
                            response.setContentType("text/plain;charset=UTF-8");
                            response.getWriter().printf("%.1f", 1.5);
                        },
                        "GET"),
                "1.5");
        assertPassed(
                server.exchange(
                        (request, response) -> {
                            response.setContentType("text/plain;charset=US-ASCII");
                            response.getWriter().print("a");
                            response.getWriter().print("né");
                        },
                        "GET"),
                "an?");
    }

    @Test
    void bodyOverTheLimitPasses() {
        for (int bytes : new int[] {LIMIT, LIMIT + 1}) {
            String text = "x".repeat(bytes);
            List<HttpResponse<String>> answers = List.of(
                    server.exchange((request, response) -> response.getWriter().print(text), "GET"),
                    server.exchange(
                            (request, response) -> {
                                response.getOutputStream().print(text.substring(1));
                                response.getOutputStream().write('x');
                            },
                            "GET"),
                    server.exchange(
                            (request, response) -> {
                                response.setContentLengthLong(bytes);
                                response.getOutputStream().print(text);
                            },
                            "GET"));
            for (HttpResponse<String> answer : answers) {
                if (bytes == LIMIT) {
                    assertTagged(answer, text);
                } else {
                    assertPassed(answer, text);
                }
            }
        }
    }

    @Test
    void lengthThatTheBodyDoesNotHavePasses() {
        assertPassed(
                server.exchange(
                        (request, response) -> {
                            response.getOutputStream().print("text");
                            response.setHeader("Content-Length", "3");
                        },
                        "GET"),
                "tex");
        assertPassed(
                server.exchange(
                        (request, response) -> {
                            response.addHeader("Content-Length", "3");
                            response.getOutputStream().print("text");
                        },
                        "GET"),
                "tex");
        assertTagged(
                server.exchange(
                        (request, response) -> {
                            response.addIntHeader("Content-Length", 4);
                            response.setContentLength(4);
                            response.setIntHeader("X-Int", 4);
                            response.getOutputStream().print("text");
                            response.setStatus(404); // too late, the body is sent
                        },
                        "GET"),
                "text");
    }

    @Test
    void versionThatTheApplicationOffersGoesBeforeTheHash() {
        TomcatServer.Service versioned = (request, response) -> {
            ConditionalRequest ledger = ServletPreconditions.of(request);
            if (request.getParameter("version") != null) {
                ledger.respondWith(() -> Optional.of(EntityTag.strong(request.getParameter("version"))));
            }
            response.getWriter().print("text");
        };
        server.serve("/versioned", versioned);

        assertTagged(server.send("GET", "/versioned"), "text");
        HttpResponse<String> full = server.send("GET", "/versioned?version=1");
        assertThat(TomcatServer.field(full, "ETag")).isEqualTo("\"1\"");
        assertThat(full.body()).isEqualTo("text");
        assertThat(server.send("GET", "/versioned?version=1", "If-None-Match", "\"1\"")
                        .statusCode())
                .isEqualTo(304);
        assertThat(server.send("GET", "/versioned?version=1", "If-Match", "\"2\"")
                        .statusCode())
                .isEqualTo(412);
    }

    @Test
    void largeBufferAndLargeTextAreHeldWhole() {
        String text = "0123456789".repeat(LIMIT / 20);
        ByteBuffer large = ByteBuffer.wrap(("--" + text).getBytes(UTF_8), 2, text.length());
        assertTagged(
                server.exchange(
                        (request, response) -> {
                            ((HeldStream) response.getOutputStream()).write(large);
                            assertThat(large.hasRemaining()).isFalse();
                            response.getOutputStream().print(text);
                        },
                        "GET"),
                text + text);
    }

    /** What becomes of the buffers, which the next reader's answer is written into. */
    @Nested
    class Buffers {
        private static final int LENGTH = 2 * ChunkPool.CHUNK_BYTES;

        private final ChunkPool pool = new ChunkPool();
        private final ServletOutputStream stream = mock(ServletOutputStream.class);
        private final HttpServletRequest request = Fakes.request("GET", "/");

        private HeldResponse held() throws IOException {
            HttpServletResponse container = Fakes.response();
            when(container.getOutputStream()).thenReturn(stream);
            return new HeldResponse(request, container, new HeldRules(3 * ChunkPool.CHUNK_BYTES, false, false, pool));
        }

        private HeldResponse written() throws IOException {
            HeldResponse held = held();
            held.getOutputStream().write(new byte[LENGTH]);
            return held;
        }

        @Test
        void comeBackOnceWhenTheContainerHasWrittenThem() throws IOException {
            HeldResponse held = written();
            assertThat(pool.idle()).isZero();

            held.finish();
            assertThat(pool.idle()).isEqualTo(2);
            held.finish();
            held.release();
            held.abandon();
            held.reset();
            assertThat(pool.idle()).isEqualTo(2);
        }

        @Test
        void comeBackWhenTheReaderHasThatBody() throws IOException {
            when(request.getHeader("If-None-Match")).thenReturn("*");
            when(request.getHeaders("If-None-Match")).thenAnswer(call -> Collections.enumeration(List.of("*")));

            assertThat(written().finish()).isFalse();
            assertThat(pool.idle()).isEqualTo(2);
        }

        @Test
        void comeBackWhenTheBodyPasses() throws IOException {
            HeldResponse large = held();
            for (int i = 0; i < 8_000; i++) {
                large.getOutputStream().write(new byte[ChunkPool.CHUNK_BYTES]);
                assertThat(large.body().size()).isLessThanOrEqualTo(3 * ChunkPool.CHUNK_BYTES);
            }
            assertThat(large.body().size()).isZero();
            assertThat(pool.idle()).isEqualTo(3);
        }

        /** Jetty keeps the array of a write that was interrupted, and sends it later. */
        @Test
        void staySomeonesWhenTheContainerFails() throws IOException {
            doThrow(new InterruptedIOException()).when(stream).write(any(byte[].class), anyInt(), anyInt());
            HeldResponse held = written();

            assertThatThrownBy(held::finish).isInstanceOf(InterruptedIOException.class);
            held.abandon();
            assertThat(pool.idle()).isZero();
        }

        /** A container that does not block keeps the array until it can write. */
        @Test
        void staySomeonesWhenTheAnswerIsAsynchronous() throws IOException {
            HeldResponse held = written();
            when(request.isAsyncStarted()).thenReturn(true);

            held.finish();
            assertThat(pool.idle()).isZero();
        }

        @Test
        void stayTheRequestsWhenTheApplicationThrowsOrBeginsAnew() throws IOException {
            written().abandon();
            written().reset();
            written().resetBuffer();
            written().forward();

            assertThat(pool.idle()).isZero();
        }

        @Test
        void stayTheRequestsWhenAnotherThreadWrites() throws Exception {
            for (ThrowingConsumer<HeldResponse> touch : List.<ThrowingConsumer<HeldResponse>>of(
                    held -> held.getOutputStream().write('x'),
                    HeldResponse::flushBuffer,
                    HeldResponse::abandon,
                    HeldResponse::reset)) {
                HeldResponse held = written();
                inOtherThread(() -> touch.accept(held)).join();

                held.finish();
                assertThat(pool.idle()).isZero();
            }
        }

        /** The application has given up on its worker; the worker has not. */
        @Test
        void stayTheRequestsWhileAnotherThreadIsWriting() throws Exception {
            CountDownLatch writing = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            HeldResponse held = written();
            held.getOutputStream().write('x');
            CompletableFuture<Void> worker =
                    inOtherThread(() -> held.body().write(new SlowEncoder(writing, ended), CharBuffer.wrap("A")));
            writing.await();

            held.finish();
            ByteBuffer next = pool.take();
            ended.countDown();
            worker.join();
            byte[] bytes = new byte[next.remaining()];
            next.get(bytes);
            assertThat(bytes).doesNotContain((byte) 'A');
            assertThat(pool.idle()).isZero();
        }

        @Test
        void areOutOfReachOfAnotherThreadWhenTheyAreBack() throws Exception {
            HeldResponse held = written();
            held.getOutputStream();
            held.finish();

            assertThat(inOtherThread(() -> held.body().write((byte) 'x')))
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withRootCauseInstanceOf(IllegalStateException.class);
            inOtherThread(() -> held.getOutputStream().write('x')).join();
            verify(stream).write('x');
            assertThat(pool.idle()).isEqualTo(2);
        }

        /** Else a request would hold its limit twice. */
        @Test
        void areAllThatHoldsWhatIsWrittenAtOnce() throws IOException {
            int bytes = 50 * ChunkPool.CHUNK_BYTES;
            ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
            String text = "x".repeat(bytes);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            for (ThrowingConsumer<HeldStream> write :
                    List.<ThrowingConsumer<HeldStream>>of(out -> out.write(buffer.clear()), out -> out.print(text))) {
                long allocated = Long.MAX_VALUE;
                for (int warm = 0; warm < 3; warm++) {
                    HttpServletResponse container = Fakes.response();
                    when(container.getOutputStream()).thenReturn(stream);
                    HeldResponse held = new HeldResponse(request, container, new HeldRules(bytes, false, false, pool));
                    HeldStream out = (HeldStream) held.getOutputStream();
                    long before = threads.getCurrentThreadAllocatedBytes();
                    write.accept(out);
                    allocated = Math.min(allocated, threads.getCurrentThreadAllocatedBytes() - before);
                    assertThat(held.body().size()).isEqualTo(bytes);
                    held.finish();
                }
                assertThat(allocated).isLessThan(bytes / 2);
            }
        }

        private static CompletableFuture<Void> inOtherThread(ThrowingRunnable act) {
            return CompletableFuture.runAsync(
                    () -> {
                        try {
                            act.run();
                        } catch (Throwable thrown) {
                            throw new CompletionException(thrown);
                        }
                    },
                    run -> new Thread(run).start());
        }
    }

    @FunctionalInterface
    private interface ThrowingRunnable {
        void run() throws Throwable;
    }

    /** Makes bytes only when it may. */
    private static final class SlowEncoder extends CharsetEncoder {
        private final CountDownLatch begins;
        private final CountDownLatch mayEnd;

        SlowEncoder(CountDownLatch begins, CountDownLatch mayEnd) {
            super(US_ASCII, 1, 1);
            this.begins = begins;
            this.mayEnd = mayEnd;
        }

        @Override
        protected CoderResult encodeLoop(CharBuffer in, ByteBuffer out) {
            begins.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
            while (in.hasRemaining()) {
                out.put((byte) in.get());
            }
            return CoderResult.UNDERFLOW;
        }
    }

    @Test
    void idleBuffersAreBounded() {
        ChunkPool pool = new ChunkPool();
        for (int i = 0; i < 200; i++) {
            pool.giveBack(ByteBuffer.allocate(ChunkPool.CHUNK_BYTES));
        }
        assertThat(pool.idle()).isEqualTo(64);
        assertThat(pool.take().remaining()).isEqualTo(ChunkPool.CHUNK_BYTES);
    }

    @Test
    void secondRegistrationIsRefused() {
        ServletContext context = mock(ServletContext.class);
        FilterRegistration declared = mock(FilterRegistration.class);
        when(declared.getClassName()).thenReturn(EntityTagFilter.class.getName());
        when(declared.getName()).thenReturn("mine");
        when(context.getFilterRegistrations()).thenAnswer(call -> Map.of("mine", declared));

        assertThatThrownBy(() -> EntityTagFilter.register(context, "/*"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"mine\"");
    }

    @Test
    void registrationThatTheContainerRefusesIsAnError() {
        ServletContext context = mock(ServletContext.class);
        when(context.addFilter(any(String.class), any(EntityTagFilter.class))).thenReturn(null);

        assertThatThrownBy(() -> EntityTagFilter.register(context, "/*")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void registrationNeedsAPattern() {
        assertThatThrownBy(() -> EntityTagFilter.register(mock(ServletContext.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/*");
    }

    private static FilterConfig config(Map<String, String> parameters) {
        FilterConfig config = mock(FilterConfig.class);
        when(config.getFilterName()).thenReturn("entity-tag");
        when(config.getInitParameterNames()).thenAnswer(call -> Collections.enumeration(parameters.keySet()));
        parameters.forEach((name, value) -> when(config.getInitParameter(name)).thenReturn(value));
        return config;
    }

    @Test
    void declaredFilterIsConfiguredByInitParameters() {
        try (TomcatServer declared = TomcatServer.start(context -> {
            FilterRegistration.Dynamic filter = context.addFilter("tag", EntityTagFilter.class.getName());
            filter.setInitParameter("maxBodyBytes", "4");
            filter.setInitParameter("strong", "true");
            filter.setInitParameter("holdFlushed", "true");
            filter.addMappingForUrlPatterns(null, true, "/*");
        })) {
            HttpResponse<String> tagged = declared.exchange(
                    (request, response) -> {
                        response.getWriter().print("te");
                        response.flushBuffer();
                        response.getWriter().print("xt");
                    },
                    "GET");
            assertThat(TomcatServer.field(tagged, "ETag"))
                    .isEqualTo(tagOf("text").substring(2));
            assertPassed(
                    declared.exchange(
                            (request, response) -> response.getWriter().print("texts"), "GET"),
                    "texts");
        }
    }

    @Test
    void wrongInitParameterStopsTheStart() {
        for (String wrong : List.of("", "0", "-1", "256k", "99999999999")) {
            assertThatThrownBy(() -> new EntityTagFilter().init(config(Map.of("maxBodyBytes", wrong))))
                    .isInstanceOf(ServletException.class)
                    .hasMessage("The filter \"entity-tag\" has the init-param maxBodyBytes = \"" + wrong
                            + "\", which is not valid; it takes a number of bytes from 1 on, such as 262144");
        }
        assertThatThrownBy(() -> new EntityTagFilter().init(config(Map.of("strong", "yes"))))
                .isInstanceOf(ServletException.class)
                .hasMessageEndingWith("strong = \"yes\", which is not valid; it takes true or false");
        assertThatThrownBy(() -> new EntityTagFilter().init(config(Map.of("cap", "1"))))
                .isInstanceOf(ServletException.class)
                .hasMessageEndingWith("which is unknown; known are maxBodyBytes, strong and holdFlushed");
    }

    @Test
    void limitBelowOneIsRefused() {
        assertThatThrownBy(() -> EntityTagFilter.builder().maxBodyBytes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 bytes");
    }

    @Test
    void filterThatWasNotInitialisedSaysSo() {
        assertThatThrownBy(() -> EntityTagFilter.builder()
                        .build()
                        .doFilter(
                                mock(HttpServletRequest.class),
                                mock(HttpServletResponse.class),
                                (request, response) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("init");
    }
}
