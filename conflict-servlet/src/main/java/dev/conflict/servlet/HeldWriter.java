package dev.conflict.servlet;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The writer of a response that is held back; as soon as it is not, everything is the container's own doing.
 *
 * <p>The container's writer has been fetched when this one is made, so that the character set is settled in the container's
 * way. What was held goes to that writer, as the characters that it was.
 */
@SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency, and callers see a PrintWriter
final class HeldWriter extends PrintWriter {
    private static final int PIECE = 512;

    private final PrintWriter container;
    private final HeldResponse response;
    private final Charset charset;
    private final CharsetEncoder encoder;
    private final String lineEnd;

    /** A place at the front for the first half of a pair whose second half has yet to come. */
    private final char[] piece = new char[PIECE + 1];

    private final CharBuffer characters = CharBuffer.wrap(piece);
    private int half;
    private boolean broken;

    HeldWriter(PrintWriter container, HeldResponse response, Charset charset) {
        super(Writer.nullWriter()); // every way to write ends in one of the methods below
        this.container = container;
        this.response = response;
        this.charset = charset;
        this.encoder = charset.newEncoder();
        this.lineEnd = lineEnd(container);
    }

    /** Undertow ends a line as HTTP does, whatever the platform. */
    private static String lineEnd(PrintWriter writer) {
        PrintWriter container = writer instanceof GuardedWriter guarded ? guarded.container() : writer;
        return container.getClass().getName().startsWith("io.undertow.") ? "\r\n" : System.lineSeparator();
    }

    @SuppressWarnings("ReferenceEquality") // whether it is this very object is the question
    boolean isOf(PrintWriter other) {
        return container == other;
    }

    /** Whether the characters that came make whole bytes. */
    boolean isWhole() {
        return half == 0;
    }

    /** Whether any encoder would make as many bytes of these characters. */
    boolean isCountable() {
        return switch (charset.name()) {
            case "UTF-8", "ISO-8859-1", "US-ASCII" -> true;
            default -> false;
        };
    }

    /** Hands what was held to the container. */
    void release(HeldBody body) throws IOException {
        char first = piece[0];
        body.writeTo(container, charset.newDecoder(), piece);
        if (half == 1) {
            container.write(first);
        }
        half = 0;
    }

    /** Forgets what was held. */
    void forget() {
        half = 0;
    }

    @Override
    public void write(int character) {
        if (holds()) {
            piece[half] = (char) character;
            hold(1);
        } else {
            container.write(character);
        }
    }

    @Override
    public void write(char[] text, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, text.length);
        int done = 0;
        while (done < length && holds()) {
            int some = Math.min(PIECE, length - done);
            System.arraycopy(text, offset + done, piece, half, some);
            hold(some);
            done += some;
        }
        if (done < length) {
            container.write(text, offset + done, length - done);
        }
    }

    @Override
    public void write(String text, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, text.length());
        int done = 0;
        while (done < length && holds()) {
            int some = Math.min(PIECE, length - done);
            text.getChars(offset + done, offset + done + some, piece, half);
            hold(some);
            done += some;
        }
        if (done < length) {
            container.write(text, offset + done, length - done);
        }
    }

    private void hold(int some) {
        int end = half + some;
        if (!response.body().write(encoder, characters.clear().limit(end))) {
            pass(Arrays.copyOfRange(piece, characters.position(), end));
            return;
        }
        half = characters.remaining();
        if (half == 1) {
            piece[0] = piece[end - 1];
        }
        try {
            response.held();
        } catch (IOException thrown) {
            broken = true;
        }
    }

    /** Each container has its own way with characters that its character set lacks. */
    private void pass(char[] rest) {
        half = 0;
        releaseQuietly();
        container.write(rest, 0, rest.length);
    }

    private boolean holds() {
        try {
            return response.holds(0);
        } catch (IOException thrown) {
            broken = true;
            return false;
        }
    }

    @Override
    public void println() {
        if (holds()) {
            write(lineEnd);
        } else {
            container.println();
        }
    }

    @Override
    public PrintWriter printf(String format, @Nullable Object... values) {
        return format(format, values);
    }

    @Override
    public PrintWriter printf(@Nullable Locale locale, String format, @Nullable Object... values) {
        return format(locale, format, values);
    }

    /** Jetty formats in the response's locale, the others in that of the platform. */
    @Override
    public PrintWriter format(String format, @Nullable Object... values) {
        String text = String.format(format, values);
        if (holds() && text.equals(String.format(response.getLocale(), format, values))) {
            write(text);
        } else {
            releaseQuietly();
            container.format(format, values);
        }
        return this;
    }

    @Override
    public PrintWriter format(@Nullable Locale locale, String format, @Nullable Object... values) {
        if (locale != null && holds()) {
            write(String.format(locale, format, values));
        } else {
            releaseQuietly();
            container.format(locale, format, values);
        }
        return this;
    }

    private void releaseQuietly() {
        try {
            response.release();
        } catch (IOException thrown) {
            broken = true;
        }
    }

    @Override
    public void flush() {
        try {
            if (response.passesFlush()) {
                container.flush();
            }
        } catch (IOException thrown) {
            broken = true;
        }
    }

    @Override
    public void close() {
        try {
            if (response.passesClose()) {
                container.close();
            }
        } catch (IOException thrown) {
            broken = true;
        }
    }

    @Override
    public boolean checkError() {
        try {
            return (response.passesFlush() && container.checkError()) || broken; // it flushes
        } catch (IOException thrown) {
            broken = true;
            return true;
        }
    }
}
