package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Every row again, from a server that words all of them in German. */
@Tag("german")
class GermanPostgresTest extends PostgresContract {
    private final DataSource source = GermanPostgresServer.freshDatabase();

    @Override
    DataSource dataSource() {
        return source;
    }

    @Override
    void close() {
        // the server goes with the JVM
    }

    @Test
    void serverAnswersInGerman() throws SQLException {
        SQLException thrown = refused(connection -> connection.createStatement().execute(Row.UNIQUE.sql));

        assertThat(thrown.getMessage())
                .startsWith("FEHLER: doppelter Schlüsselwert verletzt Unique-Constraint »uk_name«");
    }

    @Override
    void assertLanguage(SQLException thrown) {
        SQLException told = thrown instanceof BatchUpdateException batch ? batch.getNextException() : thrown;

        assertThat(told instanceof PSQLException server ? server.getServerErrorMessage() : null)
                .as(thrown.toString())
                .isNotNull()
                .extracting(ServerErrorMessage::getSeverity)
                .isIn("FEHLER", "FATAL"); // which is the same in German
    }
}
