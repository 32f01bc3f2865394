package dev.conflict.problem;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A field's JSON Pointer in the form of a URI fragment (RFC 9457 §3, RFC 6901 §6). */
final class Pointer {
    /** What a fragment may hold beside letters and digits. */
    private static final String ALLOWED = "-._!$&'()*+,;=:@?";

    private Pointer() {}

    /**
     * Points to a field that is named as Java names it: members after dots, indexes and keys in brackets, in which a dot is a
     * character of the key.
     *
     * @param field {@code address.zip}, {@code items[0].name}
     * @return {@code #/address/zip}, {@code #/items/0/name}
     */
    static String of(String field) {
        StringBuilder pointer = new StringBuilder(field.length() + 4).append("#/");
        boolean inBrackets = false;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            switch (c) {
                case '.' -> pointer.append(inBrackets ? '.' : '/');
                case '[' -> {
                    inBrackets = true;
                    if (i > 0) {
                        pointer.append('/');
                    }
                }
                case ']' -> inBrackets = false;
                case '~' -> pointer.append("~0");
                case '/' -> pointer.append("~1");
                default -> i += append(pointer, field, i);
            }
        }
        return pointer.toString();
    }

    /** Appends a character, percent-encoded unless a fragment may hold it (RFC 3986 §3.5); returns how many more it took. */
    private static int append(StringBuilder pointer, String field, int at) {
        int point = field.codePointAt(at);
        if (point < 0x80 && (Character.isLetterOrDigit(point) || ALLOWED.indexOf(point) >= 0)) {
            pointer.append((char) point);
            return 0;
        }
        for (byte octet : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
            pointer.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
        }
        return Character.charCount(point) - 1;
    }
}
