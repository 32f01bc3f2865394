package dev.conflict.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The container's stream; the response is told before anything happens to it. Everything is the container's own doing. */
final class GuardedStream extends ServletOutputStream {
    /** Jetty sends the header at a single write that is larger than this, although its buffer is larger. */
    private static final int PIECE = 1024;

    /** Longer than the text of any number. */
    private static final int NUMBER = 32;

    private static final int LINE_END = 2;

    /** {@code write(ByteBuffer)} of Servlet 6.1, null before. */
    private static final @Nullable MethodHandle WRITE_BUFFER = writeBuffer();

    private final ServletOutputStream container;
    private final GuardedResponse response;
    private boolean nonBlocking;

    GuardedStream(ServletOutputStream container, GuardedResponse response) {
        this.container = container;
        this.response = response;
    }

    @SuppressWarnings("ReferenceEquality") // whether it is this very object is the question
    boolean isOf(ServletOutputStream other) {
        return container == other;
    }

    private static @Nullable MethodHandle writeBuffer() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(
                            ServletOutputStream.class, "write", MethodType.methodType(void.class, ByteBuffer.class));
        } catch (NoSuchMethodException | IllegalAccessException before) {
            return null;
        }
    }

    @Override
    public boolean isReady() {
        return container.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        response.touch();
        nonBlocking = true;
        container.setWriteListener(listener);
    }

    @Override
    public void flush() throws IOException {
        response.beforeFlush();
        container.flush();
    }

    @Override
    public void close() throws IOException {
        if (response.beforeClose()) {
            container.close();
        }
    }

    @Override
    public void write(int b) throws IOException {
        response.beforeWrite(1);
        container.write(b);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        response.beforeWrite(length);
        if (nonBlocking || length <= PIECE || !response.mayTag()) {
            container.write(bytes, offset, length);
            return;
        }
        for (int done = 0; done < length; done += PIECE) {
            container.write(bytes, offset + done, Math.min(PIECE, length - done));
        }
    }

    /**
     * Writes a buffer; it overrides the method of Servlet 6.1, whose own version needs a container that is ready.
     *
     * @param buffer what to write
     * @throws IOException if the container cannot write
     */
    public void write(ByteBuffer buffer) throws IOException {
        response.beforeWrite(buffer.remaining());
        write(container, buffer);
    }

    /** Writes a buffer as the container does, if it knows how to. */
    static void write(ServletOutputStream container, ByteBuffer buffer) throws IOException {
        MethodHandle write = WRITE_BUFFER;
        if (write == null) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            container.write(bytes);
            return;
        }
        try {
            write.invokeExact(container, buffer);
        } catch (IOException | RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void print(String text) throws IOException {
        response.beforeWrite(bytes(text));
        container.print(text);
    }

    @Override
    public void print(boolean value) throws IOException {
        response.beforeWrite(NUMBER);
        container.print(value);
    }

    @Override
    public void print(char value) throws IOException {
        response.beforeWrite(NUMBER);
        container.print(value);
    }

    @Override
    public void print(int value) throws IOException {
        response.beforeWrite(NUMBER);
        container.print(value);
    }

    @Override
    public void print(long value) throws IOException {
        response.beforeWrite(NUMBER);
        container.print(value);
    }

    @Override
    public void print(float value) throws IOException {
        response.beforeWrite(NUMBER);
        container.print(value);
    }

    @Override
    public void print(double value) throws IOException {
        response.beforeWrite(NUMBER);
        container.print(value);
    }

    @Override
    public void println() throws IOException {
        response.beforeWrite(LINE_END);
        container.println();
    }

    @Override
    public void println(String text) throws IOException {
        response.beforeWrite(bytes(text) + LINE_END);
        container.println(text);
    }

    @Override
    public void println(boolean value) throws IOException {
        response.beforeWrite(NUMBER + LINE_END);
        container.println(value);
    }

    @Override
    public void println(char value) throws IOException {
        response.beforeWrite(NUMBER + LINE_END);
        container.println(value);
    }

    @Override
    public void println(int value) throws IOException {
        response.beforeWrite(NUMBER + LINE_END);
        container.println(value);
    }

    @Override
    public void println(long value) throws IOException {
        response.beforeWrite(NUMBER + LINE_END);
        container.println(value);
    }

    @Override
    public void println(float value) throws IOException {
        response.beforeWrite(NUMBER + LINE_END);
        container.println(value);
    }

    @Override
    public void println(double value) throws IOException {
        response.beforeWrite(NUMBER + LINE_END);
        container.println(value);
    }

    /** Jetty prints in the response's character set, the others one byte a character. */
    private static long bytes(@Nullable String text) {
        return text == null ? "null".length() : 3L * text.length();
    }
}
