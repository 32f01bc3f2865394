package dev.conflict.jpa.matrix;

import dev.conflict.jpa.kit.BareSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Where a database is. */
record Store(String url, String user, String password) {
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** Runs statements one by one, each committed by itself. */
    void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Does something to a connection before it is used. */
    interface Preparation {
        void of(Connection connection) throws SQLException;
    }

    /** Opens connections that are all prepared in one way. */
    record Prepared(Store store, Preparation preparation) implements BareSource {
        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = store.connect();
            try {
                preparation.of(connection);
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
    }
}
