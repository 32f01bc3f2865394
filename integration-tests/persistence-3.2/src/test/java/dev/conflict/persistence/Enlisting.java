package dev.conflict.persistence;

import dev.conflict.jpa.kit.BareSource;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.sql.XADataSource;

/** Opens connections that take part in the transaction of the thread, as a container's pool does. */
record Enlisting(XADataSource source, TransactionManager manager) implements BareSource {
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
}
