package dev.conflict.problem;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes plain data as JSON, and cannot fail on it: what JSON cannot say becomes {@code null}.
 *
 * <p>Characters that a browser could take for markup ({@code < > &}) and those that older scripts take for line ends are
 * escaped, so that a body stays text wherever it is pasted. A lone surrogate is no character: UTF-8 cannot carry it, and
 * readers that meet its escape in a name refuse the whole text, so U+FFFD stands in its place.
 */
final class JsonWriter {
    /** Deeper values are written as null; {@code Details} copies no deeper than this anyway. */
    private static final int MAX_DEPTH = 70;

    private static final char REPLACEMENT = '\uFFFD';

    /** What is guessed for a value that has parts. */
    private static final int NESTED_BYTES = 64;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    /** Which characters of ASCII are written as they are. */
    private static final boolean[] PLAIN = plain();

    private final boolean asciiOnly;
    private byte[] buffer;
    private int length;

    /**
     * Creates a writer.
     *
     * @param expectedBytes how long the text will be; if that is right, nothing is copied
     */
    JsonWriter(boolean asciiOnly, int expectedBytes) {
        this.asciiOnly = asciiOnly;
        buffer = new byte[expectedBytes];
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[0x80];
        for (char c = ' '; c < 0x7F; c++) {
            plain[c] = "\"\\<>&".indexOf(c) < 0;
        }
        return plain;
    }

    /** How many bytes a member takes with the comma behind it, if it has no parts and nothing but quotes is escaped. */
    static int expectedBytes(String name, @Nullable Object value) {
        return name.length() + 4 + expectedBytes(value);
    }

    private static int expectedBytes(@Nullable Object value) {
        if (value instanceof String text) {
            int quotes = 2;
            for (int at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
                quotes++;
            }
            return text.length() + quotes;
        }
        if (value instanceof Integer || value instanceof Long) {
            return digits(((Number) value).longValue());
        }
        if (value instanceof Boolean answer) {
            return answer ? 4 : 5;
        }
        return value == null ? 4 : NESTED_BYTES;
    }

    /** What was written; the writer is of no more use. */
    byte[] toByteArray() {
        return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
    }

    void object(Map<?, ?> members) {
        object(members, 0);
    }

    void value(@Nullable Object value) {
        value(value, 0);
    }

    void open() {
        put('{');
    }

    void close() {
        put('}');
    }

    /** Writes a member of the outermost object. */
    void member(String name, @Nullable Object value) {
        member(name, value, 1);
    }

    /** Writes a member of the outermost object whose name is letters and digits alone. */
    void plainMember(String name, @Nullable Object value) {
        ensure(name.length() + 4);
        separate();
        put('"');
        copy(name, name.length());
        put('"');
        put(':');
        value(value, 1);
    }

    private void member(String name, @Nullable Object value, int depth) {
        separate();
        string(name);
        put(':');
        value(value, depth);
    }

    private void separate() {
        if (buffer[length - 1] != '{') {
            put(',');
        }
    }

    private void object(Map<?, ?> members, int depth) {
        open();
        for (Map.Entry<?, ?> member : members.entrySet()) {
            member(String.valueOf(member.getKey()), member.getValue(), depth + 1);
        }
        close();
    }

    private void array(Iterable<?> items, int depth) {
        put('[');
        boolean first = true;
        for (Object item : items) {
            if (!first) {
                put(',');
            }
            first = false;
            value(item, depth + 1);
        }
        put(']');
    }

    private void value(@Nullable Object value, int depth) {
        if (value instanceof String text) {
            string(text);
        } else if (value instanceof Integer || value instanceof Long) {
            number(((Number) value).longValue());
        } else if (value instanceof Boolean || isNumber(value)) {
            ascii(String.valueOf(value));
        } else if (value instanceof Map<?, ?> members && depth < MAX_DEPTH) {
            object(members, depth);
        } else if (value instanceof Iterable<?> items && depth < MAX_DEPTH) {
            array(items, depth);
        } else {
            ascii("null");
        }
    }

