package dev.conflict.spring.data.rest;

import dev.conflict.harness.Database;
import dev.conflict.spring.data.rest.app.PageApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application on a port of its own, and a client of it. */
record Server(ConfigurableApplicationContext application) implements AutoCloseable {
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    static Server start(Database database, String... properties) {
        Map<String, Object> defaults = new HashMap<>(Map.of(
                "server.port", "0",
                "spring.main.banner-mode", "off",
                "logging.level.root", "off",
                "spring.datasource.url", database.url(),
                "spring.datasource.username", database.user(),
                "spring.datasource.password", database.password(),
                "spring.datasource.hikari.maximum-pool-size", "40",
                "spring.jpa.hibernate.ddl-auto", "create",
                "spring.data.rest.return-body-on-update", "true"));
        for (String each : properties) {
            int equals = each.indexOf('=');
            defaults.put(each.substring(0, equals), each.substring(equals + 1));
        }
        SpringApplication application = new SpringApplication(PageApplication.class);
        application.setDefaultProperties(defaults);
        application.setRegisterShutdownHook(false);
        return new Server(application.run());
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + application.getEnvironment().getProperty("local.server.port") + path);
    }

    /** Sends a request; fields are names and values in turn. */
    HttpResponse<String> send(String method, String path, String body, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (fields.length > 0) {
            request.headers(fields);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<String> tags(HttpResponse<String> answer) {
        return answer.headers().allValues("ETag");
    }

    @Override
    public void close() {
        application.close();
    }
}
