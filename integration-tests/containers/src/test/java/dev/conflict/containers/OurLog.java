package dev.conflict.containers;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps what we log, and nothing of what containers and frameworks do. To be opened when those have set up their logging. */
public final class OurLog extends Handler {
    /** The parent of every logger of ours; held, since a logger that nobody holds forgets its handlers. */
    private static final Logger OURS = Logger.getLogger("dev.conflict");

    private final List<Line> lines = new CopyOnWriteArrayList<>();

    /**
     * What one call of a logger wrote.
     *
     * @param message the message with its arguments
     * @param trace the stack trace under it, empty if there is none
     */
    public record Line(String message, String trace) {}

    private OurLog() {}

    /** Listens until it is closed. */
    public static OurLog open() {
        OurLog log = new OurLog();
        OURS.setLevel(Level.INFO);
        OURS.setUseParentHandlers(false);
        OURS.addHandler(log);
        return log;
    }

    /** What has been logged, oldest first. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Forgets what has been logged. */
    public void clear() {
        lines.clear();
    }

    @Override
    public void publish(LogRecord written) {
        StringWriter trace = new StringWriter();
        if (written.getThrown() != null) {
            written.getThrown().printStackTrace(new PrintWriter(trace, true));
        }
        lines.add(new Line(new SimpleFormatter().formatMessage(written), trace.toString()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        OURS.removeHandler(this);
        OURS.setUseParentHandlers(true);
        OURS.setLevel(null);
    }
}
