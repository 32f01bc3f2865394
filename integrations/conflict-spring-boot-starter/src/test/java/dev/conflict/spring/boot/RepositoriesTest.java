package dev.conflict.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.spring.boot.repositories.ItemController;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two people save an item at once, in every way in which a repository of Spring Data writes; docs/spring.md has the table. */
class RepositoriesTest {
    private static final String GONE = "gone";

    private static Application application;

    @BeforeAll
    static void start() {
        application = Application.start(ItemController.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void fill() {
        sql().update("delete from item");
        sql().update("insert into item (id, version, title, kind) values (1, 0, 'base', 'note')");
    }

    @ParameterizedTest
    @CsvSource({
        "save, 200, mine",
        "'save, found with find', 412, theirs",
        "'save, then check', 412, theirs",
        "save detached, 409, theirs",
        "save new, 409, theirs",
        "saveAndFlush, 200, mine",
        "delete, 200, gone",
        "deleteById, 200, gone",
        "'deleteById, found with find', 412, theirs",
        "deleteAllInBatch, 200, gone",
        "deleteAllByIdInBatch, 200, gone",
        "EntityVersions.delete, 412, theirs",
        "modifying, 200, mine",
        "modifying with version, 409, theirs",
        "withoutLoading, 412, theirs",
        "deleteBy, 200, gone",
        "deleteBy with version, 409, theirs",
        "lock, 200, theirs",
        "lock with increment, 200, theirs",
    })
    void theirsIsSavedAfterTheClientReadAndBeforeItsTransaction(String way, int status, String stored) {
        String tag = tag();
        sql().update("update item set version = version + 1, title = 'theirs' where id = 1");

        assertThat(put(way, tag, false).statusCode()).isEqualTo(status);
        assertThat(stored()).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "save, 409, theirs",
        "'save, found with find', 412, theirs",
        "'save, then check', 412, theirs",
        "save detached, 409, theirs",
        "save new, 409, theirs",
        "saveAndFlush, 409, theirs",
        "delete, 409, theirs",
        "deleteById, 200, gone",
        "'deleteById, found with find', 412, theirs",
        "deleteAllInBatch, 200, gone",
        "deleteAllByIdInBatch, 200, gone",
        "EntityVersions.delete, 412, theirs",
        "modifying, 200, mine",
        "modifying with version, 409, theirs",
        "withoutLoading, 412, theirs",
        "deleteBy, 200, gone",
        "deleteBy with version, 409, theirs",
        "lock, 409, theirs",
        "lock with increment, 409, theirs",
    })
    void theirsIsSavedDuringTheTransaction(String way, int status, String stored) {
        assertThat(put(way, tag(), true).statusCode()).isEqualTo(status);
        assertThat(stored()).isEqualTo(stored);
    }

    @ParameterizedTest
    @CsvSource({
        "'save, found with find', mine",
        "'save, then check', mine",
        "save detached, mine",
        "'deleteById, found with find', gone",
        "EntityVersions.delete, gone",
        "modifying with version, mine",
        "withoutLoading, mine",
        "deleteBy with version, gone",
    })
    void guardLetsThroughWhomNobodyOvertook(String way, String stored) {
        HttpResponse<String> answer = put(way, tag(), false);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(stored()).isEqualTo(stored);
    }

    private static String tag() {
        return application
                .send("GET", "/items/1", "")
                .headers()
                .firstValue("ETag")
                .orElseThrow();
    }

    private static HttpResponse<String> put(String way, String tag, boolean during) {
        String segment = URLEncoder.encode(way, StandardCharsets.UTF_8).replace("+", "%20");
        return application.send("PUT", "/items/1/" + segment + "?version=0&during=" + during, "", "If-Match", tag);
    }

    private static String stored() {
        List<String> titles = sql().query("select title from item where id = 1", (row, number) -> row.getString(1));
        return titles.isEmpty() ? GONE : titles.get(0);
    }

    private static JdbcTemplate sql() {
        return new JdbcTemplate(application.bean(DataSource.class));
    }
}
