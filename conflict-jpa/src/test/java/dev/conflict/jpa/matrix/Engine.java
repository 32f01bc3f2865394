package dev.conflict.jpa.matrix;

import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.harness.MariaDbServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** The databases. Locks are waited for as briefly as each lets us. */
enum Engine {
    H2 {
        @Override
        Store fresh() {
            // EclipseLink asks for a generated identifier by a function that only the legacy mode still has.
            return new Store("jdbc:h2:mem:" + unique() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=500;MODE=LEGACY", "sa", "");
        }

        @Override
        String longQuery() {
            return "select count(*) from system_range(1, 1000000) a, system_range(1, 1000000) b where a.x + b.x = 1";
        }
    },

    /** Waits for locks for ever. */
    HSQLDB {
        @Override
        Store fresh() {
            return new Store("jdbc:hsqldb:mem:" + unique() + ";hsqldb.tx=mvcc", "SA", "");
        }

        // A few seconds, as it ends none before its time.
        @Override
        String longQuery() {
            return "select count(*) from unnest(sequence_array(1, 9000, 1)) a, unnest(sequence_array(1, 9000, 1)) b";
        }
    },

    DERBY {
        @Override
        Store fresh() {
            Store store = new Store("jdbc:derby:memory:" + unique() + ";create=true", "app", "app");
            // In seconds; the shortest that there are.
            store.execute(
                    "call syscs_util.syscs_set_database_property('derby.locks.deadlockTimeout', '1')",
                    "call syscs_util.syscs_set_database_property('derby.locks.waitTimeout', '2')");
            return store;
        }

        @Override
        String longQuery() {
            return "select count(*) from sys.syscolumns a, sys.syscolumns b, sys.syscolumns c, sys.syscolumns d";
        }
    },

    /** One writer at a time, and readers beside him. */
    SQLITE {
        @Override
        Store fresh() {
            try {
                Path file = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "sqlite")
                        .resolve("kit.db");
                return new Store(
                        "jdbc:sqlite:" + file + "?foreign_keys=on&journal_mode=WAL&synchronous=OFF&busy_timeout=300",
                        "",
                        "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        // A few seconds, as its driver ends none before its time.
        @Override
        String longQuery() {
            return "with recursive n(x) as (select 1 union all select x + 1 from n where x < 20000000) select count(*) from n";
        }
    },

    POSTGRESQL {
        @Override
        Store fresh() {
            Database database = DatabaseEngine.POSTGRESQL.fresh();
            return new Store(
                    database.url() + "?options=-c%20lock_timeout=800%20-c%20deadlock_timeout=50",
                    database.user(),
                    database.password());
        }

        @Override
        String longQuery() {
            return "select count(*) from generate_series(1, 1000000) a, generate_series(1, 1000000) b";
        }
    },

    /** Only where all cells are played. */
    MARIADB {
        @Override
        Store fresh() {
            return new Store(
                    "jdbc:mariadb:" + MariaDbServer.plain().freshDatabase()
                            + "?sslMode=disable&sessionVariables=innodb_lock_wait_timeout=1",
                    "root",
                    "");
        }

        @Override
        String longQuery() {
            return "select count(*) from seq_1_to_1000000 a, seq_1_to_1000000 b where a.seq + b.seq = 1";
        }

        @Override
        void freeze(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set innodb_snapshot_isolation = on");
            }
        }
    };

    /** A new empty database. */
    abstract Store fresh();

    /** A query that runs longer than anybody waits. */
    abstract String longQuery();

    /** Has a transaction read from one snapshot only, and fail where it would write what is newer. */
    void freeze(Connection connection) throws SQLException {
        connection.setTransactionIsolation(
                this == SQLITE ? Connection.TRANSACTION_SERIALIZABLE : Connection.TRANSACTION_REPEATABLE_READ);
    }

    private static String unique() {
        return "t" + UUID.randomUUID().toString().replace("-", "");
    }
}
