package dev.conflict.harness;

import java.util.Locale;
import java.util.UUID;

/**
 * The engines that tests run on, each of which hands out databases of its own.
 *
 * <pre>{@code
 * @ParameterizedTest
 * @EnumSource
 * void staleWriteIsRefused(DatabaseEngine engine) {
 *     try (Database database = engine.fresh()) {
 *         ...
 *     }
 * }
 * }</pre>
 */
public enum DatabaseEngine {
    /** H2 in this JVM's memory. */
    H2 {
        @Override
        public Database fresh() {
            return new H2Database(uniqueName());
        }
    },

    /**
     * PostgreSQL on a free port, started when a test first asks and stopped with the JVM. Where it cannot start, the
     * test is skipped with the reason, and fails if the environment says {@code CI=true}.
     */
    POSTGRESQL {
        @Override
        public Database fresh() {
            return new PostgresDatabase(PostgresServer.running(), uniqueName());
        }
    };

    /**
     * Creates an empty database that nobody else knows; closing it drops it.
     *
     * @return the database
     */
    public abstract Database fresh();

    private static String uniqueName() {
        return "t_" + UUID.randomUUID().toString().replace("-", "").toLowerCase(Locale.ROOT);
    }
}
