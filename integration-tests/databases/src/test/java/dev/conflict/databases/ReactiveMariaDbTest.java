package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conflict.harness.MariaDbServer;
import dev.conflict.sql.SqlConflicts;
import dev.conflict.sql.SqlFailure;
import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import java.net.URI;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Both reactive drivers on a real MariaDB. They throw the classes of R2DBC's own interfaces. */
@Tag("mariadb")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ParameterizedClass
@EnumSource(names = {"MARIADB", "MYSQL"})
class ReactiveMariaDbTest {
    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Product driver;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    insert into parent (id, name) values (3, 'a')                | UNIQUE            | uk_name
                    insert into child (id, parent_id, amount) values (3, 99, 30) | FK_PARENT_MISSING | fk_parent
                    delete from parent where id = 1                              | FK_CHILD_EXISTS   | fk_parent
                    insert into child (id, parent_id, amount) values (3, 1, -1)  | CHECK             | ck_amount
                    insert into child (id, parent_id) values (3, 1)              | NOT_NULL          |
                    select * from parent where id = 2 for update nowait          | LOCK_TIMEOUT      |
                    selekt                                                       | NO_CONFLICT       |
                    """)
    void reactiveExceptionIsReadByItsCodes(String sql, Kind kind, @Nullable String constraint) throws SQLException {
        String address = MariaDbServer.plain().freshDatabase();
        try (java.sql.Connection holder = MariaDbTest.source(address).getConnection();
                Statement statement = holder.createStatement()) {
            for (String each : Scenarios.TABLES) {
                statement.execute(each);
            }
            holder.setAutoCommit(false);
            statement.execute("select * from parent where id = 2 for update");

            R2dbcException thrown = refused(URI.create(address), sql);

            SqlFailure failure =
                    SqlConflicts.classify(new IllegalStateException(thrown)).orElseThrow();
            assertThat(failure.product()).as(thrown.toString()).isEqualTo(driver);
            assertThat(failure.kind()).as(thrown.toString()).isEqualTo(kind);
            assertThat(failure.constraint().orElse(null)).isEqualTo(constraint);
        }
    }

    private R2dbcException refused(URI server, String sql) {
        ConnectionFactory factory = ConnectionFactories.get(ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, driver.name().toLowerCase(Locale.ROOT))
                .option(ConnectionFactoryOptions.HOST, server.getHost())
                .option(ConnectionFactoryOptions.PORT, server.getPort())
                .option(ConnectionFactoryOptions.USER, "root")
                .option(ConnectionFactoryOptions.PASSWORD, "")
                .option(ConnectionFactoryOptions.DATABASE, server.getPath().substring(1))
                .build());
        Connection connection =
                Objects.requireNonNull(Mono.from(factory.create()).block());
        try {
            return catchThrowableOfType(
                    R2dbcException.class,
                    () -> Flux.from(connection.createStatement(sql).execute())
                            .flatMap(Result::getRowsUpdated)
                            .blockLast());
        } finally {
            Mono.from(connection.close()).block();
        }
    }
}
