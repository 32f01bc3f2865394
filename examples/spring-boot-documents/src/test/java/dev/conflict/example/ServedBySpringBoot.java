package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.http.ConditionalRequest;
import jakarta.persistence.EntityManager;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Has the tests of the workspace's documents run against Spring Boot. */
public final class ServedBySpringBoot implements Served.Start {
    @Override
    public Served with(Settings settings) {
        SpringApplication application = new SpringApplication(SpringBootDocuments.class, UnguardedController.class);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(Map.of(
                "server.port",
                settings.port(),
                "spring.datasource.url",
                settings.databaseUrl(),
                "spring.datasource.hikari.maximum-pool-size",
                40,
                "spring.jpa.hibernate.ddl-auto",
                "update",
                "spring.main.banner-mode",
                "off",
                "logging.level.root",
                "warn"));
        ConfigurableApplicationContext context = application.run();
        return new Served() {
            @Override
            public URI uri() {
                return URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
            }

            @Override
            public void close() {
                context.close();
            }
        };
    }

    /** The same documents without the guard. */
    @RestController
    @RequestMapping("/unguarded/{id}")
    static class UnguardedController {
        private final DocumentService documents;
        private final EntityManager em;
        private final TransactionOperations transactions;

        UnguardedController(DocumentService documents, EntityManager em, TransactionOperations transactions) {
            this.documents = documents;
            this.em = em;
            this.transactions = transactions;
        }

        @GetMapping
        String read(@PathVariable long id, ConditionalRequest conditional) {
            return Json.write(documents.read(id, conditional));
        }

        @PutMapping
        String write(@PathVariable long id, HttpServletRequest request) throws IOException {
            JsonNode body = Json.read(request);
            String title = Json.text(body, "title", Document.TITLE);
            String text = Json.text(body, "text", Document.TEXT);
            return Json.write(transactions.<Document.View>execute(status -> {
                Document document = em.find(Document.class, id);
                document.write(title, text);
                return document.view();
            }));
        }
    }
}
