package dev.conflict.sql;

import org.jspecify.annotations.Nullable;

/** Reads a text from left to right and never back, so that what was read cannot be a value that comes later. */
final class Cursor {
    private final String text;
    private int next;

    Cursor(String text, int start) {
        this.text = text;
        this.next = start;
    }

    /** Steps over a word if it stands here. */
    boolean follows(String expected) {
        if (!text.startsWith(expected, next)) {
            return false;
        }
        next += expected.length();
        return true;
    }

    /** Reads up to a word, and steps over it; null, and no step, if it does not come or nothing stands before it. */
    @Nullable String upTo(String end) {
        int at = text.indexOf(end, next);
        if (at <= next) {
            return null;
        }
        String before = text.substring(next, at);
        next = at + end.length();
        return before;
    }

    /** Reads what is left; null if that is nothing. */
    @Nullable String rest() {
        return next < text.length() ? text.substring(next) : null;
    }

    /** Reads an identifier in quotes, which are doubled inside; null if there is none here. */
    @Nullable String quoted(char quote) {
        if (next >= text.length() || text.charAt(next) != quote) {
            return null;
        }
        StringBuilder identifier = new StringBuilder();
        for (int at = next + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean doubled = c == quote && at + 1 < text.length() && text.charAt(at + 1) == quote;
            if (c == quote && !doubled) {
                next = at + 1;
                return identifier.toString();
            }
            identifier.append(c);
            at += doubled ? 1 : 0;
        }
        return null;
    }
}
