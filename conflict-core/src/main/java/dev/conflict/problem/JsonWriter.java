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

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final boolean asciiOnly;
    private byte[] buffer = new byte[768];
    private int length;

    JsonWriter(boolean asciiOnly) {
        this.asciiOnly = asciiOnly;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(buffer, length);
    }

    void object(Map<?, ?> members) {
        object(members, 0);
    }

    void value(@Nullable Object value) {
        value(value, 0);
    }

    private void object(Map<?, ?> members, int depth) {
        put('{');
        boolean first = true;
        for (Map.Entry<?, ?> member : members.entrySet()) {
            if (!first) {
                put(',');
            }
            first = false;
            string(String.valueOf(member.getKey()));
            put(':');
            value(member.getValue(), depth + 1);
        }
        put('}');
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
        return value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigDecimal
                || value instanceof BigInteger;
    }

    private void string(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&') {
                put(c);
            } else if (c < 0x80) {
                special(c);
            } else if (isLoneSurrogate(text, i)) {
                escape(REPLACEMENT);
            } else if (asciiOnly || c == '\u2028' || c == '\u2029') {
                escape(c);
            } else if (c < 0x800) {
                put(0xC0 | (c >> 6));
                put(0x80 | (c & 0x3F));
            } else if (!Character.isSurrogate(c)) {
                put(0xE0 | (c >> 12));
                put(0x80 | ((c >> 6) & 0x3F));
                put(0x80 | (c & 0x3F));
            } else if (Character.isHighSurrogate(c)) {
                int point = Character.toCodePoint(c, text.charAt(i + 1));
                put(0xF0 | (point >> 18));
                put(0x80 | ((point >> 12) & 0x3F));
                put(0x80 | ((point >> 6) & 0x3F));
                put(0x80 | (point & 0x3F));
            } // else the second half of the pair that was just written
        }
        put('"');
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
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, length * 2);
        }
        buffer[length++] = (byte) octet;
    }
}
