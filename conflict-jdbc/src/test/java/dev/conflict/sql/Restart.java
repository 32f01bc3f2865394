package dev.conflict.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server that is stopped while others use it, and started again. */
final class Restart {
    interface Start {
        EmbeddedPostgres start() throws IOException;
    }

    private final EmbeddedPostgres running;
    private final Start start;
    private final CompletableFuture<EmbeddedPostgres> restarted = new CompletableFuture<>();

    Restart(EmbeddedPostgres running, Start start) {
        this.running = running;
        this.start = start;
    }

    /** Begins, in a thread of its own. */
    void begin() {
        restarted.completeAsync(() -> {
            try {
                running.close();
                return start.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Waits until the server runs again. */
    EmbeddedPostgres done() throws Exception {
        return restarted.get(60, TimeUnit.SECONDS);
    }
}
