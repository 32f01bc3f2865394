package dev.conflict.databases;

import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import javax.sql.DataSource;

class PostgresTest extends PostgresContract {
    private final Database database = DatabaseEngine.POSTGRESQL.fresh();

    @Override
    DataSource dataSource() {
        return database.dataSource();
    }

    @Override
    void close() {
        database.close();
    }
}
