package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.ConflictException;
import dev.conflict.Dependent;
import dev.conflict.Details.Member;
import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class DependentRowsTest {
    private static final DependentRows ORDERS = DependentRows.of(
            "select count(*) over (), number, id from orders where customer_id = ? order by id",
            row -> new Dependent(row.getString("number"), URI.create("/orders/" + row.getLong("id"))));

    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    DatabaseEngine engine;

    @SuppressWarnings("NullAway.Init")
    private Database database;

    private final Latency counted = new Latency(Duration.ZERO);

    @BeforeEach
    void create() {
        database = engine.fresh();
        database.execute("create table orders (id int primary key, number varchar(10), customer_id int)");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private void require(int customer) throws SQLException {
        try (Connection connection = counted.before(database.dataSource()).getConnection()) {
            ORDERS.requireNone(connection, customer);
        }
    }

    @Test
    void rowWithoutDependentsMayGo() {
        database.execute("insert into orders values (1, 'A-1', 5)");

        assertThatCode(() -> require(6)).doesNotThrowAnyException();
    }

    @Test
    void dependentsAreCountedAndTheFirstTwentyNamedInOneQuery() {
        for (int i = 1; i <= 25; i++) {
            database.execute("insert into orders values (" + i + ", 'A-" + i + "', 5)");
        }

        assertThatThrownBy(() -> require(5)).isInstanceOfSatisfying(ConflictException.Dependency.class, conflict -> {
            assertThat(conflict.details().get(Member.DEPENDENT_COUNT)).contains(25L);
            assertThat(conflict.details().get(Member.DEPENDENTS).orElseThrow())
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .hasSize(20)
                    .first()
                    .asString()
                    .contains("A-1", "/orders/1");
        });
        assertThat(counted.statements()).isEqualTo(1);
    }
}
