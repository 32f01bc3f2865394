package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.Details.Member;
import dev.conflict.Disclosure;
import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class UniqueColumnTest {
    private static final UniqueColumn USERNAMES =
            UniqueColumn.of("username", "users", "lower(username) = lower(?)").disclose(Disclosure.PUBLIC);

    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    DatabaseEngine engine;

    @SuppressWarnings("NullAway.Init")
    private Database database;

    @SuppressWarnings("NullAway.Init")
    private Connection connection;

    private final Latency counted = new Latency(Duration.ZERO);

    @BeforeEach
    void create() throws SQLException {
        database = engine.fresh();
        database.execute(
                "create table users (id int primary key, username varchar(50))",
                "insert into users values (1, 'Ann'), (2, 'ann1'), (3, 'x'' or ''1''=''1')");
        connection = counted.before(database.dataSource()).getConnection();
    }

    @AfterEach
    void drop() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void freeValuePasses() {
        assertThatCode(() -> USERNAMES.requireFree(connection, "bob")).doesNotThrowAnyException();
        assertThatCode(() -> USERNAMES.requireFree(connection, "bob", List.of("ann")))
                .doesNotThrowAnyException();
        assertThatCode(() -> USERNAMES.requireFree(connection, "y' or '1'='1")).doesNotThrowAnyException();
    }

    @Test
    void takenValueIsComparedAsTheIndexComparesAndNothingIsOffered() {
        assertThatThrownBy(() -> USERNAMES.requireFree(connection, "ANN"))
                .isInstanceOfSatisfying(ConflictException.Uniqueness.class, taken -> {
                    assertThat(taken.conflict())
                            .isEqualTo(new Conflict.Uniqueness(null, "username", Disclosure.PUBLIC));
                    assertThat(taken.details().get(Member.CONFLICTING_VALUE)).contains("ANN");
                    assertThat(taken.details().get(Member.ALTERNATIVES)).isEmpty();
                });
        assertThatThrownBy(() -> USERNAMES.requireFree(connection, "x' or '1'='1"))
                .isInstanceOf(ConflictException.Uniqueness.class);
    }

    @Test
    void candidatesThatAreFreeAreOfferedInTheirOrderAndFiveAreLookedAtInOneQuery() {
        List<String> candidates = List.of("Ann1", "ann2", "ANN", "ann-3", "ann_4", "ann5", "ann6");

        assertThatThrownBy(() -> USERNAMES.requireFree(connection, "ann", candidates))
                .isInstanceOfSatisfying(
                        ConflictException.Uniqueness.class,
                        taken -> assertThat(taken.details().get(Member.ALTERNATIVES))
                                .contains(List.of("ann2", "ann-3", "ann_4")));
        assertThat(counted.statements()).isEqualTo(1);
    }

    @Test
    void nothingIsDisclosedUnlessSaid() {
        UniqueColumn hidden = UniqueColumn.of("username", "users", "lower(username) = lower(?)");

        assertThatThrownBy(() -> hidden.requireFree(connection, "ann"))
                .isInstanceOfSatisfying(
                        ConflictException.Uniqueness.class,
                        taken -> assertThat(taken.conflict())
                                .isEqualTo(new Conflict.Uniqueness(null, "username", Disclosure.HIDDEN)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"username = 'ann'", "username = ? or id = ?"})
    void conditionComparesOneValue(String condition) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UniqueColumn.of("username", "users", condition))
                .withMessageContaining(condition);
    }
}
