package dev.conflict.spring.boot.app;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.spring.SpringTransactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Documents, as docs/spring.md shows them. */
@RestController
public class DocumentController {
    private static final EntityVersions<Document> DOCUMENTS = EntityVersions.of(Document.class, Document::getVersion);

    @PersistenceContext
    private EntityManager em;

    private final SpringTransactions transactions;

    DocumentController(SpringTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/documents/{id}")
    @Transactional(readOnly = true)
    public Document get(@PathVariable long id, ConditionalRequest conditional) {
        Document document = DOCUMENTS.find(em, id, conditional);
        DOCUMENTS.respondWithTag(em, document, conditional);
        return document;
    }

    /** The same with header fields. */
    @GetMapping("/entity/{id}")
    @Transactional(readOnly = true)
    public ResponseEntity<Document> entity(@PathVariable long id, ConditionalRequest conditional) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(1)))
                .contentType(MediaType.APPLICATION_JSON)
                .body(get(id, conditional));
    }

    @PutMapping("/documents/{id}")
    public Document put(@PathVariable long id, @RequestBody String title, ConditionalRequest conditional) {
        return transactions.run(conditional, () -> {
            Document document = DOCUMENTS.find(em, id, conditional);
            document.rename(title);
            DOCUMENTS.respondWithTag(em, document, conditional);
            return document;
        });
    }
}
