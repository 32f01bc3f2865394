package dev.conflict.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conflict.spring.boot.app.DocumentApplication;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** An application with an entity, whose persistence context Spring keeps open for the request, or does not. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"spring.jpa.open-in-view=true", "spring.jpa.open-in-view=false"})
class DocumentTest {
    @SuppressWarnings("NullAway.Init") // before each parameter
    private static Application application;

    private final String property;

    DocumentTest(String property) {
        this.property = property;
    }

    @BeforeParameterizedClassInvocation
    static void start(String property) {
        application = Application.start(
                DocumentApplication.class, property, "spring.threads.virtual.enabled=true", "conflict.tag-on-put=true");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        application.close();
    }

    @BeforeEach
    void fill() {
        JdbcTemplate sql = sql();
        sql.update("delete from document");
        sql.update("insert into document (id, version, title, text) values (1, 0, 'Untitled', '')");
    }

    @Test
    void writeThatStatesAnOldVersionIsRefused() {
        String tag = tag(application.send("GET", "/documents/1", ""));

        HttpResponse<String> first = application.send("PUT", "/documents/1", "Ann", "If-Match", tag);
        HttpResponse<String> second = application.send("PUT", "/documents/1", "Ben", "If-Match", tag);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(second.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(second.body()).contains("\"code\":\"VERSION_MISMATCH\"", "\"path\":\"/documents/1\"");
        assertThat(tag(second)).isEqualTo(tag(first)).isNotEqualTo(tag);
        assertThat(application.send("PUT", "/documents/1", "Cat").statusCode()).isEqualTo(428);
        assertThat(application.send("GET", "/documents/2", "").statusCode()).isEqualTo(404);
        assertThat(sql().queryForObject("select title from document", String.class))
                .isEqualTo("Ann");
    }

    @Test
    void readerWhoHasTheDocumentIsToldSo() {
        HttpResponse<String> read = application.send("GET", "/documents/1", "");

        HttpResponse<String> again = application.send("GET", "/documents/1", "", "If-None-Match", tag(read));
        HttpResponse<String> entity = application.send("GET", "/entity/1", "", "If-None-Match", tag(read));
        HttpResponse<String> other = application.send("GET", "/entity/1", "", "If-None-Match", "\"other\"");

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(tag(again)).isEqualTo(tag(read));
        assertThat(again.headers().allValues("Cache-Control")).containsExactly("private, no-cache");
        assertThat(again.headers().firstValue("Content-Type")).isEmpty();
        assertThat(entity.statusCode()).isEqualTo(304);
        assertThat(entity.headers().allValues("Cache-Control")).containsExactly("max-age=60");
        assertThat(entity.headers().firstValue("Content-Type")).isEmpty();
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).contains("Untitled");
        assertThat(tag(other)).isEqualTo(tag(read));
        assertThat(other.headers().allValues("Cache-Control")).containsExactly("max-age=60");
    }

    @Test
    void ofManyWhoStateOneVersionOneWins() throws Exception {
        String tag = tag(application.send("GET", "/documents/1", ""));
        CyclicBarrier together = new CyclicBarrier(8);
        List<Callable<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String title = "writer " + i;
            writers.add(() -> {
                together.await();
                return application
                        .send("PUT", "/documents/1", title, "If-Match", tag)
                        .statusCode();
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> each : threads.invokeAll(writers)) {
            statuses.add(each.get());
        }
        threads.shutdown();

        assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
        assertThat(sql().queryForObject("select version from document", Long.class))
                .isEqualTo(1);
    }

    @Test
    void writeInATransactionThatOnlyReadsIsNoSuccess() {
        String tag = tag(application.send("GET", "/documents/1", ""));

        HttpResponse<String> dropped = application.send("PUT", "/read-only/1", "", "If-Match", tag);

        assertThat(dropped.statusCode()).isEqualTo(500);
    }

    @Test
    void raceThatOnlyTheCommitFindsIsNoSuccess() {
        String tag = tag(application.send("GET", "/documents/1", ""));

        HttpResponse<String> stated = application.send("PUT", "/lost/1", "", "If-Match", tag);
        HttpResponse<String> unstated = application.send("POST", "/lost/1", "");
        HttpResponse<String> taken = application.send("POST", "/taken", "Untitled");

        assertThat(stated.statusCode()).isEqualTo(412);
        assertThat(tag(stated)).isEqualTo(tag.replace("-0", "-1"));
        assertThat(unstated.statusCode()).isEqualTo(409);
        assertThat(unstated.body()).contains("version-mismatch");
        assertThat(taken.statusCode()).isEqualTo(409);
        assertThat(taken.body()).contains("about:blank").doesNotContain("Untitled", "title\":\"UK", "CONSTRAINT");
        assertThat(sql().queryForObject("select text from document", String.class))
                .isEqualTo("theirs");
    }

    @Test
    void tagIsThatOfTheCommittedVersion() {
        String before = tag(application.send("GET", "/documents/1", ""));

        HttpResponse<String> large = application.send("PUT", "/large/1", "", "If-Match", before);
        assertThat(large.statusCode()).isEqualTo(200);
        assertThat(large.body()).hasSizeGreaterThan(600_000);
        String after = tag(large);
        assertThat(after)
                .isEqualTo(tag(application.send("GET", "/documents/1", "")))
                .isNotEqualTo(before);

        HttpResponse<String> undone = application.send("PUT", "/undone/1", "", "If-Match", after);
        assertThat(undone.statusCode()).isEqualTo(200);
        assertThat(undone.headers().firstValue("ETag")).isEmpty();
        assertThat(sql().queryForObject("select text from document", String.class))
                .isEqualTo("large");
    }

    @Test
    void attemptSeesWhatTheOneBeforeLostTo() {
        HttpResponse<String> retried = application.send("POST", "/retried/1", "");

        assertThat(retried.statusCode()).isEqualTo(200);
        assertThat(retried.body())
                .contains("\"text\":\"theirs and mine\"", "\"attempts\":2")
                .contains("\"boundAgain\":" + property.endsWith("true"));
        assertThat(sql().queryForObject("select text from document", String.class))
                .isEqualTo("theirs and mine");
    }

    @Test
    void partOfATransactionIsNotTriedAgain() {
        assertThat(application.send("POST", "/nested/1", "").statusCode()).isEqualTo(500);
    }

    @Test
    void threadsAreVirtual() {
        assumeTrue(Runtime.version().feature() >= 21, "This JDK has no virtual threads");

        assertThat(application.send("GET", "/virtual", "").body()).startsWith("VirtualThread");
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private static JdbcTemplate sql() {
        return new JdbcTemplate(application.bean(DataSource.class));
    }
}
