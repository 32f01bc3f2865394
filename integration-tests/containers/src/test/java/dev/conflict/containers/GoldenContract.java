package dev.conflict.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.containers.ServletServer.ErrorPage;
import dev.conflict.containers.Stage.Scenario;
import dev.conflict.servlet.ConflictFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * A container behaves with the filter as it does without, byte for byte, and so does what the application sees.
 *
 * <p>Each scenario is played on two servers that differ in the filter alone, so that nothing of a container is written
 * down here.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class GoldenContract {
    static final List<ErrorPage> PAGES = List.of(
            ErrorPage.of(404, "/error"),
            ErrorPage.of(409, "/error"),
            ErrorPage.of(IllegalArgumentException.class, "/error"),
            ErrorPage.of(AssertionError.class, "/error"));

    private static final int PLAYERS = 8;

    private Stage without;
    private Stage with;
    private Stage withoutPages;
    private Stage withPages;
    private Stage wrapping;
    private Stage wrappingPages;

    /** The container. */
    protected abstract ServletServer.Container container();

    /** Registers the filter; it has nothing to do in any of the scenarios. */
    protected void filter(ServletContext context) {
        ConflictFilter.register(context, "/*");
    }

    /** Whether the filter wraps the response to a method. */
    protected boolean wraps(String method) {
        return true;
    }

    /**
     * Whether the container ends a forward otherwise if the response is wrapped, by whatever filter. Forwards are then
     * compared with those behind a filter that does nothing but wrap.
     */
    protected boolean wrappersShowInForwards() {
        return false;
    }

    /** Whether the container by itself answers a scenario always in the same way. */
    protected boolean isSteady(String scenario) {
        return true;
    }

    @BeforeAll
    void start() throws Exception {
        ServletServer.Start none = context -> {};
        without = Stage.start(container(), none, List.of());
        with = Stage.start(container(), this::filter, List.of());
        withoutPages = Stage.start(container(), none, PAGES);
        withPages = Stage.start(container(), this::filter, PAGES);
        if (wrappersShowInForwards()) {
            wrapping = Stage.start(container(), this::wrap, List.of());
            wrappingPages = Stage.start(container(), this::wrap, PAGES);
        } else {
            wrapping = without;
            wrappingPages = withoutPages;
        }
    }

    private void wrap(ServletContext context) {
        FilterRegistration.Dynamic filter =
                context.addFilter("wrap", (Filter) (request, response, chain) -> chain.doFilter(
                        request,
                        wraps(((HttpServletRequest) request).getMethod())
                                ? new HttpServletResponseWrapper((HttpServletResponse) response)
                                : response));
        filter.setAsyncSupported(true);
        filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC), false, "/*");
    }

    @AfterAll
    void stop() {
        Stream.of(without, with, withoutPages, withPages, wrapping, wrappingPages)
                .distinct()
                .forEach(Stage::close);
    }

    /** The scenarios are played several at a time, since some wait for the container's clock. */
    @TestFactory
    Stream<DynamicTest> sameAsWithoutTheFilter() {
        ExecutorService players = Executors.newFixedThreadPool(PLAYERS);
        Map<String, Future<Void>> plays = new LinkedHashMap<>();
        for (Scenario scenario : Scenarios.all()) {
            if (!isSteady(scenario.name())) {
                continue;
            }
            boolean forward = scenario.name().startsWith("forward");
            plays.put(
                    scenario.name(),
                    players.submit(() -> same(scenario, Request.of(scenario), forward ? wrapping : without, with)));
            plays.put(
                    scenario.name() + " with error pages",
                    players.submit(() -> same(
                            scenario, Request.toPagesOf(scenario), forward ? wrappingPages : withoutPages, withPages)));
        }
        players.shutdown();
        return plays.entrySet().stream()
                .map(play -> DynamicTest.dynamicTest(play.getKey(), () -> joined(play.getValue())));
    }

    private static void joined(Future<Void> play) throws Throwable {
        try {
            play.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException thrown) {
            throw thrown.getCause();
        }
    }

    private static Void same(Scenario scenario, List<Request> requests, Stage without, Stage with) throws Exception {
        boolean trace = false;
        for (Request request : requests) {
            String expected = request.play(scenario, without);
            String actual = request.play(scenario, with);
            assertThat(expected).as("an answer without the filter").doesNotContain(RawClient.NOTHING);
            trace |= Normal.showsTrace(expected);
            assertThat(normal(actual, request, trace))
                    .as("%s %s", scenario.name(), request)
                    .isEqualTo(normal(expected, request, trace));
        }
        return null;
    }

    static String normal(String record, Request request, boolean trace) {
        String normal = Normal.of(record);
        return trace && request.method().equals("HEAD") ? Normal.withoutLength(normal) : normal;
    }

    /**
     * A way to send a request.
     *
     * @param method its method
     * @param header its further header lines
     * @param body its body
     */
    record Request(String method, String header, String body) {
        private static final Request GET = new Request("GET", "", "");
        private static final Request PUT = new Request("PUT", "Content-Length: 0\r\n", "");

        static List<Request> of(Scenario scenario) {
            if (scenario.name().startsWith("upload")) {
                String body = "x".repeat(20_000);
                String length = "Content-Length: " + body.length() + "\r\n";
                return List.of(
                        new Request("POST", length, body),
                        new Request("PUT", length + "Connection: close\r\n", body),
                        new Request("POST", "Expect: 100-continue\r\n" + length, body));
            }
            if (scenario.name().matches("(timeout|start-throws|async-throw).*")) {
                return List.of(GET);
            }
            if (scenario.name().equals("length-100")) {
                return List.of(new Request("GET", "Connection: close\r\n", ""));
            }
            List<Request> requests = new ArrayList<>(
                    List.of(GET, new Request("HEAD", "", ""), new Request("POST", "Content-Length: 0\r\n", ""), PUT));
            if (scenario.name().matches("(throw|error).*")) {
                requests.add(new Request("GET", "Accept: application/json\r\n", ""));
            }
            return requests;
        }

        static List<Request> toPagesOf(Scenario scenario) {
            List<Request> requests = of(scenario);
            return requests.contains(PUT) ? List.of(GET, PUT) : requests;
        }

        String play(Scenario scenario, Stage stage) throws Exception {
            return stage.play(scenario, method, header, body);
        }

        @Override
        public String toString() {
            return method + " " + header.trim().replace("\r\n", ", ");
        }
    }
}
