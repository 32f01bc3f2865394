package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.sql.SqlConflicts;
import dev.conflict.sql.SqlFailure;
import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exceptions of R2DBC are no SQL exceptions, but have the same codes and the same fields. */
class ReactiveExceptionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    insert into parent (id, name) values (3, 'a')                | UNIQUE            | uk_name
                    insert into child (id, parent_id, amount) values (3, 99, 30) | FK_PARENT_MISSING | fk_parent
                    delete from parent where id = 1                              | FK_CHILD_EXISTS   | fk_parent
                    insert into child (id, parent_id, amount) values (3, 1, -1)  | CHECK             | ck_amount
                    insert into child (id, parent_id) values (3, 1)              | NOT_NULL          |
                    selekt                                                       | NO_CONFLICT       |
                    """)
    void reactiveExceptionIsReadByTheSameFields(String sql, Kind kind, @Nullable String constraint) {
        try (Database database = DatabaseEngine.POSTGRESQL.fresh()) {
            database.execute(Scenarios.TABLES);
            R2dbcException thrown = refused(database, sql);

            SqlFailure failure =
                    SqlConflicts.classify(new IllegalStateException(thrown)).orElseThrow();

            assertThat(failure.product()).isEqualTo(Product.POSTGRESQL);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.constraint().orElse(null)).isEqualTo(constraint);
        }
    }

    /** Drivers that throw the classes of R2DBC's own interfaces; the texts are those of the servers. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    io.asyncer.r2dbc.mysql.message.server.ErrorMessage | MYSQL   | 23000 | 1062 | Duplicate entry 'a' for key 'parent.uk_name' | UNIQUE       | uk_name
                    io.asyncer.r2dbc.mysql.message.server.ErrorMessage | MYSQL   | 40001 | 1205 | Lock wait timeout exceeded                   | LOCK_TIMEOUT |
                    dev.miku.r2dbc.mysql.message.server.ErrorMessage   | MYSQL   | 40001 | 1213 | Deadlock found                               | DEADLOCK     |
                    org.mariadb.r2dbc.ExceptionFactory                 | MARIADB | 23000 | 1062 | Duplicate entry 'a' for key 'uk_name'        | UNIQUE       | uk_name
                    org.mariadb.r2dbc.ExceptionFactory                 | MARIADB | HY000 | 1020 | Record has changed                           | SERIALIZATION_FAILURE |
                    com.example.Driver                                 | OTHER   | 23000 | 1062 | Duplicate entry 'a' for key 'uk_name'        | UNKNOWN      |
                    """)
    void exceptionOfTheCommonClassesIsReadByItsMaker(
            String maker, Product product, String state, int code, String text, Kind kind, @Nullable String name) {
        R2dbcException thrown = new R2dbcDataIntegrityViolationException(text, state, code);
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("io.r2dbc.spi.R2dbcException", "<init>", null, 1),
            new StackTraceElement(maker, "make", null, 1)
        });

        SqlFailure failure =
                SqlConflicts.classify(new IllegalStateException(thrown)).orElseThrow();

        assertThat(failure.product()).isEqualTo(product);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.constraint().orElse(null)).isEqualTo(name);
        assertThat(failure.sqlState()).contains(state);
        assertThat(failure.vendorCode()).isEqualTo(code);
    }

    private static R2dbcException refused(Database database, String sql) {
        URI address = URI.create(database.url().substring("jdbc:".length()));
        PostgresqlConnection connection =
                Objects.requireNonNull(new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                                .host(address.getHost())
                                .port(address.getPort())
                                .database(address.getPath().substring(1))
                                .username(database.user())
                                .build())
                        .create()
                        .block());
        try {
            return catchThrowableOfType(
                    R2dbcException.class,
                    () -> connection
                            .createStatement(sql)
                            .execute()
                            .flatMap(PostgresqlResult::getRowsUpdated)
                            .blockLast());
        } finally {
            connection.close().block();
        }
    }
}
