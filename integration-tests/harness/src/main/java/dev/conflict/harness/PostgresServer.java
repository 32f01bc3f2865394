package dev.conflict.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** The one PostgreSQL of this JVM. Its shutdown hook stops it; a start that failed is not tried again. */
final class PostgresServer {
    private final @Nullable EmbeddedPostgres server;
    private final @Nullable Exception failure;

    private PostgresServer(@Nullable EmbeddedPostgres server, @Nullable Exception failure) {
        this.server = server;
        this.failure = failure;
    }

    private static final class Holder {
        static final PostgresServer ONLY = start();
    }

    static EmbeddedPostgres running() {
        EmbeddedPostgres server = Holder.ONLY.server;
        if (server == null) {
            throw unavailable(Holder.ONLY.failure, System.getenv("CI"));
        }
        return server;
    }

    private static PostgresServer start() {
        try {
            return new PostgresServer(EmbeddedPostgres.builder().start(), null);
        } catch (IOException | RuntimeException e) {
            System.getLogger(PostgresServer.class.getName()).log(Level.WARNING, "Tests on PostgreSQL do not run", e);
            return new PostgresServer(null, e);
        }
    }

    /** On a developer's machine a skip that says why; where everything is expected to run, an error. */
    static RuntimeException unavailable(@Nullable Exception failure, @Nullable String ci) {
        String reason = "PostgreSQL did not start: " + failure;
        return Boolean.parseBoolean(ci)
                ? new IllegalStateException(reason + " (required, because CI=true)", failure)
                : new TestAbortedException(reason, failure);
    }
}
