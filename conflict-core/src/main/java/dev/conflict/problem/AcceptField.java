package dev.conflict.problem;

import org.jspecify.annotations.Nullable;

/**
 * Weighs HTML against JSON in a value of {@code Accept} (RFC 9110 §12.5.1), in one pass and without an object an element.
 *
 * <p>The most precise range that covers a form gives its weight: a type, else {@code text/*} or {@code application/*}, else
 * {@code *}{@code /*}. Parameters other than the weight are overlooked. JSON is whatever has it as syntax,
 * {@code application/problem+json} and {@code application/vnd.shop.v1+json} alike.
 *
 * <p>A value that cannot be read states nothing. That is on purpose: Java's own {@code HttpURLConnection} asks for
 * {@code text/html} ahead of {@code *; q=.2} unless it is told otherwise, and shows the answer to no person.
 */
final class AcceptField {
    /** Browsers send a tenth of it. */
    private static final int LONGEST = 2048;

    private static final int NONE = -1;
    private static final int MALFORMED = -2;
    private static final int FULL = 1000;

    private final String value;
    private int at;

    private int html = NONE;
    private int anyText = NONE;
    private int json = NONE;
    private int anyApplication = NONE;
    private int any = NONE;

    private AcceptField(String value) {
        this.value = value;
    }

    /** Tells whether a value prefers a page to JSON; one that is absent, malformed or too long does not. */
    static boolean prefersHtml(@Nullable String value) {
        if (value == null || value.length() > LONGEST) {
            return false;
        }
        AcceptField field = new AcceptField(value);
        return field.parse()
                && weight(field.html, field.anyText, field.any) > weight(field.json, field.anyApplication, field.any);
    }

    private static int weight(int exact, int wider, int widest) {
        return exact != NONE ? exact : wider != NONE ? wider : Math.max(widest, 0);
    }

    private boolean parse() {
        while (true) {
            skipSpace();
            if (at == value.length()) {
                return true;
            }
            if (value.charAt(at) != ',' && !element()) {
                return false;
            }
            skipSpace();
            if (at < value.length() && value.charAt(at++) != ',') {
                return false;
            }
        }
    }

    private boolean element() {
        int start = at;
        if (!token() || !skip('/')) {
            return false;
        }
        int slash = at - 1;
        if (!token()) {
            return false;
        }
        int end = at;
        int weight = parameters();
        return weight != MALFORMED && note(start, slash, end, weight);
    }

    /** Reads the parameters of an element and returns its weight in thousandths. */
    private int parameters() {
        int weight = FULL;
        boolean weighed = false;
        while (true) {
            skipSpace();
            if (!skip(';')) {
                return weight;
            }
            skipSpace();
            int start = at;
            if (!token()) {
                continue; // an empty parameter; whatever else it is ends the element, which is malformed then
            }
            boolean isWeight = !weighed && at - start == 1 && (value.charAt(start) | 0x20) == 'q';
            if (!skip('=')) {
                return MALFORMED;
            }
            if (isWeight) {
                weight = weight();
                weighed = true;
            }
            if (weight == MALFORMED || !(isWeight || parameterValue())) {
                return MALFORMED;
            }
        }
    }

    private boolean parameterValue() {
        return skip('"') ? quoted() : token();
    }

    /** A qvalue: 0 or 1, and up to three digits, which are zeros after a 1. */
    private int weight() {
        int whole = digit();
        if (whole != 0 && whole != 1) {
            return MALFORMED;
        }
        int weight = whole * FULL;
        if (skip('.')) {
            int place = FULL / 10;
            for (int digit = digit(); digit >= 0; digit = digit()) {
                weight += digit * place;
                if (place == 0) {
                    return MALFORMED;
                }
                place /= 10;
            }
        }
        return weight > FULL ? MALFORMED : weight;
    }

    private int digit() {
        if (at < value.length() && value.charAt(at) >= '0' && value.charAt(at) <= '9') {
            return value.charAt(at++) - '0';
        }
        return NONE;
    }

    private boolean quoted() {
        while (at < value.length()) {
            char c = value.charAt(at++);
            if (c == '"') {
                return true;
            }
            if (c == '\\') {
                at++;
            }
        }
        return false;
    }

    /** Takes an element into account; "*" stands for types only together with another "*" behind the slash. */
    private boolean note(int start, int slash, int end, int weight) {
        boolean anyType = slash - start == 1 && value.charAt(start) == '*';
        boolean anySubtype = end - slash == 2 && value.charAt(slash + 1) == '*';
        if (anyType && !anySubtype) {
            return false;
        }
        if (anyType) {
            any = Math.max(any, weight);
        } else if (is(start, slash, "text")) {
            if (anySubtype) {
                anyText = Math.max(anyText, weight);
            } else if (is(slash + 1, end, "html")) {
                html = Math.max(html, weight);
            }
        } else if (is(start, slash, "application")) {
            if (anySubtype) {
                anyApplication = Math.max(anyApplication, weight);
            } else if (is(slash + 1, end, "json") || is(end - 5, end, "+json")) {
                json = Math.max(json, weight);
            }
        }
        return true;
    }

    private boolean is(int start, int end, String word) {
        return end - start == word.length() && value.regionMatches(true, start, word, 0, word.length());
    }

    private boolean token() {
        int start = at;
        while (at < value.length() && isTokenCharacter(value.charAt(at))) {
            at++;
        }
        return at > start;
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private boolean skip(char expected) {
        if (at < value.length() && value.charAt(at) == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < value.length() && (value.charAt(at) == ' ' || value.charAt(at) == '\t')) {
            at++;
        }
    }
}
