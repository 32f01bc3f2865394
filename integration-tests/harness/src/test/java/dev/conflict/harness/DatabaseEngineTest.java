package dev.conflict.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

class DatabaseEngineTest {
    @ParameterizedTest
    @EnumSource
    void freshDatabaseIsEmptyAndItsOwn(DatabaseEngine engine) throws SQLException {
        try (Database one = engine.fresh();
                Database two = engine.fresh()) {
            one.execute("CREATE TABLE document (id INT PRIMARY KEY)", "INSERT INTO document VALUES (1)");
            two.execute("CREATE TABLE document (id INT PRIMARY KEY)");

            assertThat(count(one)).isEqualTo(1);
            assertThat(count(two)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingDropsTheDatabaseUnderAnOpenConnection(DatabaseEngine engine) throws SQLException {
        Database database = engine.fresh();
        try (Connection connection = database.dataSource().getConnection()) {
            database.close();

            assertThat(connection.isValid(1)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusedStatementNamesTheEngine(DatabaseEngine engine) {
        try (Database database = engine.fresh()) {
            assertThatThrownBy(() -> database.execute("SELEKT"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(engine + " refused a statement: ");
        }
    }

    @Test
    void missingPostgresSkipsWithTheReasonAndFailsWhereEverythingMustRun() {
        IOException reason = new IOException("no unshare");

        assertThat(PostgresServer.unavailable(reason, null))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no unshare");
        assertThat(PostgresServer.unavailable(reason, "true"))
                .isNotInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no unshare");
    }

    private static int count(Database database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM document")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