    private static boolean isNumber(@Nullable Object value) {
        if (value instanceof Double || value instanceof Float) {
            return Double.isFinite(((Number) value).doubleValue());
        }
        return value instanceof Short
                || value instanceof Byte
                || value instanceof BigDecimal
                || value instanceof BigInteger;
    }

    private void number(long value) {
        if (value == Long.MIN_VALUE) {
            ascii(String.valueOf(value)); // it has no positive counterpart
            return;
        }
        int digits = digits(value);
        ensure(digits);
        length += digits;
        int at = length;
        long left = Math.abs(value);
        do {
            buffer[--at] = HEX[(int) (left % 10)];
            left /= 10;
        } while (left > 0);
        if (value < 0) {
            buffer[--at] = '-';
        }
    }

    /** How many characters a number takes. */
    private static int digits(long value) {
        int digits = value < 0 ? 2 : 1;
        for (long left = value / 10; left != 0; left /= 10) {
            digits++;
        }
        return digits;
    }

    private void string(String text) {
        int plain = plainCharacters(text);
        ensure(text.length() + 2);
        put('"');
        copy(text, plain);
        escaped(text, plain);
        put('"');
    }

    /** How many characters a text begins with that are written as they are. */
    private static int plainCharacters(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || !PLAIN[c]) {
                return i;
            }
        }
        return length;
    }

    /** Copies ASCII from the beginning of a text. */
    @SuppressWarnings("deprecation") // what it does to other characters does not matter here
    private void copy(String text, int characters) {
        text.getBytes(0, characters, buffer, length);
        length += characters;
    }

    /** Writes what follows the first character that is not plain. */
    private void escaped(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                character(c);
            } else if (isLoneSurrogate(text, i)) {
                escapedOrNot(REPLACEMENT);
            } else if (!asciiOnly && Character.isHighSurrogate(c)) {
                int point = Character.toCodePoint(c, text.charAt(i + 1));
                put(0xF0 | (point >> 18));
                put(0x80 | ((point >> 12) & 0x3F));
                put(0x80 | ((point >> 6) & 0x3F));
                put(0x80 | (point & 0x3F));
                i++;
            } else {
                escapedOrNot(c);
            }
        }
    }

    /** Writes a character of two or three octets, or half a pair where only ASCII is written. */
    private void escapedOrNot(char c) {
        if (asciiOnly || c == '\u2028' || c == '\u2029') {
            escape(c);
        } else if (c < 0x800) {
            put(0xC0 | (c >> 6));
            put(0x80 | (c & 0x3F));
        } else {
            put(0xE0 | (c >> 12));
            put(0x80 | ((c >> 6) & 0x3F));
            put(0x80 | (c & 0x3F));
        }
    }

    private void character(char c) {
        if (PLAIN[c]) {
            put(c);
        } else {
            special(c);
        }
    }

    /** The text with U+FFFD in place of each lone surrogate. */
    static String wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isLoneSurrogate(text, i)) {
                StringBuilder written = new StringBuilder(text);
                for (int j = i; j < text.length(); j++) {
                    if (isLoneSurrogate(text, j)) {
                        written.setCharAt(j, REPLACEMENT);
                    }
                }
                return written.toString();
            }
        }
        return text;
    }

    private static boolean isLoneSurrogate(String text, int i) {
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
    }

    private void special(char c) {
        switch (c) {
            case '"', '\\' -> {
                put('\\');
                put(c);
            }
            case '\n' -> ascii("\\n");
            case '\r' -> ascii("\\r");
            case '\t' -> ascii("\\t");
            default -> escape(c);
        }
    }

    private void escape(char c) {
        ascii("\\u");
        put(HEX[c >> 12]);
        put(HEX[(c >> 8) & 0xF]);
        put(HEX[(c >> 4) & 0xF]);
        put(HEX[c & 0xF]);
    }

    private void ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    private void put(int octet) {
        ensure(1);
        buffer[length++] = (byte) octet;
    }

    private void ensure(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(length + more, length + length / 2 + NESTED_BYTES));
        }
    }
}
