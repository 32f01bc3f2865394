package dev.conflict.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.InOrder;
import org.mockito.Mockito;

class GuardedResponseTest {
    /** What an application does with a response. */
    @FunctionalInterface
    interface Touch {
        void on(HttpServletResponse response) throws IOException;
    }

    private final HttpServletRequest request = Fakes.request("GET", "/");
    private final HttpServletResponse container = Fakes.response();
    private final StringWriter text = new StringWriter();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final GuardedResponse guarded = new GuardedResponse(request, container, Exchange.of(request));

    /** A container's stream, as far as the Servlet API implements it itself. */
    private final class Stream0 extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            text.append("listener");
        }

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void flush() {
            text.append("flush");
        }

        @Override
        public void close() {
            text.append("close");
        }
    }

    @BeforeEach
    void enter() throws IOException {
        when(container.getWriter()).thenReturn(new PrintWriter(text));
        when(container.getOutputStream()).thenReturn(new Stream0());
        guarded.enter();
    }

    static Stream<Arguments> touches() {
        return Stream.of(
                arguments("status", (Touch) response -> response.setStatus(200)),
                arguments("header", (Touch) response -> response.setHeader("a", "b")),
                arguments("another header", (Touch) response -> response.addHeader("a", "b")),
                arguments("int", (Touch) response -> response.setIntHeader("a", 1)),
                arguments("another int", (Touch) response -> response.addIntHeader("a", 1)),
                arguments("date", (Touch) response -> response.setDateHeader("a", 1)),
                arguments("another date", (Touch) response -> response.addDateHeader("a", 1)),
                arguments("cookie", (Touch) response -> response.addCookie(new Cookie("a", "b"))),
                arguments("type", (Touch) response -> response.setContentType("text/plain")),
                arguments("encoding", (Touch) response -> response.setCharacterEncoding("UTF-8")),
                arguments("locale", (Touch) response -> response.setLocale(Locale.ROOT)),
                arguments("length", (Touch) response -> response.setContentLength(1)),
                arguments("long length", (Touch) response -> response.setContentLengthLong(1)),
                arguments("buffer size", (Touch) response -> response.setBufferSize(1)),
                arguments("trailers", (Touch) response -> response.setTrailerFields(Map::of)),
                arguments("flush", (Touch) HttpServletResponse::flushBuffer),
                arguments("reset", (Touch) HttpServletResponse::reset),
                arguments("reset of the buffer", (Touch) HttpServletResponse::resetBuffer),
                arguments("redirect", (Touch) response -> response.sendRedirect("/")),
                arguments("another error", (Touch) response -> response.sendError(400)),
                arguments("stream", (Touch) HttpServletResponse::getOutputStream),
                arguments("writer", (Touch) HttpServletResponse::getWriter));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("touches")
    void errorThatIsHeldBackIsSentBeforeTheNextTouch(String name, Touch touch) throws IOException {
        guarded.sendError(409, "because");
        verify(container, never()).sendError(anyInt(), any());

        touch.on(guarded);

        InOrder order = inOrder(container);
        order.verify(container).sendError(409, "because");
        touch.on(order.verify(container));
    }

    @Test
    void questionsAreAnsweredAsIfTheErrorWereSent() throws IOException {
        guarded.sendError(409);

        assertThat(guarded.isCommitted()).isTrue();
        assertThat(guarded.getStatus()).isEqualTo(409);
        verify(container, never()).sendError(anyInt());
    }

    @Test
    void errorIsSentWhenTheFilterLeaves() throws IOException {
        guarded.sendError(409);
        guarded.leave();

        verify(container).sendError(409);
        assertThat(guarded.isCommitted()).isFalse(); // the mock has not noticed; the guard asks it again
    }

    @Test
    void errorIsForgottenWhenTheFilterHasAnswered() throws IOException {
        guarded.sendError(409);
        guarded.abandon();
        guarded.leave();

        verify(container, never()).sendError(anyInt());
    }

    @Test
    void errorInAnotherThreadPasses() throws InterruptedException, IOException {
        Thread worker = new Thread(() -> {
            try {
                guarded.sendError(409);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        });
        worker.start();
        worker.join();

        verify(container).sendError(409);
    }

    @Test
    void errorPassesWhereItCouldNotBeMadeUpFor() throws IOException {
        guarded.sendError(399);
        verify(container).sendError(399);

        when(container.isCommitted()).thenReturn(true);
        guarded.sendError(400);
        verify(container).sendError(400);
        when(container.isCommitted()).thenReturn(false);

        when(request.getDispatcherType()).thenReturn(DispatcherType.INCLUDE);
        guarded.sendError(401);
        verify(container).sendError(401);
        when(request.getDispatcherType()).thenReturn(DispatcherType.REQUEST);

        when(request.isAsyncStarted()).thenReturn(true);
        guarded.sendError(402);
        verify(container).sendError(402);
        when(request.isAsyncStarted()).thenReturn(false);

        guarded.resetBuffer();
        guarded.sendError(403);
        verify(container).sendError(403);
        guarded.enter();

        guarded.setResponse(new HttpServletResponseWrapper(container));
        guarded.sendError(404);
        verify(container).sendError(404);
        guarded.setResponse(container);

        guarded.leave();
        guarded.sendError(405);
        verify(container).sendError(405);
    }

    @Test
    void closeIsNotHeededBehindAnError() throws IOException {
        ServletOutputStream stream = guarded.getOutputStream();
        PrintWriter writer = guarded.getWriter();
        guarded.sendError(409);
        stream.close();
        writer.close();

        assertThat(text.toString()).isEmpty();
        verify(container, never()).sendError(anyInt());

        guarded.leave();
        stream.close();
        assertThat(text.toString()).isEqualTo("close");
    }

    @Test
    void connectionThatBreaksWhileAnErrorIsSentIsReported() throws IOException {
        IOException broken = new IOException("broken");
        doThrow(broken).when(container).sendError(409);
        guarded.sendError(409);

        assertThatThrownBy(() -> guarded.setStatus(200))
                .isInstanceOf(UncheckedIOException.class)
                .hasCause(broken);
    }

    @Test
    void streamAndWriterAreTheSameAsLongAsTheContainersAre() throws IOException {
        assertThat(guarded.getOutputStream()).isSameAs(guarded.getOutputStream());
        assertThat(guarded.getWriter()).isSameAs(guarded.getWriter());

        ServletOutputStream first = guarded.getOutputStream();
        when(container.getOutputStream()).thenReturn(new Stream0());
        assertThat(guarded.getOutputStream()).isNotSameAs(first);
    }

    @Test
    void writerWritesWhatTheContainersWrites() throws IOException {
        StringWriter expected = new StringWriter();
        everyWay(new PrintWriter(expected));

        when(container.getCharacterEncoding()).thenReturn("UTF-8");
        everyWay(guarded.getWriter());

        assertThat(text).hasToString(expected.toString());
        assertThat(guarded.getWriter().checkError()).isFalse();
    }

    private static void everyWay(PrintWriter writer) {
        writer.write('a');
        writer.write(new char[] {'b', 'c'});
        writer.write(new char[] {'d', 'e', 'f'}, 1, 2);
        writer.write("gh");
        writer.write("ijkl", 1, 2);
        writer.print(true);
        writer.print('m');
        writer.print(1);
        writer.print(2L);
        writer.print(3.5f);
        writer.print(4.5d);
        writer.print(new char[] {'n'});
        writer.print("é");
        writer.print((String) null);
        writer.print((Object) List.of(1));
        writer.println();
        writer.println(false);
        writer.println('o');
        writer.println(5);
        writer.println(6L);
        writer.println(7.5f);
        writer.println(8.5d);
        writer.println(new char[] {'p'});
        writer.println("q");
        writer.println((Object) null);
        writer.printf("%s %d", "r", 9).printf(Locale.GERMANY, "%.1f", 1.5);
        writer.format("%s", "s").format(Locale.GERMANY, "%.1f", 2.5);
        writer.append("t").append("uvw", 1, 2).append('x').append(null);
        writer.flush();
    }

    @Test
    void streamWritesWhatTheContainersWrites() throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        everyWay(new Stream0());
        expected.writeBytes(bytes.toByteArray());
        bytes.reset();

        everyWay(guarded.getOutputStream());

        assertThat(bytes.toString(UTF_8)).isEqualTo(expected.toString(UTF_8));
    }

    private static void everyWay(ServletOutputStream stream) throws IOException {
        stream.write('a');
        stream.write(new byte[] {'b', 'c'});
        stream.write(new byte[] {'d', 'e', 'f'}, 1, 2);
        stream.print("g");
        stream.print((String) null);
        stream.print(true);
        stream.print('h');
        stream.print(1);
        stream.print(2L);
        stream.print(3.5f);
        stream.print(4.5d);
        stream.println();
        stream.println("i");
        stream.println(false);
        stream.println('j');
        stream.println(5);
        stream.println(6L);
        stream.println(7.5f);
        stream.println(8.5d);
        stream.flush();
    }

    @Test
    void bufferIsWrittenBeforeServlet61Too() throws IOException {
        ByteBuffer buffer =
                ByteBuffer.wrap(new byte[] {'x', 'a', 'b', 'y'}, 1, 2).slice();
        ((GuardedStream) guarded.getOutputStream()).write(buffer);

        assertThat(bytes.toString(UTF_8)).isEqualTo("ab");
        assertThat(buffer.hasRemaining()).isFalse();
    }

    @Test
    void largeWriteIsCutWhileATagMayStillBePutOnUnlessItIsNotBlocking() throws IOException {
        ServletOutputStream stream = Mockito.mock(ServletOutputStream.class);
        when(container.getOutputStream()).thenReturn(stream);
        byte[] large = new byte[2_000];
        guarded.getOutputStream().write(large);
        verify(stream).write(large, 0, 2_000);

        ServletPreconditions.of(request);
        guarded.getOutputStream().write(large);
        verify(stream).write(large, 0, 1024);
        verify(stream).write(large, 1024, 976);

        when(stream.isReady()).thenReturn(true);
        guarded.getOutputStream().setWriteListener(Mockito.mock(WriteListener.class));
        assertThat(guarded.getOutputStream().isReady()).isTrue();
        guarded.getOutputStream().write(large);
        verify(stream, Mockito.times(2)).write(large, 0, 2_000);
    }
}
