package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures of InnoDB end the transaction; a server that is configured otherwise is one of the profile mariadb. */
class FailuresTest {
    private final Connection connection = mock(Connection.class);
    private final Statement statement = mock(Statement.class);
    private final ResultSet row = mock(ResultSet.class);
    private final Failures failures = new Failures(connection);

    @BeforeEach
    void open() throws SQLException {
        DatabaseMetaData product = mock(DatabaseMetaData.class);
        when(connection.getMetaData()).thenReturn(product);
        when(product.getDatabaseProductName()).thenReturn("MariaDB");
        when(connection.createStatement()).thenReturn(statement);
        when(statement.executeQuery("SELECT @@innodb_rollback_on_timeout")).thenReturn(row);
        when(row.next()).thenReturn(true);
    }

    @ParameterizedTest
    @CsvSource({
        "com.mysql.cj.jdbc.exceptions.SQLError, 40001, 1205",
        "org.mariadb.jdbc.export.ExceptionFactory, HY000, 1205"
    })
    void lockTimeoutEndsTheTransactionWhereTheServerIsConfiguredSo(String maker, String state, int code)
            throws SQLException {
        SQLException timeout = Rebuilt.exception(maker, state, code, "Lock wait timeout exceeded");
        failures.remember(timeout, 1);

        when(row.getBoolean(1)).thenReturn(false);
        assertThatObject(failures.swallowed()).isNull();
        assertThatObject(failures.reasonFor(new IllegalStateException("sold out")))
                .isNull();

        when(row.getBoolean(1)).thenReturn(true);
        assertThatObject(failures.swallowed()).isSameAs(timeout);
        assertThatObject(failures.reasonFor(new IllegalStateException("sold out")))
                .isSameAs(timeout);
    }

    @Test
    void lockTimeoutOfAServerThatDoesNotTellCountsAsTheEnd() throws SQLException {
        SQLException timeout = Rebuilt.exception(Rebuilt.MARIADB, "HY000", 1205, "Lock wait timeout exceeded");
        failures.remember(timeout, 1);
        when(statement.executeQuery(any())).thenThrow(new SQLException("Unknown system variable"));

        assertThatObject(failures.swallowed()).isSameAs(timeout);
    }

    @Test
    void workThatThrowsTheLockTimeoutItselfIsNotAskedAbout() throws SQLException {
        SQLException timeout = Rebuilt.exception(Rebuilt.MARIADB, "HY000", 1205, "Lock wait timeout exceeded");
        failures.remember(timeout, 1);

        assertThatObject(failures.reasonFor(new IllegalStateException(timeout))).isNull();
        verify(connection, never()).createStatement();
    }

    @ParameterizedTest
    @ValueSource(strings = {Rebuilt.MYSQL, Rebuilt.MARIADB})
    void lockTableThatIsFullEndsTheTransaction(String maker) throws SQLException {
        SQLException full =
                Rebuilt.exception(maker, "HY000", 1206, "The total number of locks exceeds the lock table size");
        failures.remember(full, 1);

        assertThatObject(failures.swallowed()).isSameAs(full);
        assertThat(SqlConflicts.classify(full).orElseThrow().retry())
                .as("it would be too large again")
                .isEqualTo(SqlFailure.Retry.NONE);
    }

    @ParameterizedTest
    @CsvSource({"HY000, 3572", "23000, 1062", "22001, 1406"})
    void otherFailuresOfInnoDbEndTheirStatementOnly(String state, int code) throws SQLException {
        failures.remember(Rebuilt.exception(Rebuilt.MYSQL, state, code, "x"), 1);

        assertThatObject(failures.swallowed()).isNull();
        verify(connection, never()).createStatement();
    }
}
