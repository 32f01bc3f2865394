package dev.conflict.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** A pool as applications have one. */
final class Pool {
    private Pool() {}

    static HikariDataSource of(DataSource source, int size) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        return of(config, size);
    }

    /** A pool whose connections come with an open transaction, so to speak; of one connection. */
    static HikariDataSource withoutAutoCommit(DataSource source) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setAutoCommit(false);
        return of(config, 1);
    }

    /** A pool on a PostgreSQL of this machine. */
    static HikariDataSource of(int port, String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://localhost:" + port + "/" + name
                + "?prepareThreshold=0"); // so that commits are sent as text, which a Wire sees
        config.setUsername("postgres");
        return of(config, size);
    }

    private static HikariDataSource of(HikariConfig config, int size) {
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
