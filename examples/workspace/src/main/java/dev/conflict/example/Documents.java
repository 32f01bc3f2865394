package dev.conflict.example;

import dev.conflict.Conflicts;
import dev.conflict.Revision;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.jpa.EntityVersions;
import org.jspecify.annotations.Nullable;

/** Reads and writes documents, each write based on the version that its writer saw. */
final class Documents {
    private static final EntityVersions<Document> VERSIONS = EntityVersions.of(Document.class);

    private final Store store;

    Documents(Store store) {
        this.store = store;
    }

    Document.View create(String title, String text) {
        return store.inTransaction(em -> {
                    Document document = new Document(title, text);
                    em.persist(document);
                    return document;
                })
                .view();
    }

    Document.View read(long id, ConditionalRequest request) {
        return store.inTransaction(em -> {
                    Document document = VERSIONS.find(em, id, request);
                    VERSIONS.respondWithTag(em, document, request);
                    return document;
                })
                .view();
    }

    /** Updates a document by version: 412 if somebody else was faster, 428 if the request states no version. */
    Document.View update(long id, String title, String text, ConditionalRequest request) {
        return store.inTransaction(em -> {
                    Document document = VERSIONS.find(em, id, request);
                    document.write(title, text);
                    return document;
                })
                .view();
    }

    /** Renames a document by the version in the content, a number, a date or both: 409 if it is outdated, 400 without one. */
    Document.View rename(
            long id, String title, @Nullable Revision version, @Nullable Revision date, ConditionalRequest request) {
        return store.inTransaction(em -> {
                    Document document = VERSIONS.find(em, id, request.under(Preconditions.optional()));
                    if (date != null) {
                        Conflicts.requireVersion(date, document.modified()); // the database compares the number
                    }
                    if (version != null || date == null) {
                        VERSIONS.check(em, document, version);
                    }
                    document.rename(title);
                    return document;
                })
                .view();
    }

    void delete(long id, ConditionalRequest request) {
        store.inTransaction(em -> {
            VERSIONS.delete(em, id, request);
            return id;
        });
    }
}
