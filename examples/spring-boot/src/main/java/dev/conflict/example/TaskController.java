package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.http.ConditionalRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /tasks}, {@code /tasks/{id}} and {@code /tasks/{id}/{action}}, as {@code TaskServlet} has them. */
@RestController
@RequestMapping(path = "/tasks", produces = "application/json")
class TaskController {
    private final Tasks tasks;

    TaskController(Tasks tasks) {
        this.tasks = tasks;
    }

    @PostMapping
    ResponseEntity<String> create(HttpServletRequest request) throws IOException {
        JsonNode body = Json.read(request);
        Task.View created = tasks.create(Json.text(body, "title", Task.TITLE), Json.flag(body, "informationMandatory"));
        return ResponseEntity.created(URI.create("/tasks/" + created.id())).body(Json.write(created));
    }

    @GetMapping("/{id}")
    String read(@PathVariable String id, ConditionalRequest conditional) {
        return Json.write(tasks.read(Paths.id(id), conditional));
    }

    @PostMapping("/{id}/{action}")
    String act(@PathVariable String id, @PathVariable String action, ConditionalRequest conditional) {
        return Json.write(tasks.act(Paths.id(id), action, conditional));
    }

    @PostMapping("/{id}/inform")
    String inform(@PathVariable String id, HttpServletRequest request, ConditionalRequest conditional)
            throws IOException {
        String information = Json.text(Json.read(request), "information", Task.INFORMATION);
        return Json.write(tasks.inform(Paths.id(id), information, conditional));
    }
}
