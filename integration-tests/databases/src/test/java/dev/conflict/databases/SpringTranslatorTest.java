package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.sql.SqlConflicts;
import dev.conflict.sql.SqlFailure;
import dev.conflict.sql.SqlFailure.Kind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/** Refusals of which Spring's translators make nothing, or one of them does. */
class SpringTranslatorTest {
    private static final SQLStateSQLExceptionTranslator BY_STATE = new SQLStateSQLExceptionTranslator();

    private static Object byCode(String product, SQLException thrown) {
        return String.valueOf(new SQLErrorCodeSQLExceptionTranslator(product).translate("task", "sql", thrown));
    }

    private static Object byState(SQLException thrown) {
        return String.valueOf(BY_STATE.translate("task", "sql", thrown));
    }

    @Test
    void constraintOfSqlite() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement()) {
            statement.execute("create table parent (id int, name varchar(50), constraint uk_name unique (name))");
            statement.execute("insert into parent values (1, 'a')");
            SQLException thrown = Scenarios.thrownBy(() -> statement.execute("insert into parent values (2, 'a')"));

            assertThat(SqlConflicts.classify(thrown).map(SqlFailure::kind)).contains(Kind.UNIQUE);
            assertThat(byCode("SQLite", thrown)).isEqualTo("null");
            assertThat(byState(thrown)).isEqualTo("null");
        }
    }

    @Test
    void lockTimeoutOfPostgresqlByItsState() {
        SQLException thrown = new PSQLException(
                new ServerErrorMessage("SERROR\0VERROR\0C55P03\0Mcanceling statement due to lock timeout\0"));

        assertThat(SqlConflicts.classify(thrown).map(SqlFailure::kind)).contains(Kind.LOCK_TIMEOUT);
        assertThat(byState(thrown)).isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource({
        "com.mysql.cj.jdbc.exceptions.SQLError, MySQL, HY000, 1020, SERIALIZATION_FAILURE",
        "org.mariadb.jdbc.export.ExceptionFactory, MariaDB, HY000, 1020, SERIALIZATION_FAILURE"
    })
    void changedRowOfInnoDb(String maker, String product, String state, int code, Kind kind) {
        SQLException thrown = made(maker, state, code);

        assertThat(SqlConflicts.classify(thrown).map(SqlFailure::kind)).contains(kind);
        assertThat(byCode(product, thrown)).isEqualTo("null");
        assertThat(byState(thrown)).isEqualTo("null");
    }

    /** MariaDB's driver gives it no state of its own; MySQL's gives it that of a deadlock. */
    @Test
    void lockTimeoutOfInnoDbByItsState() {
        SQLException thrown = made("org.mariadb.jdbc.export.ExceptionFactory", "HY000", 1205);

        assertThat(SqlConflicts.classify(thrown).map(SqlFailure::kind)).contains(Kind.LOCK_TIMEOUT);
        assertThat(byState(thrown)).isEqualTo("null");
    }

    private static SQLException made(String maker, String state, int code) {
        SQLException thrown = new SQLException("x", state, code);
        thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement(maker, "make", null, 1)});
        return thrown;
    }
}
