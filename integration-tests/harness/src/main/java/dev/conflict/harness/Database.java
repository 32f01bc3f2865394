package dev.conflict.harness;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** An empty database for one test class, gone when it is closed. Safe for use by several threads. */
public abstract sealed class Database implements AutoCloseable permits H2Database, PostgresDatabase {
    Database() {}

    /**
     * Tells which engine this database lives in.
     *
     * @return the engine
     */
    public abstract DatabaseEngine engine();

    /**
     * Returns the JDBC address, without user and password.
     *
     * @return the address
     */
    public abstract String url();

    /**
     * Returns the user, who owns the database.
     *
     * @return the user
     */
    public abstract String user();

    /**
     * Returns the password, which may be empty.
     *
     * @return the password
     */
    public abstract String password();

    /**
     * Returns a source that opens a new connection each time.
     *
     * @return the source, without a pool
     */
    public abstract DataSource dataSource();

    /**
     * Runs statements one by one, each committed by itself.
     *
     * @param statements SQL of this engine
     * @throws IllegalStateException if one fails
     */
    public final void execute(String... statements) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(engine() + " refused a statement: " + e.getMessage(), e);
        }
    }

    /** Drops the database; connections that are still open are cut. */
    @Override
    public abstract void close();
}
