package dev.conflict.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.Target;
import dev.conflict.conformance.ConformanceCase;
import dev.conflict.conformance.ConformanceSuite;
import dev.conflict.conformance.ConformanceSuite.Generated;
import dev.conflict.conformance.ConformanceSuite.Generator;
import dev.conflict.conformance.Evaluation;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import dev.conflict.servlet.ConflictFilter;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The conformance cases, sent as bytes over a socket to a servlet behind the filter.
 *
 * <p>What a container refuses or changes before any servlet sees it, a subclass lists, and is held to.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ConformanceContract {
    private static final String VERDICT = "Verdict";

    private final Map<String, ConformanceCase> asked = new ConcurrentHashMap<>();
    private final Map<String, String> deviations = new LinkedHashMap<>();
    private ServletServer server;
    private KeptClient client;

    /** The container. */
    protected abstract ServletServer.Container container();

    /** What the container does to some cases before they reach a servlet. */
    protected abstract List<Deviation> deviations();

    /**
     * Cases that do not come through as they were sent.
     *
     * @param reason what the container does
     * @param outcome what comes of it: an outcome, or {@code status} and the one that the container answers
     * @param cases the cases
     */
    public record Deviation(String reason, String outcome, List<String> cases) {
        /** That the container, as RFC 9110 §5.5 allows, refuses control characters in fields itself. */
        public static Deviation refusesControls() {
            return new Deviation(
                    "control characters in a field are refused before they are anybody's entity tag",
                    "status 400",
                    List.of(
                            "malformed/if-match-control-inside",
                            "malformed/if-match-delete-inside",
                            "malformed/if-match-vertical-tab",
                            "malformed/if-none-match-delete-inside-put"));
        }

        /** That the container answers a method itself. */
        public static Deviation answers(String method, int status, String reason) {
            String prefix = "methods/" + method.toLowerCase(Locale.ROOT) + "-";
            return new Deviation(
                    reason,
                    "status " + status,
                    ConformanceSuite.cases("methods").stream()
                            .map(ConformanceCase::id)
                            .filter(id -> id.startsWith(prefix))
                            .toList());
        }
    }

    @BeforeAll
    void start() throws Exception {
        LogManager.getLogManager().reset(); // containers log what they refuse
        server = container().start(new ServletServer.Application(this::open, List.of()));
        client = new KeptClient(server.port());
        for (Deviation deviation : deviations()) {
            deviation.cases().forEach(id -> deviations.put(id, deviation.outcome()));
        }
    }

    private void open(ServletContext context) {
        ConflictFilter.register(context, "/*");
        context.addServlet("cases", new Servlet()).addMapping("/*");
    }

    @AfterAll
    void stop() throws IOException {
        client.close();
        server.close();
    }

    static Stream<ConformanceCase> cases() {
        return Stream.concat(ConformanceSuite.cases(), ConformanceSuite.cases(ConformanceSuite.REQUIRED).stream());
    }

    static Stream<ConformanceCase> normalChecks() {
        return ConformanceSuite.cases(ConformanceSuite.NORMAL_CHECKS).stream();
    }

    static Stream<Generator> generators() {
        return ConformanceSuite.generators().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void outcomeIsAsExpected(ConformanceCase sent) throws IOException {
        String outcome = outcome(sent);

        assertThat(outcome).as(sent.id()).isEqualTo(deviations.getOrDefault(sent.id(), sent.expect()));
    }

    @ParameterizedTest
    @MethodSource("generators")
    void outcomesOfAllCombinationsAreAsExpected(Generator generator) throws IOException {
        List<String> others = new ArrayList<>();
        for (Generated request : generator.requests()) {
            ConformanceCase sent = request.asCase();
            String outcome = outcome(sent);
            String expected = deviations.getOrDefault(sent.id(), sent.expect());
            if (!outcome.equals(expected)) {
                others.add(sent.id() + ": " + outcome + " for " + expected);
            }
        }

        assertThat(others).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("normalChecks")
    void answerWithoutPreconditionsStands(ConformanceCase sent) throws IOException {
        assertThat(outcome(sent))
                .as(sent.id())
                .isEqualTo("status " + sent.state().otherwise());
    }

    @Test
    void whatIsListedIsThere() {
        Stream<ConformanceCase> generated =
                generators().flatMap(generator -> generator.requests().stream()).map(Generated::asCase);

        assertThat(Stream.concat(cases(), generated).map(ConformanceCase::id)).containsAll(deviations.keySet());
    }

    private String outcome(ConformanceCase sent) throws IOException {
        String name = Integer.toString(asked.size());
        asked.put(name, sent);
        StringBuilder request =
                new StringBuilder(sent.method()).append(" /").append(name).append(" HTTP/1.1\r\nHost: localhost\r\n");
        sent.lines().forEach(line -> request.append(line).append("\r\n"));
        boolean read = sent.method().equals("GET") || sent.method().equals("HEAD");
        Reply reply = client.exchange(
                request.append(read ? "\r\n" : "Content-Length: 0\r\n\r\n").toString());
        Optional<String> verdict = reply.values(VERDICT).stream().findFirst();
        verdict.ifPresent(outcome ->
                assertThat(reply.status()).as(sent.id() + ": " + outcome).isEqualTo(status(outcome)));
        return verdict.orElse("status " + reply.status());
    }

    private static int status(String outcome) {
        return switch (outcome.split(" ", 2)[0]) {
            case "proceed", "proceed-ignoring-range" -> 200;
            case "not-modified" -> 304;
            case "failed" -> 412;
            case "malformed" -> 400;
            case "required" -> 428;
            default -> 0;
        };
    }

    private final class Servlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ConformanceCase sent = asked.get(request.getRequestURI().substring(1));
            if (sent.state().otherwise() != 0) {
                response.sendError(sent.state().otherwise());
                return;
            }
            ConditionalRequest conditional = ServletPreconditions.of(request).under(Evaluation.rules(sent));
            Validators current = Evaluation.validators(sent.state());
            response.setHeader(VERDICT, Evaluation.outcome(conditional.evaluate(current)));
            conditional.require(new Target("Case", sent.id()), current); // the filter answers what it throws
            if (conditional.isNotModified()) {
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            }
        }
    }
}
