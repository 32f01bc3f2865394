package dev.conflict.http;

import java.nio.charset.Charset;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Stands in for the methods of String in code that {@link CountingLoader} loads: each reads the characters that it reads
 * for its answer one by one, and counts them. Public, for that code is in another module.
 */
@SuppressWarnings("NonApiType") // the signatures are those of the methods stood in for
public final class CharacterCount {
    private static long read;

    private CharacterCount() {}

    static void reset() {
        read = 0;
    }

    static long read() {
        return read;
    }

    public static int length(String text) {
        return text.length();
    }

    public static boolean isEmpty(String text) {
        return text.isEmpty();
    }

    public static char charAt(String text, int index) {
        read++;
        return text.charAt(index);
    }

    public static boolean startsWith(String text, String prefix) {
        return startsWith(text, prefix, 0);
    }

    public static boolean startsWith(String text, String prefix, int start) {
        return regionMatches(text, start, prefix, 0, prefix.length());
    }

    public static boolean regionMatches(String text, int start, String other, int otherStart, int length) {
        if (start < 0 || otherStart < 0 || start + length > text.length() || otherStart + length > other.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (charAt(text, start + i) != other.charAt(otherStart + i)) {
                return false;
            }
        }
        return true;
    }

    public static boolean equals(String text, Object other) {
        return other instanceof String that
                && text.length() == that.length()
                && regionMatches(text, 0, that, 0, text.length());
    }

    public static int hashCode(String text) {
        read += text.length();
        return text.hashCode();
    }

    public static String toUpperCase(String text, Locale locale) {
        read += text.length();
        return text.toUpperCase(locale);
    }

    public static IntStream codePoints(String text) {
        read += text.length();
        return text.codePoints();
    }

    public static String strip(String text) {
        read += text.length();
        return text.strip();
    }

    public static String substring(String text, int start, int end) {
        read += end - start;
        return text.substring(start, end);
    }

    public static byte[] getBytes(String text, Charset charset) {
        read += text.length();
        return text.getBytes(charset);
    }

    public static StringJoiner add(StringJoiner joiner, CharSequence text) {
        read += text.length();
        return joiner.add(text);
    }
}
