package dev.conflict.servlet;

import dev.conflict.ConflictReaders;
import dev.conflict.problem.ProblemDetail;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.stream.Collectors;

/**
 * One line for each refusal: the id leads from what a caller shows to what an operator finds.
 *
 * <p>The line holds the request's path as an access log does, no text of a message, and no character that could end it or
 * steer a terminal. A fault of the server (5xx) is logged with its causes.
 */
final class RefusalLog {
    private static final Logger LOG = System.getLogger("dev.conflict.servlet");

    private static final int LONGEST = 256;

    private RefusalLog() {}

    static void write(ProblemDetail problem, String method, String path, Throwable thrown) {
        if (LOG.isLoggable(Level.INFO)) {
            LOG.log(
                    Level.INFO,
                    "{0} {1} {2} {3} {4}",
                    Integer.toString(problem.status().orElse(0)),
                    printable(problem.code().orElse("-")),
                    printable(method),
                    printable(path),
                    problem.instance().orElse("-"));
        }
        if (problem.status().orElse(0) >= 500) {
            LOG.log(Level.ERROR, "Behind " + problem.instance().orElse("-"), thrown);
        } else if (LOG.isLoggable(Level.DEBUG)) {
            LOG.log(Level.DEBUG, "{0} came of {1}", problem.instance().orElse("-"), classes(thrown));
        }
    }

    /** A source of validators that fails is passed over, and nobody would notice. */
    static void writeAbstained(String method, String path, Throwable failed) {
        if (LOG.isLoggable(Level.WARNING)) {
            LOG.log(
                    Level.WARNING,
                    "{0} {1} passed without an early check, since its validators cannot be told: {2}",
                    printable(method),
                    printable(path),
                    classes(failed));
        }
    }

    /** The chain of causes without messages, in which databases repeat values. */
    private static String classes(Throwable thrown) {
        return ConflictReaders.chain(thrown).stream()
                .map(link -> link.getClass().getName())
                .collect(Collectors.joining(" <- "));
    }

    static String printable(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST));
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            line.append(c > ' ' && c < 0x7F ? c : '?');
        }
        return text.length() > LONGEST ? line.append("...").toString() : line.toString();
    }
}
