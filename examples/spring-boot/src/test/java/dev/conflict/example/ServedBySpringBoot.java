package dev.conflict.example;

import dev.conflict.http.ConditionalRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Has the tests of the workspace run against Spring Boot. */
public final class ServedBySpringBoot implements Served.Start {
    @Override
    public Served with(Settings settings) {
        ConfigurableApplicationContext context = SpringBootWorkspace.start(settings, UnguardedController.class);
        return Served.of(SpringBootWorkspace.uri(context), context::close);
    }

    /** The same without guards. */
    @RestController
    @RequestMapping(path = "/unguarded", produces = "application/json")
    static class UnguardedController {
        private final Documents documents;
        private final Unguarded unguarded;

        UnguardedController(Documents documents, Store store) {
            this.documents = documents;
            this.unguarded = new Unguarded(store);
        }

        @GetMapping("/documents/{id}")
        String read(@PathVariable long id, ConditionalRequest conditional) {
            return Json.write(documents.read(id, conditional));
        }

        @PutMapping("/documents/{id}")
        String write(@PathVariable long id, HttpServletRequest request) throws IOException {
            return Json.write(unguarded.write(id, Json.read(request)));
        }

        @PostMapping("/users/{reason}")
        @ResponseStatus(HttpStatus.NO_CONTENT)
        void user(@PathVariable String reason, HttpServletRequest request) throws IOException {
            unguarded.user(reason, Json.read(request));
        }

        @PostMapping("/orders/{customer}")
        @ResponseStatus(HttpStatus.NO_CONTENT)
        void order(@PathVariable long customer, HttpServletRequest request) throws IOException {
            unguarded.order(customer, Json.read(request));
        }
    }
}
