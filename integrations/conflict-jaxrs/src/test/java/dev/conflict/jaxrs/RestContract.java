package dev.conflict.jaxrs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictListener;
import dev.conflict.http.Preconditions;
import dev.conflict.jaxrs.RestServer.Contract;
import dev.conflict.problem.ProblemDetail;
import dev.conflict.schemas.ProblemSchemas;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds on every server of JAX-RS. */
public abstract class RestContract {
    private final List<ConflictEvent> events = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private @Nullable RestServer server;

    /** Starts the server under test. */
    protected abstract RestServer start(Application application) throws Exception;

    /** Starts the server under test; a listener of the feature hears what happens, unless one of a filter does. */
    protected RestServer start(Application application, ConflictListener listener) throws Exception {
        return start(application);
    }

    /** Whether a filter stands in front, which answers conflicts where the feature is turned off. */
    protected boolean isBehindFilter() {
        return false;
    }

    /** Whether the catch-all of the application is one that this server lets nobody stand before. */
    protected boolean letsNobodyBefore(Class<?> catchAll) {
        return false;
    }

    @BeforeEach
    void startAgain() {
        Things.startAgain();
    }

    private int port() {
        return Objects.requireNonNull(server).port();
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    private void serve(Class<?>... more) throws Exception {
        serve(Map.of(), Set.of(configured()), more);
    }

    private Object configured() {
        return ConflictFeature.builder()
                .listener(events::add)
                .errorCodeHeader("X-Error-Code")
                .build();
    }

    private void serve(Map<String, Object> properties, Set<Object> singletons, Class<?>... more) throws Exception {
        Set<Class<?>> classes = new HashSet<>(Set.of(Things.class, Failures.class));
        classes.addAll(List.of(more));
        server = start(new Contract(classes, singletons, properties), events::add);
    }

    private HttpResponse<String> send(String method, String path, String body, String... fields)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port() + path))
                .timeout(Duration.ofSeconds(10))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "text/plain");
        }
        if (fields.length > 0) {
            request.headers(fields);
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        ProblemSchemas.check(
                answer.headers().firstValue("Content-Type").orElse(""),
                method.equals("HEAD") ? new byte[0] : answer.body().getBytes(UTF_8));
        return answer;
    }

    private static ProblemDetail problem(HttpResponse<String> answer) {
        assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/problem+json");
        return ProblemDetail.parse(answer.body().getBytes(UTF_8)).orElseThrow();
    }

    private static void assertShipped(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
        assertThat(problem(answer).code()).contains("ORDER_ALREADY_SHIPPED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"conflict", "wrapped", "twice", "completion", "execution", "checked"})
    void conflictIsAnsweredWithoutAnythingRegistered(String kind) throws Exception {
        serve(Map.of(), Set.of());

        for (String way : List.of("now", "resumed", "stage")) {
            assertShipped(send("GET", "/fail/" + way + "/" + kind, ""));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "conflict, OfExceptions",
        "wrapped, OfExceptions",
        "twice, OfExceptions",
        "completion, OfExceptions",
        "execution, OfExceptions",
        "conflict, OfThrowables",
        "wrapped, OfThrowables",
        "checked, OfThrowables",
        "conflict, OfRuntimeExceptions",
        "completion, OfRuntimeExceptions",
        "checked, OfRuntimeExceptions",
        "wrapped, OfRuntimeExceptions",
        "checked, OfExceptions"
    })
    void catchAllHidesNoConflict(String kind, String mapper) throws Exception {
        Class<?> catchAll = Class.forName(CatchAll.class.getName() + "$" + mapper);
        serve(catchAll);
        boolean hidden = letsNobodyBefore(catchAll) && (kind + mapper).matches("wrappedOfRun.*|checkedOfEx.*");

        for (String way : List.of("now", "resumed", "stage")) {
            HttpResponse<String> answer = send("GET", "/fail/" + way + "/" + kind, "");
            if (hidden) {
                assertThat(answer.statusCode()).isEqualTo(500);
            } else {
                assertShipped(answer);
            }
        }
        assertThat(events).hasSize(hidden ? 0 : 3).allMatch(ConflictEvent.Refused.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none", "OfExceptions", "OfThrowables", "OfRuntimeExceptions"})
    void whatNobodyKnowsEndsAsWithoutTheFeature(@Nullable String mapper) throws Exception {
        Class<?>[] more = mapper == null
                ? new Class<?>[0]
                : new Class<?>[] {Class.forName(CatchAll.class.getName() + "$" + mapper)};
        List<String> with = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (List<String> answers : List.of(with, without)) {
            serve(Map.of(ConflictFeature.DISABLED, answers.equals(without) && !with.isEmpty()), Set.of(), more);
            for (String kind : List.of("unknown", "disk", "absent", "answered", "bare")) {
                for (String way : List.of("now", "resumed", "stage")) {
                    HttpResponse<String> answer = send("GET", "/fail/" + way + "/" + kind, "");
                    answers.add(way + " " + kind + " " + answer.statusCode() + " "
                            + answer.headers().firstValue("Content-Type").orElse("-") + " " + text(answer));
                }
            }
            for (String[] odd : new String[][] {{"GET", "/nowhere"}, {"POST", "/things/1"}, {"OPTIONS", "/things/1"}}) {
                HttpResponse<String> answer = send(odd[0], odd[1], "");
                answers.add(List.of(odd) + " " + answer.statusCode() + " "
                        + answer.headers().map().keySet().contains("allow") + " "
                        + (odd[0].equals("OPTIONS") ? "" : text(answer)));
            }
            stop();
        }

        assertThat(with).containsExactlyElementsOf(without);
        assertThat(with.get(9)).matches(".*418 text/plain(;charset=UTF-8)? short and stout");
    }

    /**
     * The body; of Tomcat's page only that it is one. It shows the exception of an asynchronous answer or does not, depending on
     * which thread is faster, and a stack trace in which reflection changes its own frames.
     */
    private static String text(HttpResponse<String> answer) {
        return answer.body().startsWith("<!doctype html>") ? "<page>" : answer.body();
    }

    @Test
    void disabledFeatureLeavesNoTrace() throws Exception {
        serve(Map.of(ConflictFeature.DISABLED, "true"), Set.of(configured()), CatchAll.OfExceptions.class);

        assertThat(send("GET", "/fail/now/conflict", "").statusCode()).isEqualTo(500);
        assertThat(send("DELETE", "/things/1", "", "If-Match", "\"x\"").statusCode())
                .isEqualTo(204);
        assertThat(events).hasSize(isBehindFilter() ? 1 : 0); // the filter's own report of the write
    }

    @Test
    void featureThatYieldsLeavesConflictsToTheCatchAll() throws Exception {
        Object yielding = ConflictFeature.builder().yieldToMappers().build();

        serve(Map.of(), Set.of(yielding), CatchAll.OfExceptions.class);

        assertThat(send("GET", "/fail/now/conflict", "").body()).isEqualTo("Sorry");
    }

    @Test
    void featureRegisteredByHandCountsAndIsRegisteredOnce() throws Exception {
        serve(Map.of(), Set.of(configured()), ConflictFeature.class);

        HttpResponse<String> answer = send("GET", "/fail/now/conflict", "", "Accept-Language", "de");

        assertShipped(answer);
        assertThat(answer.headers().allValues("X-Error-Code")).containsExactly("ORDER_ALREADY_SHIPPED");
        assertThat(answer.headers().allValues("Vary")).containsExactly("Accept-Language, Accept");
        assertThat(events).hasSize(1);
    }

    @Test
    void settingsCountAndWhatFailsAmongThemIsLeftOut() throws Exception {
        if (isBehindFilter()) {
            return; // its own settings count
        }
        Object settings = ConflictFeature.builder()
                .typeBase("https://example.org/problems/")
                .problems(problems -> problems.defaultLanguage(Locale.GERMAN))
                .preconditions("/things/*", Preconditions.optional())
                .caller(request -> {
                    throw new IllegalStateException("unknown");
                })
                .traceId(request -> {
                    throw new IllegalStateException("unknown");
                })
                .reader(thrown -> Optional.empty())
                .classLoader(RestContract.class.getClassLoader())
                .tagOnPut()
                .build();
        serve(Map.of(), Set.of(settings));

        ProblemDetail refusal = problem(send("GET", "/fail/now/conflict;session=1", ""));
        HttpResponse<String> written = send("PUT", "/things/1", "changed");

        assertThat(refusal.type()).isEqualTo("https://example.org/problems/state-conflict");
        assertThat(refusal.text("path")).contains("/fail/now/conflict");
        assertThat(refusal.text("traceId")).isEmpty();
        assertThat(written.statusCode()).isEqualTo(200);
        assertThat(written.headers().firstValue("ETag")).contains("\"1-1\"");
    }

    @Test
    void faultOfTheServerTellsNothing() throws Exception {
        serve();

        HttpResponse<String> answer = send("GET", "/fail/now/fault", "");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(problem(answer).type()).isEqualTo("about:blank");
    }

    @Test
    void nameOfAFieldForCodesIsAToken() {
        assertThatThrownBy(() -> ConflictFeature.builder().errorCodeHeader("X Error\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("X\\u0020Error\\u000a");
    }

    @Test
    void problemOfTheApplicationIsAnswered() throws Exception {
        serve(CatchAll.OfExceptions.class);

        assertThat(problem(send("GET", "/fail/now/problem", "")).title()).contains("Payment Required");
    }

    @Test
    void headHasTheStatusAndTheCodeWithoutABody() throws Exception {
        serve();

        HttpResponse<String> answer = send("HEAD", "/fail/now/conflict", "");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.headers().allValues("X-Error-Code")).containsExactly("ORDER_ALREADY_SHIPPED");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void readCarriesTheTagAndASecondOneIs304() throws Exception {
        serve();

        HttpResponse<String> first = send("GET", "/things/1", "");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> second = send("GET", "/things/1", "", "If-None-Match", tag);
        HttpResponse<String> head = send("HEAD", "/things/1", "", "If-None-Match", "W/" + tag);
        HttpResponse<String> own = send("GET", "/things/1?cache=max-age=60", "");

        assertThat(first.body()).isEqualTo("first");
        assertThat(first.headers().allValues("Cache-Control")).containsExactly("private, no-cache");
        assertThat(List.of(second.statusCode(), head.statusCode())).containsOnly(304);
        assertThat(second.headers().firstValue("ETag")).contains(tag);
        assertThat(second.headers().firstValue("Cache-Control")).contains("private, no-cache");
        assertThat(second.headers().firstValue("Content-Language")).isEmpty();
        assertThat(second.body() + head.body()).isEmpty();
        assertThat(own.headers().allValues("Cache-Control")).containsExactly("max-age=60");
    }

    @Test
    void answerToPutCarriesATagOnlyWhereTheContentIsStoredAsSent() throws Exception {
        serve();

        HttpResponse<String> changed = send("PUT", "/things/1", "changed", "If-Match", "\"1-0\"");
        HttpResponse<String> kept = send("PUT", "/things/1", "as sent", "If-Match", "\"1-1\"");

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag")).isEmpty();
        assertThat(kept.headers().firstValue("ETag")).contains("\"1-2\"");
        assertThat(changed.headers().firstValue("Cache-Control")).isEmpty();
    }

    @Test
    void everyWriteIsReportedOnce() throws Exception {
        serve();

        send("PUT", "/things/1", "guarded", "If-Match", "\"1-0\"");
        send("DELETE", "/things/1", "", "If-Match", "\"1-0\"");
        send("DELETE", "/things/1", "");

        assertThat(events)
                .containsExactly(
                        new ConflictEvent.GuardedWrite("PUT"), new ConflictEvent.UnguardedWrite("DELETE", "If-Match"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"1-9\"'  | 412 | VERSION_MISMATCH",
                "unquoted   | 400 | PRECONDITION_MALFORMED",
                "'\"1-0'    | 400 | PRECONDITION_MALFORMED",
                "'W/\"1-0\"' | 412 | VERSION_MISMATCH",
                "''         | 428 | PRECONDITION_REQUIRED"
            })
    void writeIsRefusedUnderWhatItStates(String match, int status, String code) throws Exception {
        serve();

        HttpResponse<String> answer = match.isEmpty()
                ? send("PUT", "/things/1", "changed")
                : send("PUT", "/things/1", "changed", "If-Match", match);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(problem(answer).code()).contains(code);
        assertThat(Things.there().text()).isEqualTo("first");
    }

    @Test
    void hugeIfMatchIsRefusedAndNothingWritten() throws Exception {
        serve();

        HttpResponse<String> answer =
                send("PUT", "/things/1", "changed", "If-Match", "\"x\", ".repeat(1100) + "\"1-0\"");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(431);
        assertThat(Things.there().text()).isEqualTo("first");
    }

    @Test
    void ofManyWritersWithOneTagExactlyOneWins() throws Exception {
        serve(CatchAll.OfThrowables.class);
        int writers = 12;
        CyclicBarrier start = new CyclicBarrier(writers);
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            for (int round = 0; round < 10; round++) {
                String tag = "\"1-" + round + "\"";
                List<Callable<Integer>> writes = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    String text = round + " by " + writer;
                    writes.add(() -> {
                        start.await();
                        return send("PUT", "/things/1", text, "If-Match", tag).statusCode();
                    });
                }
                List<Integer> statuses = new ArrayList<>();
                for (Future<Integer> status : pool.invokeAll(writes)) {
                    statuses.add(status.get());
                }

                assertThat(statuses).containsOnlyOnce(200).allMatch(status -> status == 200 || status == 412);
                assertThat(Things.there().number()).isEqualTo(round + 1);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"conflict", "unknown"})
    void whatWasSentInPartEndsAsWithoutTheFeatureAndNoProblemFollows(String kind) throws Exception {
        serve();
        String with = streamed(kind);
        stop();
        serve(Map.of(ConflictFeature.DISABLED, true), Set.of());
        String without = streamed(kind);

        assertThat(with).startsWith("HTTP/1.1 200").contains("part of what was to come");
        assertThat(with).doesNotContain("ORDER_ALREADY_SHIPPED");
        assertThat(with.endsWith("\r\n0\r\n\r\n")).isEqualTo(without.endsWith("\r\n0\r\n\r\n"));
    }

    private String streamed(String kind) throws IOException {
        try (Socket socket = new Socket("localhost", port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(("GET /fail/streamed/" + kind + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            return all(socket.getInputStream());
        }
    }

    private static String all(InputStream in) {
        StringBuilder record = new StringBuilder();
        try {
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                record.append((char) octet);
            }
        } catch (IOException cut) {
            return record.toString(); // the connection was cut, or nothing more came
        }
        return record.toString();
    }
}
