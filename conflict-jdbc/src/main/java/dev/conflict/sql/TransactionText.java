package dev.conflict.sql;

import java.util.Locale;
import java.util.Set;

/**
 * Reads whether a text ends the transaction that it runs in, or begins another one: {@code COMMIT}, also behind a comment,
 * {@code BEGIN}, {@code UPDATE …; COMMIT}.
 *
 * <p>Statements are told apart by semicolons outside of quotes. What follows a statement that may have a body of its own
 * ({@code CREATE TRIGGER}, {@code BEGIN … END}) is not looked at: its semicolons end no statement. Whether a backslash
 * escapes a quote depends on the product and its settings; a text counts as an end only if it is one either way, so that a
 * value somebody typed does not stop a transaction.
 */
final class TransactionText {
    /** What begins a transaction, and not a block, when it follows {@code BEGIN}. */
    private static final Set<String> MODES = Set.of(
            "work",
            "tran",
            "transaction",
            "distributed",
            "deferred",
            "immediate",
            "exclusive",
            "concurrent",
            "isolation",
            "read",
            "deferrable");

    /** Statements without a body. */
    private static final Set<String> PLAIN = Set.of(
            "",
            "select",
            "insert",
            "update",
            "delete",
            "merge",
            "replace",
            "upsert",
            "with",
            "values",
            "table",
            "set",
            "lock",
            "savepoint",
            "release",
            "rollback",
            "truncate",
            "explain",
            "analyze",
            "call",
            "comment",
            "copy",
            "do",
            "drop",
            "grant",
            "notify",
            "refresh",
            "reset",
            "revoke",
            "show");

    private static final Set<String> AUTO_COMMIT =
            Set.of("autocommit", "@@autocommit", "@@session.autocommit", "@@local.autocommit");

    private final String sql;
    private final boolean escaping;
    private int at;

    private TransactionText(String sql, boolean escaping) {
        this.sql = sql;
        this.escaping = escaping;
    }

    static boolean endsTransaction(String sql) {
        return new TransactionText(sql, false).hasEnd()
                && (sql.indexOf('\\') < 0 || new TransactionText(sql, true).hasEnd());
    }

    private boolean hasEnd() {
        String first;
        do {
            first = word();
            if (isEnd(first)) {
                return true;
            }
        } while (PLAIN.contains(first) && nextStatement());
        return false;
    }

    private boolean isEnd(String first) {
        return switch (first) {
            case "commit", "abort", "end" -> true;
            case "rollback" -> !isRollbackToSavepoint();
            case "begin" -> isBegin();
            case "start", "prepare" -> word().equals("transaction");
            case "set" -> isAutoCommit();
            default -> false;
        };
    }

    private boolean isRollbackToSavepoint() {
        String next = word();
        return (next.equals("work") || next.equals("transaction") ? word() : next).equals("to");
    }

    /** {@code BEGIN} is a block where something else follows; {@code BEGIN NOT ATOMIC} is one of MariaDB's. */
    private boolean isBegin() {
        String next = word();
        if (next.equals("not")) {
            return word().equals("deferrable");
        }
        return next.isEmpty() ? at == sql.length() || sql.charAt(at) == ';' : MODES.contains(next);
    }

    private boolean isAutoCommit() {
        String next = word();
        return AUTO_COMMIT.contains(next.equals("session") || next.equals("local") ? word() : next);
    }

    /** The next word in lower case, empty if something else stands there. */
    private String word() {
        skipBlank();
        int start = at;
        while (at < sql.length() && isPartOfWord(sql.charAt(at))) {
            at++;
        }
        return sql.substring(start, at).toLowerCase(Locale.ROOT);
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '@' || c == '.' || c == '$';
    }

    /** White space and comments. Some products nest them, and what stands in one that begins with an exclamation mark runs. */
    private void skipBlank() {
        while (at < sql.length()) {
            if (sql.startsWith("--", at) || sql.charAt(at) == '#') {
                skipPast("\n");
            } else if (sql.startsWith("/*!", at) || sql.startsWith("/*M!", at)) {
                at = sql.indexOf('!', at) + 1;
                while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
                    at++;
                }
            } else if (sql.startsWith("/*", at)) {
                at += 2;
                skipPast("*/");
            } else if (sql.startsWith("*/", at)) {
                at += 2;
            } else if (isBlank(sql.charAt(at))) {
                at++;
            } else {
                return;
            }
        }
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
    }

    private void skipPast(String end) {
        int found = sql.indexOf(end, at);
        at = found < 0 ? sql.length() : found + end.length();
    }

    /** Goes behind the next semicolon that ends a statement; false if there is none. */
    private boolean nextStatement() {
        if (sql.indexOf(';', at) < 0) {
            return false;
        }
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\'' || c == '"' || c == '`') {
                skipQuoted(c);
            } else if (c == '-' || c == '/') {
                int before = at;
                skipBlank();
                at = Math.max(at, before + 1);
            } else if (c == '$') {
                skipDollars();
            } else {
                at++;
                if (c == ';') {
                    return true;
                }
            }
        }
        return false;
    }

    private void skipQuoted(char quote) {
        for (at++; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (c == '\\' && escaping) {
                at++;
            } else if (c == quote) {
                at++;
                return;
            }
        }
        at = sql.length();
    }

    /** A text of PostgreSQL's, {@code $tag$ … $tag$}, or nothing but a dollar. */
    private void skipDollars() {
        int end = at + 1;
        while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
            end++;
        }
        if (end == sql.length() || sql.charAt(end) != '$') {
            at = end;
            return;
        }
        String tag = sql.substring(at, end + 1);
        at = end + 1;
        skipPast(tag);
    }
}
