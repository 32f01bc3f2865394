package dev.conflict.jaxrs;

import dev.conflict.ConflictReaders;
import dev.conflict.problem.Answer;
import dev.conflict.problem.ProblemDetail;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line for each refusal, as the servlet filter writes it: status, type, code, method, path and id, and no query, value
 * or message. A fault of the server (5xx) is logged with the classes and stack traces of its causes.
 */
final class RefusalLog {
    private static final Logger LOG = System.getLogger("dev.conflict.jaxrs");
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
        if (problem.status().orElse(0) >= 500) {
            LOG.log(Level.ERROR, "Behind " + instance, Wordless.of(thrown));
        }
    }

    /** An application that cannot say who asks would hide more than it means to, and nobody would notice. */
    static void warn(String how, String path, Throwable failed) {
        if (LOG.isLoggable(Level.WARNING)) {
            LOG.log(Level.WARNING, "{0} is answered {1}: {2}", printable(path), how, classes(failed));
        }
    }

    /** The chain of causes without messages, in which databases repeat values. */
    private static String classes(Throwable thrown) {
        return ConflictReaders.chain(thrown).stream()
                .map(link -> link.getClass().getName())
                .collect(Collectors.joining(" <- "));
    }

    /** Tells whether a text can stand as a header field's name, and a code in a field (RFC 9110 §5.6.2). */
    static boolean isToken(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && text.chars()
                        .allMatch(c -> (c >= '0' && c <= '9')
                                || (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
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
    private static final class Wordless extends Exception {
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
