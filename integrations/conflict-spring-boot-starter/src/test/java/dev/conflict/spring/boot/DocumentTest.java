package dev.conflict.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.spring.boot.app.DocumentApplication;
import java.net.http.HttpResponse;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** An application as it stands: the starter, a controller, an entity. */
class DocumentTest {
    private static Application application;

    @BeforeAll
    static void start() {
        application = Application.start(DocumentApplication.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void fill() {
        JdbcTemplate sql = new JdbcTemplate(application.bean(DataSource.class));
        sql.update("delete from document");
        sql.update("insert into document (id, version, title, text) values (1, 0, 'Untitled', '')");
    }

    @Test
    void writeThatStatesAnOldVersionIsRefused() {
        HttpResponse<String> read = application.send("GET", "/documents/1", "");
        String tag = read.headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> first = application.send("PUT", "/documents/1", "Ann", "If-Match", tag);
        HttpResponse<String> second = application.send("PUT", "/documents/1", "Ben", "If-Match", tag);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(second.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(second.body()).contains("\"code\":\"VERSION_MISMATCH\"", "\"path\":\"/documents/1\"");
        assertThat(application.send("PUT", "/documents/1", "Cat").statusCode()).isEqualTo(428);
        assertThat(application.send("GET", "/documents/2", "").statusCode()).isEqualTo(404);
    }
}
