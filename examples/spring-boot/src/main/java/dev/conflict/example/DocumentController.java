package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.http.ConditionalRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /documents} and {@code /documents/{id}}, as {@code DocumentServlet} has them. */
@RestController
@RequestMapping(path = "/documents", produces = "application/json")
class DocumentController {
    private final Documents documents;

    DocumentController(Documents documents) {
        this.documents = documents;
    }

    @PostMapping
    ResponseEntity<String> create(HttpServletRequest request) throws IOException {
        JsonNode body = Json.read(request);
        Document.View created =
                documents.create(Json.text(body, "title", Document.TITLE), Json.text(body, "text", Document.TEXT));
        return ResponseEntity.created(URI.create("/documents/" + created.id())).body(Json.write(created));
    }

    @GetMapping("/{id}")
    String read(@PathVariable String id, ConditionalRequest conditional) {
        return Json.write(documents.read(Paths.id(id), conditional));
    }

    @PutMapping("/{id}")
    String update(@PathVariable String id, HttpServletRequest request, ConditionalRequest conditional)
            throws IOException {
        JsonNode body = Json.read(request);
        String title = Json.text(body, "title", Document.TITLE);
        return Json.write(documents.update(Paths.id(id), title, Json.text(body, "text", Document.TEXT), conditional));
    }

    @PatchMapping("/{id}")
    String rename(@PathVariable String id, HttpServletRequest request, ConditionalRequest conditional)
            throws IOException {
        JsonNode body = Json.read(request);
        return Json.write(documents.rename(
                Paths.id(id),
                Json.text(body, "title", Document.TITLE),
                Json.revision(body, "version"),
                Json.revision(body, "modified"),
                conditional));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id, ConditionalRequest conditional) {
        documents.delete(Paths.id(id), conditional);
        return ResponseEntity.noContent().build();
    }
}
