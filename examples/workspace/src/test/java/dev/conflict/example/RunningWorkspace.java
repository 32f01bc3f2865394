package dev.conflict.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.conflict.Disclosure;
import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.schemas.ProblemSchemas;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** The application on a free port, with a fresh database, and a client of it. */
final class RunningWorkspace implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Database database;
    private final Served workspace;
    private final HttpClient client = newClient();
    private final Map<String, String> mail = new ConcurrentHashMap<>();

    RunningWorkspace(DatabaseEngine engine, Path folder) {
        this(engine, folder, Disclosure.PUBLIC);
    }

    RunningWorkspace(DatabaseEngine engine, Path folder, Disclosure emails) {
        database = engine.fresh();
        workspace = Served.start(new Settings(url(database), folder, 0, emails, mail::put));
    }

    /** A client that offers no upgrade to HTTP/2, in which case Grizzly would wait for content that it has read. */
    static HttpClient newClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    private static String url(Database database) {
        return switch (database.engine()) {
            case H2 -> database.url() + ";USER=" + database.user();
            case POSTGRESQL -> database.url() + "?user=" + database.user();
        };
    }

    /** Changes the database behind the application's back. */
    void execute(String sql) {
        database.execute(sql);
    }

    URI uri() {
        return workspace.uri();
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri().resolve(path)).method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return held(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException cutOff) {
            throw new AssertionError(method + " " + path + " got no answer", cutOff);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(method + " " + path + " was interrupted", interrupted);
        }
    }

    /** Creates something and returns where it is. */
    String create(String path, String body) {
        HttpResponse<String> created = send("POST", path, body);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return created.headers().firstValue("Location").orElseThrow();
    }

    JsonNode read(String path) {
        HttpResponse<String> read = send("GET", path, "");
        assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
        return json(read);
    }

    /** Has something do an action and returns what it is then. */
    JsonNode act(String path, String action) {
        HttpResponse<String> done = send("POST", path + "/" + action, "");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        return json(done);
    }

    String tag(String path) {
        return send("GET", path, "").headers().firstValue("ETag").orElseThrow();
    }

    /** Sends requests by many clients in the same moment, and returns the answers. */
    List<HttpResponse<String>> atOnce(int clients, IntFunction<HttpResponse<String>> send) throws Exception {
        CyclicBarrier start = new CyclicBarrier(clients);
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<HttpResponse<String>>> sent = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                sent.add(threads.submit(() -> {
                    start.await(10, TimeUnit.SECONDS);
                    return send.apply(number);
                }));
            }
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : sent) {
                answers.add(answer.get(30, TimeUnit.SECONDS));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    /** What was mailed last to an address; empty if nothing was. */
    String mailTo(String address) {
        return mail.getOrDefault(address, "");
    }

    /** Holds a problem against its schema. */
    static HttpResponse<String> held(HttpResponse<String> answer) {
        ProblemSchemas.check(
                answer.headers().firstValue("Content-Type").orElse(null),
                answer.body().getBytes(StandardCharsets.UTF_8));
        return answer;
    }

    static JsonNode json(HttpResponse<String> answer) {
        try {
            return MAPPER.readTree(answer.body());
        } catch (IOException noJson) {
            throw new AssertionError("No JSON: " + answer.body(), noJson);
        }
    }

    @Override
    public void close() {
        workspace.close();
        database.close();
    }
}
