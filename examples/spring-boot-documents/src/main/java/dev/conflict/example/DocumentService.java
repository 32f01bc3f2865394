package dev.conflict.example;

import dev.conflict.Revision;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.jpa.EntityVersions;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads and writes documents in Spring's transactions, each write based on the version that its writer saw. */
@Service
@Transactional
class DocumentService {
    private static final EntityVersions<Document> VERSIONS = EntityVersions.of(Document.class);
    private static final EntityVersions<Document> DATES =
            EntityVersions.of(Document.class, Document::modified).inField("modified");

    private final EntityManager em;

    DocumentService(EntityManager em) {
        this.em = em;
    }

    Document.View create(String title, String text) {
        Document document = new Document(title, text);
        em.persist(document);
        em.flush();
        return document.view();
    }

    Document.View read(long id, ConditionalRequest request) {
        Document document = VERSIONS.find(em, id, request);
        VERSIONS.respondWithTag(em, document, request);
        return document.view();
    }

    Document.View update(long id, String title, String text, ConditionalRequest request) {
        Document document = VERSIONS.find(em, id, request);
        document.write(title, text);
        em.flush(); // the answer shows the new version
        return document.view();
    }

    Document.View rename(
            long id, String title, @Nullable Revision version, @Nullable Revision date, ConditionalRequest request) {
        Document document = VERSIONS.find(em, id, request.under(Preconditions.optional()));
        if (date != null) {
            DATES.check(em, document, date);
        }
        if (version != null || date == null) {
            VERSIONS.check(em, document, version);
        }
        document.rename(title);
        em.flush();
        return document.view();
    }

    void delete(long id, ConditionalRequest request) {
        VERSIONS.delete(em, id, request);
    }
}
