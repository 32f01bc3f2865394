package dev.conflict.persistence;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;

/** Opens connections that take part in the transaction of the thread, as a container's pool does. */
record Enlisting(XADataSource source, TransactionManager manager) implements DataSource {
    @Override
    public Connection getConnection() throws SQLException {
        XAConnection connection = source.getXAConnection();
        try {
            Transaction transaction = manager.getTransaction();
            if (transaction != null) {
                transaction.enlistResource(connection.getXAResource());
                transaction.registerSynchronization(new Closing(connection));
            }
        } catch (RollbackException | SystemException e) {
            connection.close();
            throw new SQLException(e);
        }
        return connection.getConnection();
    }

    private record Closing(XAConnection connection) implements Synchronization {
        @Override
        public void beforeCompletion() {
            // still in use
        }

        @Override
        public void afterCompletion(int status) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        // nothing is written
    }

    @Override
    public void setLoginTimeout(int seconds) {
        // nobody waits
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
