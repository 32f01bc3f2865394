package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** The application on a free port, with a fresh database, and a client of it. */
final class RunningWorkspace implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Database database;
    private final Workspace workspace;
    private final HttpClient client = HttpClient.newHttpClient();

    RunningWorkspace(DatabaseEngine engine, Path folder) {
        database = engine.fresh();
        workspace = new Workspace(url(database), folder, 0, (servlets, store) -> {
            Workspace.add(servlets, "/unguarded/*", new UnguardedDocuments(store));
            Workspace.add(servlets, "/unguarded-users/*", new UnguardedUsers(store));
        });
    }

    private static String url(Database database) {
        return switch (database.engine()) {
            case H2 -> database.url() + ";USER=" + database.user();
            case POSTGRESQL -> database.url() + "?user=" + database.user();
        };
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
