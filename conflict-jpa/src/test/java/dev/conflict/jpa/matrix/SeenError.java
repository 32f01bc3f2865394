package dev.conflict.jpa.matrix;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The first thing that went wrong in an event. */
final class SeenError {
    private static final int MAX_LENGTH = 110;

    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    void note(Throwable failure) {
        first.compareAndSet(null, failure);
    }

    void forget() {
        first.set(null);
    }

    boolean isAny() {
        return first.get() != null;
    }

    /** What it says, in a line for a table. */
    String line() {
        Throwable seen = first.get();
        return seen == null ? "" : line(seen);
    }

    /** What lies at the bottom of a failure: its type, and the beginning of its message without what differs each time. */
    static String line(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage())
                .replaceAll("\\(conn=\\d+\\) ", "")
                .replaceAll("\\[\\d{4}-[^]]*]", "[…]")
                .lines()
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("")
                .replace('|', '/');
        String line = root.getClass().getSimpleName() + ": " + message;
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "…";
    }
}
