package dev.conflict.servlet;

import dev.conflict.ConflictReaders;
import dev.conflict.event.ConflictEvent;
import dev.conflict.problem.Answer;
import dev.conflict.problem.ProblemDetail;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line for each refusal: the id leads from what a caller shows to what an operator finds.
 *
 * <p>The line holds status, type, code, method, path and id, and no query, value or message. Whatever came from outside is
 * written so that no character of it could end the line, steer a terminal or pass for another one. A fault of the server
 * (5xx) is logged with the classes and stack traces of its causes; what they say, databases may have repeated values in,
 * stands in the log only where it is set to debug.
 */
final class RefusalLog {
    private static final Logger LOG = System.getLogger("dev.conflict.servlet");

    private static final int LONGEST = 256;

    private RefusalLog() {}

    static void write(Answer answer, String method, String path, Throwable thrown) {
        ProblemDetail problem = answer.problem();
        String instance = printable(problem.instance().orElse("-"));
        if (LOG.isLoggable(Level.INFO)) {
            LOG.log(
                    Level.INFO,
                    "{0} {1} {2} {3} {4} {5}",
                    Integer.toString(answer.status()),
                    printable(problem.type()),
                    printable(problem.code().orElse("-")),
                    printable(method),
                    printable(path),
                    instance);
        }
        boolean fault = problem.status().orElse(0) >= 500;
        if (fault) {
            LOG.log(Level.ERROR, "Behind " + instance, Wordless.of(thrown));
        }
        if (LOG.isLoggable(Level.DEBUG)) {
            if (fault) {
                LOG.log(Level.DEBUG, "Behind " + instance, thrown);
            } else {
                LOG.log(Level.DEBUG, "{0} came of {1}", instance, classes(thrown));
            }
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

    /** A request that would have been refused. It gets no answer that could carry an id. */
    static void writeLetThrough(ConflictEvent.Kind kind, String method, String path) {
        if (LOG.isLoggable(Level.INFO)) {
            LOG.log(Level.INFO, "Would refuse {0} {1} {2}", kind.name(), printable(method), printable(path));
        }
    }

    /** An application that cannot say who asks would hide more than it means to, and nobody would notice. */
    static void writeUnknownCaller(String method, String path, Throwable failed) {
        if (LOG.isLoggable(Level.WARNING)) {
            LOG.log(
                    Level.WARNING,
                    "{0} {1} is answered as for an anonymous caller, since the application failed to tell who calls: {2}",
                    printable(method),
                    printable(path),
                    classes(failed));
        }
    }

    /** An answer that names no trace is harder to find in the application's own tools. */
    static void writeUnknownTrace(String method, String path, Throwable failed) {
        if (LOG.isLoggable(Level.WARNING)) {
            LOG.log(
                    Level.WARNING,
                    "{0} {1} is answered without a trace, since the application failed to tell it: {2}",
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

    /** Writes printable ASCII as it is, and every other character, a space and a backslash too, as an escape of Java's. */
    static String printable(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST));
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 0x7F && c != '\\') {
                line.append(c);
            } else {
                line.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    line.append(Character.forDigit(c >> shift & 0xF, 16));
                }
            }
        }
        return text.length() > LONGEST ? line.append("...").toString() : line.toString();
    }

    /** An exception as a log may show it: its class, its stack trace and its causes, without what they say. */
    static final class Wordless extends Exception {
        private static final long serialVersionUID = 1L;

        private final String name;

        private Wordless(Throwable thrown, @Nullable Wordless cause) {
            super(null, cause, false, true);
            name = thrown.getClass().getName();
            setStackTrace(thrown.getStackTrace());
        }

        static @Nullable Wordless of(Throwable thrown) {
            List<Throwable> chain = ConflictReaders.chain(thrown);
            Wordless copy = null;
            for (int i = chain.size() - 1; i >= 0; i--) {
                copy = new Wordless(chain.get(i), copy);
            }
            return copy;
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // it stands for an exception of that class
        public String toString() {
            return name;
        }
    }
}
