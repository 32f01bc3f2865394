package dev.conflict.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The stream of a response that is held back; as soon as it is not, everything is the container's own doing. */
final class HeldStream extends ServletOutputStream {
    private final ServletOutputStream container;
    private final HeldResponse response;

    HeldStream(ServletOutputStream container, HeldResponse response) {
        this.container = container;
        this.response = response;
    }

    @SuppressWarnings("ReferenceEquality") // whether it is this very object is the question
    boolean isOf(ServletOutputStream other) {
        return container == other;
    }

    @Override
    public void write(int octet) throws IOException {
        if (response.holds(1)) {
            response.body().write((byte) octet);
            response.held();
        } else {
            container.write(octet);
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (response.holds(length)) {
            response.body().write(bytes, offset, length);
            response.held();
        } else {
            container.write(bytes, offset, length);
        }
    }

    /**
     * Writes a buffer; it overrides the method of Servlet 6.1.
     *
     * @param buffer what to write
     * @throws IOException if the container cannot write
     */
    public void write(ByteBuffer buffer) throws IOException {
        if (response.holds(buffer.remaining())) {
            response.body().write(buffer);
            response.held();
        } else {
            GuardedStream.write(container, buffer);
        }
    }

    /** Every other {@code print} comes here. What is not ASCII, Jetty prints otherwise than the others do. */
    @Override
    public void print(@Nullable String text) throws IOException {
        String printed = String.valueOf(text);
        if (!printed.chars().allMatch(c -> c < 0x80)) {
            response.release();
        }
        if (response.holds(printed.length())) {
            response.body().writeAscii(printed);
            response.held();
        } else {
            container.print(printed);
        }
    }

    @Override
    public void flush() throws IOException {
        if (response.passesFlush()) {
            container.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (response.passesClose()) {
            container.close();
        }
    }

    @Override
    public boolean isReady() {
        return container.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        response.releaseUnchecked();
        container.setWriteListener(listener);
    }
}
