package dev.conflict.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.ConflictException;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.servlet.ConflictFilter;
import dev.conflict.test.Answer;
import dev.conflict.test.LostUpdate;
import dev.conflict.test.ProblemAssert;
import dev.conflict.test.RaceReport;
import dev.conflict.test.Reading;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shortest form of each use, as README shows it. */
class ShortestUseTest {
    @Test
    void oneLineHasAPlainServletAnswerItsConflicts(@TempDir Path folder) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer(
                (classes, servletContext) -> {
                    ConflictFilter.register(servletContext, "/*");
                    Workspace.add(servletContext, "/orders/*", new ShippedOrder());
                },
                null);
        tomcat.getConnector();
        tomcat.start();
        try {
            URI uri = URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + "/orders/7/cancel");

            ProblemAssert.assertProblem(RunningWorkspace.held(HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())))
                    .hasStatus(409)
                    .hasCode("ORDER_ALREADY_SHIPPED")
                    .hasMember("currentStatus", "SHIPPED")
                    .hasMember("suggestion", "Open a return instead.");
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private static final class ShippedOrder extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            throw ConflictException.state("ORDER_ALREADY_SHIPPED")
                    .current(OrderStatus.SHIPPED)
                    .action("cancel")
                    .suggest("Open a return instead.");
        }
    }

    @Test
    void aFewLinesRaceAnEndpoint(@TempDir Path folder) {
        try (RunningWorkspace workspace = new RunningWorkspace(DatabaseEngine.H2, folder)) {
            workspace.send("PUT", "/files/count.txt", "0");
            URI uri = workspace.uri().resolve("/files/count.txt");

            RaceReport report = LostUpdate.http(HttpClient.newHttpClient(), uri)
                    .count(Long::parseLong)
                    .change(body -> String.valueOf(Long.parseLong(body) + 1))
                    .race()
                    .with(16)
                    .rounds(50)
                    .assertNoneLost();

            assertThat(report.increments()).isEqualTo(report.successes()).isPositive();
            assertThat(report.untrueValidators()).isEmpty();
        }
    }

    @Test
    void oneLineRacesAnythingElse() {
        AtomicLong register = new AtomicLong();
        LostUpdate.Get get = () -> {
            long count = register.get();
            return new Reading(count, Long.toString(count), Long.toString(count));
        };
        LostUpdate.Put put = base -> Answer.of(register.compareAndSet(base.count(), base.count() + 1) ? 200 : 412);

        RaceReport report = LostUpdate.race(get, put).with(16).rounds(50).assertNoneLost();

        assertThat(report.increments()).isEqualTo(register.get());
    }
}
