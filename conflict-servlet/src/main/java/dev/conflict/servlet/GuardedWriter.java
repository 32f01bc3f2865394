package dev.conflict.servlet;

import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The container's writer; the response is told before anything happens to it. Everything is the container's own doing. */
@SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency, and callers see a PrintWriter
final class GuardedWriter extends PrintWriter {
    /** Longer than the text of any number. */
    private static final int NUMBER = 32;

    private static final int LINE_END = 2;

    private final PrintWriter container;
    private final GuardedResponse response;

    /** How many bytes a character takes at most. */
    private final int width;

    GuardedWriter(PrintWriter container, GuardedResponse response, @Nullable String charset) {
        super(container);
        this.container = container;
        this.response = response;
        this.width = width(charset == null ? "" : charset.toUpperCase(Locale.ROOT));
    }

    private static int width(String charset) {
        return switch (charset) {
            case "ISO-8859-1", "US-ASCII" -> 1;
            case "UTF-8" -> 3;
            default -> 4;
        };
    }

    @SuppressWarnings("ReferenceEquality") // whether it is this very object is the question
    boolean isOf(PrintWriter other) {
        return container == other;
    }

    PrintWriter container() {
        return container;
    }

    private void before(long characters) {
        response.beforeWrite(characters * width);
    }

    private static int length(@Nullable CharSequence text) {
        return text == null ? "null".length() : text.length();
    }

    @Override
    public void flush() {
        response.beforeFlush();
        container.flush();
    }

    @Override
    public void close() {
        if (response.beforeClose()) {
            container.close();
        }
    }

    @Override
    public boolean checkError() {
        response.beforeFlush(); // it flushes
        return container.checkError();
    }

    @Override
    public void write(int character) {
        before(1);
        container.write(character);
    }

    @Override
    public void write(char[] characters, int offset, int length) {
        before(length);
        container.write(characters, offset, length);
    }

    @Override
    public void write(char[] characters) {
        before(characters.length);
        container.write(characters);
    }

    @Override
    public void write(String text, int offset, int length) {
        before(length);
        container.write(text, offset, length);
    }

    @Override
    public void write(String text) {
        before(text.length());
        container.write(text);
    }

    @Override
    public void print(boolean value) {
        before(NUMBER);
        container.print(value);
    }

    @Override
    public void print(char value) {
        before(NUMBER);
        container.print(value);
    }

    @Override
    public void print(int value) {
        before(NUMBER);
        container.print(value);
    }

    @Override
    public void print(long value) {
        before(NUMBER);
        container.print(value);
    }

    @Override
    public void print(float value) {
        before(NUMBER);
        container.print(value);
    }

    @Override
    public void print(double value) {
        before(NUMBER);
        container.print(value);
    }

    @Override
    public void print(char[] characters) {
        before(characters.length);
        container.print(characters);
    }

    @Override
    public void print(@Nullable String text) {
        before(length(text));
        container.print(text);
    }

    @Override
    public void print(@Nullable Object value) {
        print(String.valueOf(value));
    }

    @Override
    public void println() {
        before(LINE_END);
        container.println();
    }

    @Override
    public void println(boolean value) {
        before(NUMBER + LINE_END);
        container.println(value);
    }

    @Override
    public void println(char value) {
        before(NUMBER + LINE_END);
        container.println(value);
    }

    @Override
    public void println(int value) {
        before(NUMBER + LINE_END);
        container.println(value);
    }

    @Override
    public void println(long value) {
        before(NUMBER + LINE_END);
        container.println(value);
    }

    @Override
    public void println(float value) {
        before(NUMBER + LINE_END);
        container.println(value);
    }

    @Override
    public void println(double value) {
        before(NUMBER + LINE_END);
        container.println(value);
    }

    @Override
    public void println(char[] characters) {
        before(characters.length + LINE_END);
        container.println(characters);
    }

    @Override
    public void println(@Nullable String text) {
        before(length(text) + LINE_END);
        container.println(text);
    }

    @Override
    public void println(@Nullable Object value) {
        println(String.valueOf(value));
    }

    @Override
    public PrintWriter printf(String format, @Nullable Object... values) {
        return format(format, values);
    }

    @Override
    public PrintWriter printf(@Nullable Locale locale, String format, @Nullable Object... values) {
        return format(locale, format, values);
    }

    @Override
    public PrintWriter format(String format, @Nullable Object... values) {
        beforeFormat(null, format, values);
        container.format(format, values);
        return this;
    }

    @Override
    public PrintWriter format(@Nullable Locale locale, String format, @Nullable Object... values) {
        beforeFormat(locale, format, values);
        container.format(locale, format, values);
        return this;
    }

    private void beforeFormat(@Nullable Locale locale, String format, @Nullable Object... values) {
        before(response.mayTag() ? String.format(locale, format, values).length() : format.length());
    }

    @Override
    public PrintWriter append(@Nullable CharSequence text) {
        before(length(text));
        container.append(text);
        return this;
    }

    @Override
    public PrintWriter append(@Nullable CharSequence text, int start, int end) {
        before(Math.max(0, end - start));
        container.append(text, start, end);
        return this;
    }

    @Override
    public PrintWriter append(char character) {
        before(1);
        container.append(character);
        return this;
    }
}
