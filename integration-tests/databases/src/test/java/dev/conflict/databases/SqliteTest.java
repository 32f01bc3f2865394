package dev.conflict.databases;

import dev.conflict.sql.SqlFailure.Product;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

class SqliteTest extends DatabaseContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @Override
    Product product() {
        return Product.SQLITE;
    }

    @Override
    DataSource dataSource() {
        SQLiteConfig config = new SQLiteConfig();
        config.enforceForeignKeys(true);
        config.setBusyTimeout(50);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + folder.resolve("matrix.db"));
        return source;
    }

    @Override
    void close() {
        // JUnit removes the file
    }

    @Override
    String[] schema() {
        return concat(TABLES, new String[] {
            "create table late_child (id int, parent_id int, constraint fk_late foreign key (parent_id)"
                    + " references parent (id) deferrable initially deferred)",
            "create table refusing (id int)",
            "create trigger refuse before insert on refusing begin select raise(abort, 'refused'); end"
        });
    }

    @Override
    void waitBriefly(Statement statement) {
        // all connections do
    }

    @Override
    String longQuery() {
        return "with recursive n(i) as (values (1) union all select i + 1 from n) select count(*) from n";
    }

    /** The driver has no timeout for statements, but they can be cancelled. */
    @Override
    SQLException queryTimeout() throws SQLException {
        return refused(connection -> {
            try (Statement statement = connection.createStatement()) {
                CompletableFuture<SQLException> running = CompletableFuture.supplyAsync(
                        () -> thrownBy(() -> statement.executeQuery(longQuery()).next()));
                while (!running.isDone()) {
                    statement.cancel();
                    Thread.onSpinWait();
                }
                throw running.join();
            }
        });
    }

    @Override
    int snapshotIsolation() {
        return Connection.TRANSACTION_SERIALIZABLE;
    }

    @Override
    SQLException readOnly() throws SQLException {
        return refused(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma query_only = true");
                statement.execute("update parent set name = 'c' where id = 1");
            }
        });
    }

    @Override
    String expectations() {
        return """
                UNIQUE                   | UNIQUE                |           | parent | name           | ANCHORED_TEXT
                UNIQUE_BY_UPDATE         | UNIQUE                |           | parent | name           | ANCHORED_TEXT
                UNIQUE_OF_TWO            | UNIQUE                |           | parent | region, number | ANCHORED_TEXT
                PRIMARY_KEY              | UNIQUE                |           | parent | id             | ANCHORED_TEXT
                UNIQUE_INDEX             | UNIQUE                |           | child  | amount         | ANCHORED_TEXT
                PARENT_MISSING           | FOREIGN_KEY
                PARENT_MISSING_BY_UPDATE | FOREIGN_KEY
                CHILD_EXISTS             | FOREIGN_KEY
                CHILD_EXISTS_BY_UPDATE   | FOREIGN_KEY
                CHECK                    | CHECK                 | ck_amount |        |                | ANCHORED_TEXT
                NOT_NULL                 | NOT_NULL              |           | child  | amount         | ANCHORED_TEXT
                NOT_NULL_OMITTED         | NOT_NULL              |           | child  | amount         | ANCHORED_TEXT
                TOO_LONG                 | impossible | SQLite stores it
                OUT_OF_RANGE             | impossible | SQLite stores it
                NO_TABLE                 | NO_CONFLICT
                NO_SQL                   | NO_CONFLICT
                RAISED                   | RAISED
                EXCLUSION                | impossible | SQLite has no exclusion constraints
                DEFERRED_UNIQUE          | impossible | SQLite defers foreign keys only
                DEFERRED_PARENT_MISSING  | FOREIGN_KEY
                DEFERRED_CHILD_EXISTS    | FOREIGN_KEY
                LOCK_TIMEOUT             | LOCK_TIMEOUT
                LOCK_NOWAIT              | impossible | SQLite has no NOWAIT
                DEADLOCK                 | impossible | one writer at a time
                SNAPSHOT                 | SERIALIZATION_FAILURE
                SERIALIZATION            | impossible | one writer at a time
                QUERY_TIMEOUT            | QUERY_TIMEOUT
                ABORTED_TRANSACTION      | impossible | a failure does not end the transaction
                READ_ONLY                | READ_ONLY
                CONNECTION_LOST          | impossible | there is no server
                """;
    }
}
