package dev.conflict.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.spring.boot.app.DocumentApplication;
import java.net.http.HttpResponse;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What PostgreSQL refuses only at the commit is no success, whoever commits. */
class CommitFailureTest {
    private static final Database DATABASE = DatabaseEngine.POSTGRESQL.fresh();
    private static Application application;

    @BeforeAll
    static void start() {
        DATABASE.execute("create table late (id bigint unique deferrable initially deferred)");
        application = Application.start(
                DocumentApplication.class,
                "spring.datasource.url=" + DATABASE.url(),
                "spring.datasource.username=" + DATABASE.user());
    }

    @AfterAll
    static void stop() {
        application.close();
        DATABASE.close();
    }

    @BeforeEach
    void empty() {
        sql().update("delete from late");
    }

    @ParameterizedTest
    @ValueSource(strings = {"annotated", "run"})
    void constraintThatWaitsForTheCommitIsAConflict(String way) {
        HttpResponse<String> answer = application.send("POST", "/deferred/" + way, "");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("about:blank").doesNotContain("late", "done", "23505");
        assertThat(stored()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"annotated", "exhausted"})
    void serializationFailureIsAConflictThatMayBeTriedAgain(String way) {
        HttpResponse<String> answer = application.send("POST", "/serialization/" + way, "");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("\"code\":\"TRY_AGAIN\"").doesNotContain("late", "done", "40001");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(stored()).isNotEmpty().allMatch(id -> id >= 1000);
    }

    @Test
    void runThatLostToAnotherTransactionStoresItsWorkOnce() {
        HttpResponse<String> answer = application.send("POST", "/serialization/run", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"attempts\":2}");
        assertThat(stored()).containsExactlyInAnyOrder(1000L, 1L);
    }

    private static List<Long> stored() {
        return sql().query("select id from late", (row, number) -> row.getLong("id"));
    }

    private static JdbcTemplate sql() {
        return new JdbcTemplate(application.bean(DataSource.class));
    }
}
