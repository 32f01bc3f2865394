package dev.conflict.spring.boot.app;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.spring.SpringTransactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Transactions that end otherwise than their handlers expect. */
@RestController
public class RaceController {
    private static final EntityVersions<Document> DOCUMENTS = EntityVersions.of(Document.class, Document::getVersion);

    @PersistenceContext
    private EntityManager em;

    private final SpringTransactions transactions;
    private final DataSource database;

    RaceController(SpringTransactions transactions, DataSource database) {
        this.transactions = transactions;
        this.database = database;
    }

    /** The transaction is the controller's, and only its commit finds out that somebody else was faster. */
    @PutMapping("/lost/{id}")
    @Transactional
    public Document lost(@PathVariable long id, ConditionalRequest conditional) {
        Document document = DOCUMENTS.find(em, id, conditional);
        meanwhile("update document set version = version + 1, text = 'theirs' where id = " + id);
        document.write("mine");
        DOCUMENTS.respondWithTag(em, document, conditional);
        return document;
    }

    /** A transaction that only reads, by mistake. */
    @PutMapping("/read-only/{id}")
    @Transactional(readOnly = true)
    public Document readOnly(@PathVariable long id, ConditionalRequest conditional) {
        Document document = DOCUMENTS.find(em, id, conditional);
        document.write("dropped");
        return document;
    }

    /** The same without a precondition. */
    @PostMapping("/lost/{id}")
    @Transactional
    public Document lost(@PathVariable long id) {
        Document document = em.find(Document.class, id);
        meanwhile("update document set version = version + 1, text = 'theirs' where id = " + id);
        document.write("mine");
        return document;
    }

    /** A title that is taken, which is found at the flush before the commit. */
    @PostMapping("/taken")
    @Transactional
    public Document taken(@RequestBody String title) {
        Document document = new Document(7, title);
        em.persist(document);
        return document;
    }

    /** What is returned was never stored. */
    @PutMapping("/undone/{id}")
    @Transactional
    public Document undone(@PathVariable long id, ConditionalRequest conditional) {
        Document document = DOCUMENTS.find(em, id, conditional);
        document.write("never");
        em.flush();
        DOCUMENTS.respondWithTag(em, document, conditional);
        TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
        return document;
    }

    /** An answer that no container buffers. */
    @PutMapping("/large/{id}")
    @Transactional
    public List<String> large(@PathVariable long id, ConditionalRequest conditional) {
        Document document = DOCUMENTS.find(em, id, conditional);
        document.write("large");
        DOCUMENTS.respondWithTag(em, document, conditional);
        return List.of("x".repeat(300_000), "y".repeat(300_000));
    }

    /** The first attempt loses; a persistence context that is open for the request has seen the row before. */
    @PostMapping("/retried/{id}")
    public Map<String, Object> retried(@PathVariable long id) {
        Document before = em.find(Document.class, id);
        AtomicInteger attempts = new AtomicInteger();
        String text = transactions.run(() -> {
            Document document = em.find(Document.class, id);
            if (attempts.incrementAndGet() == 1) {
                meanwhile("update document set version = version + 1, title = 'theirs' where id = " + id);
            }
            document.write(document.getTitle() + " and mine");
            return document.getText();
        });
        return Map.of("text", text, "attempts", attempts.get(), "boundAgain", em.contains(before));
    }

    /** A part of a transaction is tried again. */
    @PostMapping("/nested/{id}")
    @Transactional
    public String nested(@PathVariable long id) {
        return transactions.run(() -> "done");
    }

    @GetMapping("/virtual")
    public String virtual() {
        return Thread.currentThread().toString();
    }

    private void meanwhile(String statement) {
        try (Connection connection = database.getConnection();
                Statement other = connection.createStatement()) {
            other.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
