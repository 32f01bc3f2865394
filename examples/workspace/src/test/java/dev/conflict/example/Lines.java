package dev.conflict.example;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** What the library logs while it is open. */
final class Lines extends Handler implements AutoCloseable {
    /** Held, since a logger that nobody holds forgets its handlers. */
    private static final Logger LIBRARY = Logger.getLogger("dev.conflict");

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Lines() {
        LIBRARY.addHandler(this);
    }

    /** The next line; waits for it, since an answer may be there before its line. */
    @Nullable String next() throws InterruptedException {
        return lines.poll(10, TimeUnit.SECONDS);
    }

    @Override
    public void publish(LogRecord written) {
        lines.add(new SimpleFormatter().format(written));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LIBRARY.removeHandler(this);
    }
}
