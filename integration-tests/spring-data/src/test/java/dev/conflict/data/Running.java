package dev.conflict.data;

import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application on a database of its own, and a client of it. */
final class Running implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Database database;
    private final ConfigurableApplicationContext context;

    Running(DatabaseEngine engine, Class<?> source, String... properties) {
        database = engine.fresh();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("server.port", "0");
        all.put("spring.main.banner-mode", "off");
        all.put("logging.level.root", "off");
        all.put("spring.datasource.url", database.url());
        all.put("spring.datasource.username", database.user());
        all.put("spring.datasource.password", database.password());
        all.put("spring.datasource.hikari.connection-timeout", "3000");
        all.put("spring.jpa.hibernate.ddl-auto", "create");
        for (String each : properties) {
            int equals = each.indexOf('=');
            all.put(each.substring(0, equals), each.substring(equals + 1));
        }
        SpringApplication application = new SpringApplication(source);
        application.setDefaultProperties(all);
        application.setRegisterShutdownHook(false);
        context = application.run();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port") + path);
    }

    /** Creates an item and returns its path. */
    String item(String name) {
        HttpResponse<String> created = send("POST", "/items", "{\"name\":\"" + name + "\",\"count\":0}");
        return URI.create(created.headers().firstValue("Location").orElseThrow())
                .getPath();
    }

    /** Sends JSON; fields are names and values in turn. */
    HttpResponse<String> send(String method, String path, String body, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < fields.length; i += 2) {
            request.header(fields[i], fields[i + 1]);
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

    @Override
    public void close() {
        context.close();
        database.close();
    }
}
