package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThatObject;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import org.h2.jdbc.JdbcSQLTransactionRollbackException;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** A deadlock on command, then a savepoint: only one product goes on from there with what came before. */
class SavepointTest {
    private final Connection connection = mock(Connection.class);
    private final Statement statement = mock(Statement.class);
    private final DatabaseMetaData product = mock(DatabaseMetaData.class);
    private final Guard guard = new Guard(connection);

    private void swallow(SQLException deadlock) throws SQLException {
        when(connection.getMetaData()).thenReturn(product);
        when(product.getDatabaseProductName()).thenReturn("H2");
        when(connection.unwrap(Connection.class)).thenReturn(connection);
        when(connection.createStatement()).thenReturn(statement);
        when(statement.executeUpdate(anyString())).thenThrow(deadlock);
        assertThatThrownBy(() -> guard.shown().createStatement().executeUpdate("update"))
                .isSameAs(deadlock);
        guard.shown().rollback(mock(Savepoint.class));
    }

    @Test
    void deadlockThatRolledBackEverythingIsRememberedBeyondASavepoint() throws SQLException {
        SQLException deadlock = new JdbcSQLTransactionRollbackException("Deadlock", "update", "40001", 40001, null, "");

        swallow(deadlock);

        assertThatObject(guard.failures().swallowed()).isSameAs(deadlock);
    }

    @Test
    void postgresqlGoesOnFromASavepoint() throws SQLException {
        swallow(new PSQLException("deadlock detected", PSQLState.DEADLOCK_DETECTED));

        assertThatObject(guard.failures().swallowed()).isNull();
    }
}
