package dev.conflict.sql;

import org.jspecify.annotations.Nullable;

/** Counts the names in a message whose words are not known, by the quotes that stand around a name which is. */
final class QuotedNames {
    private QuotedNames() {}

    /**
     * Counts the quoted names beside a known one.
     *
     * @param message a text that quotes names of the schema and nothing else
     * @param known a name that it quotes
     * @param alsoKnown another one, which may hold quotes itself; null if it is not known
     * @return how many there are without the first one, -1 if that is not clear
     */
    static int besides(String message, String known, @Nullable String alsoKnown) {
        int at = quoted(message, known);
        if (at < 0) {
            return -1;
        }
        int open = outwards(message, at - 1, -1);
        int close = outwards(message, at + known.length(), 1);
        String rest = message.substring(0, open) + message.substring(close + 1);
        if (alsoKnown == null) {
            return count(rest, message.charAt(open), message.charAt(close));
        }
        int other = quoted(rest, alsoKnown);
        if (other < 0) {
            return -1;
        }
        String last = rest.substring(0, outwards(rest, other - 1, -1))
                + rest.substring(outwards(rest, other + alsoKnown.length(), 1) + 1);
        return count(last, message.charAt(open), message.charAt(close)) == 0 ? 1 : 2;
    }

    /** Where a name stands between quotes; -1 if nowhere. */
    private static int quoted(String message, String name) {
        for (int at = message.indexOf(name); at >= 0; at = message.indexOf(name, at + 1)) {
            int open = outwards(message, at - 1, -1);
            int close = outwards(message, at + name.length(), 1);
            if (open >= 0
                    && close < message.length()
                    && isQuote(message.charAt(open))
                    && isQuote(message.charAt(close))) {
                return at;
            }
        }
        return -1;
    }

    /** French puts a space between a quote and what it quotes. */
    private static int outwards(String message, int from, int step) {
        int at = from;
        while (at >= 0 && at < message.length() && Character.isSpaceChar(message.charAt(at))) {
            at += step;
        }
        return at;
    }

    private static boolean isQuote(char c) {
        return c == '"'
                || c == '\''
                || c == '`'
                || Character.getType(c) == Character.INITIAL_QUOTE_PUNCTUATION
                || Character.getType(c) == Character.FINAL_QUOTE_PUNCTUATION
                || Character.getType(c) == Character.START_PUNCTUATION
                || Character.getType(c) == Character.END_PUNCTUATION;
    }

    private static int count(String text, char open, char close) {
        int opens = 0;
        int closes = 0;
        for (int i = 0; i < text.length(); i++) {
            opens += text.charAt(i) == open ? 1 : 0;
            closes += text.charAt(i) == close ? 1 : 0;
        }
        if (open == close) {
            return opens % 2 == 0 ? opens / 2 : -1;
        }
        return opens == closes ? opens : -1;
    }
}
