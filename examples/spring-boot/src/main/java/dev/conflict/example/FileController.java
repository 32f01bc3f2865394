package dev.conflict.example;

import dev.conflict.file.FileStream;
import dev.conflict.http.ConditionalRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /files/{name}}, as {@code FileServlet} has them. */
@RestController
@RequestMapping("/files/{*name}")
class FileController {
    private final StoredFiles files;

    FileController(StoredFiles files) {
        this.files = files;
    }

    /** Spring closes the file. */
    @GetMapping
    ResponseEntity<InputStreamResource> read(@PathVariable String name) throws IOException {
        FileStream content = files.open(name.substring(1));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(content.length())
                .eTag(content.tag().toString())
                .body(new InputStreamResource(content));
    }

    @PutMapping
    ResponseEntity<Void> write(@PathVariable String name, HttpServletRequest request, ConditionalRequest conditional)
            throws IOException {
        StoredFiles.Stored stored = files.put(name.substring(1), request.getInputStream(), conditional);
        return ResponseEntity.status(stored.status())
                .eTag(stored.tag().toString())
                .build();
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String name, ConditionalRequest conditional) {
        files.delete(name.substring(1), conditional);
    }
}
