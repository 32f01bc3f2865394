package dev.conflict.servlet;

import dev.conflict.problem.ProblemDetail;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * One line for each refusal: the id leads from what a caller shows to what an operator finds.
 *
 * <p>The line holds nothing that a message or a body says, and no character that could end it or steer a terminal.
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
        if (LOG.isLoggable(Level.DEBUG)) {
            Throwable cause = thrown.getStackTrace().length > 0 ? thrown : thrown.getCause();
            if (cause != null) {
                LOG.log(Level.DEBUG, "Behind " + problem.instance().orElse("-"), cause);
            }
        }
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
