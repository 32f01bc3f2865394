package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.VersionMissingException;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.EntityVersions;
import jakarta.persistence.EntityManager;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What {@link EntityVersions} promises before anybody else comes in between. */
public abstract class EntityVersionsContract extends Kit {
    @Test
    void presentTagLetsTheWriteThrough() {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));

        Served served = serve(
                request, em -> DOCUMENTS.find(em, document.getId(), request).rename("mine"));

        assertThat(served.committed()).isTrue();
        assertThat(stored(document.getId()).getTitle()).isEqualTo("mine");
        assertThat(tagOf(document.getId())).isNotEqualTo(DOCUMENTS.tag(document));
    }

    @Test
    void anotherTagIsRefusedWith412AndThePresentOne() {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", "\"1-99\"");

        Served served = serve(
                request, em -> DOCUMENTS.find(em, document.getId(), request).rename("mine"));

        assertThat(served.status()).isEqualTo(412);
        assertThat(served.type()).endsWith(":precondition-failed");
        assertThat(served.member("code")).isEqualTo("VERSION_MISMATCH");
        assertThat(served.member("requestedEtag")).isEqualTo("\"1-99\"");
        assertThat(served.member("currentEtag"))
                .isEqualTo(DOCUMENTS.tag(document).toString());
        assertThat(stored(document.getId()).getTitle()).isEqualTo("first");
    }

    @Test
    void writeThatStatesNothingIsRefusedWith428() {
        Document document = newDocument();
        ConditionalRequest request = request("DELETE", null);

        Served served = serve(request, em -> em.remove(DOCUMENTS.find(em, document.getId(), request)));

        assertThat(served.status()).isEqualTo(428);
        assertThat(served.member("acceptedHeaders")).isEqualTo(List.of("If-Match"));
        assertThat(stored(document.getId())).isNotNull();
    }

    @Test
    void nothingThereIs404WhateverIsStated() {
        for (String stated : new String[] {"\"1-0\"", "*", null}) {
            ConditionalRequest request = request("PATCH", stated);

            assertThat(serve(request, em -> DOCUMENTS.find(em, -1L, request)).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void readNeedsNoTransactionAndStatesNothing() {
        Document document = newDocument();
        ConditionalRequest request = request("GET", null);

        try (EntityManager em = stack.factory().createEntityManager()) {
            Document found = DOCUMENTS.find(em, document.getId(), request);
            DOCUMENTS.respondWithTag(em, found, request);
        }

        assertThat(request.responseTag()).contains(DOCUMENTS.tag(document));
    }

    @Test
    void tagOfAReadIsNotWithheldWhileItsTransactionIsOpen() {
        Document document = newDocument();
        ConditionalRequest request = request("GET", null);

        EntityTag sent = inTransaction(em -> {
            DOCUMENTS.respondWithTag(em, DOCUMENTS.find(em, document.getId(), request), request);
            return request.responseTag().orElseThrow();
        });

        assertThat(sent).isEqualTo(DOCUMENTS.tag(document));
    }

    @Test
    void writeOutsideATransactionIsRefused() {
        Document document = newDocument();
        ConditionalRequest request = request("PUT", DOCUMENTS.tag(document));

        try (EntityManager em = stack.factory().createEntityManager()) {
            Document managed = em.find(Document.class, document.getId());

            assertThatThrownBy(() -> DOCUMENTS.find(em, document.getId(), request))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("outside a transaction")
                    .hasMessageContaining("Begin the transaction first");
            assertThatThrownBy(() -> DOCUMENTS.check(em, managed, request))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("outside a transaction");
            assertThatThrownBy(() -> DOCUMENTS.check(em, managed, Revision.of(0)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("outside a transaction");
        }
    }

    @Test
    void writeOnADetachedEntityIsRefused() {
        Document detached = newDocument();
        ConditionalRequest request = request("PUT", DOCUMENTS.tag(detached));

        assertThatThrownBy(() -> meanwhile(em -> DOCUMENTS.check(em, detached, request)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not managed");
    }

    @Test
    void typeWithoutAVersionAttributeIsRefused() {
        EntityVersions<Tally> tallies = EntityVersions.of(Tally.class, Tally::getTotal);
        Tally tally = new Tally(newId());

        assertThatThrownBy(() -> meanwhile(em -> {
                    em.persist(tally);
                    tallies.check(em, tally, Revision.of(0));
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no @Version attribute");
    }

    @Test
    void subclassIsGuardedThroughItsRoot() {
        long id = newId();
        meanwhile(em -> em.persist(new Invoice(id, "first")));
        ConditionalRequest request = request("PATCH", tagOf(id));

        Served served = serve(request, em -> DOCUMENTS.find(em, id, request).rename("mine"));

        assertThat(served.committed()).isTrue();
    }

    @Test
    void typeInTheMiddleOfAHierarchyHasItsRootsVersion() {
        EntityVersions<Invoice> invoices = EntityVersions.of(Invoice.class, Document::getVersion);
        long id = newId();
        meanwhile(em -> em.persist(new Invoice(id, "first")));
        ConditionalRequest request = request("PATCH", tagOf(id));

        Served served = serve(request, em -> invoices.find(em, id, request).rename("mine"));

        assertThat(served.committed()).isTrue();
    }

    @Test
    void writeSeesWhatAnotherNodeWrote() {
        Document document = newDocument();
        stack.database().execute("update document set title = 'theirs', version = 50 where id = " + document.getId());
        ConditionalRequest request = request("PATCH", "\"1-50\"");

        Served served = serve(request, em -> {
            Document managed = DOCUMENTS.find(em, document.getId(), request);
            assertThat(managed.getTitle()).isEqualTo("theirs");
            managed.rename("mine");
        });

        assertThat(served.status()).isEqualTo(200);
        assertThat(tagOf(document.getId()).toString()).isEqualTo("\"1-51\"");
    }

    @Test
    void findKeepsWhatTheTransactionHasChangedAlready() {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));

        Served served = serve(request, em -> {
            Document managed = em.find(Document.class, document.getId());
            managed.rename("mine");
            assertThat(DOCUMENTS.find(em, document.getId(), request)).isSameAs(managed);
            assertThat(managed.getTitle()).isEqualTo("mine");
        });

        assertThat(served.committed()).isTrue();
        assertThat(stored(document.getId()).getTitle()).isEqualTo("mine");
    }

    @Test
    void versionInTheBodyIsComparedAndBothVersionsAreTold() {
        Document document = newDocument();

        Served served = serve(em -> DOCUMENTS.check(em, em.find(Document.class, document.getId()), Revision.of(99)));

        assertThat(served.status()).isEqualTo(409);
        assertThat(served.type()).endsWith(":version-mismatch");
        assertThat(served.member("requestedVersion")).isEqualTo(99L);
        assertThat(served.member("currentVersion")).isEqualTo(document.getVersion());
        assertThat(served.answer().orElseThrow().problem().toMap()).doesNotContainKey("currentEtag");
    }

    @Test
    void presentVersionInTheBodyLetsTheWriteThroughAlsoAsText() {
        Document document = newDocument();
        Revision seen = Revision.of(Long.toString(document.getVersion()));

        Served served = serve(em -> {
            Document managed = em.find(Document.class, document.getId());
            DOCUMENTS.check(em, managed, seen);
            managed.rename("mine");
        });

        assertThat(served.committed()).isTrue();
    }

    @Test
    void missingVersionInTheBodyNamesItsField() {
        Document document = newDocument();

        assertThatThrownBy(() -> meanwhile(em -> DOCUMENTS.check(em, document, (Revision) null)))
                .isInstanceOfSatisfying(
                        VersionMissingException.class,
                        missing -> assertThat(missing.field()).isEqualTo("version"));
        assertThatThrownBy(() -> meanwhile(em -> DOCUMENTS.inField("rev").check(em, document, (Revision) null)))
                .isInstanceOfSatisfying(
                        VersionMissingException.class,
                        missing -> assertThat(missing.field()).isEqualTo("rev"));
    }

    @Test
    void entityThatTellsItsVersionNeedsNoAccessor() {
        EntityVersions<Memo> memos = EntityVersions.of(Memo.class);
        String id = "memo-" + newId();
        meanwhile(em -> em.persist(new Memo(id, "first")));
        EntityTag tag = inTransaction(em -> memos.tag(em.find(Memo.class, id)));
        ConditionalRequest request = request("PATCH", tag);
        ConditionalRequest again = request("PATCH", tag);

        assertThat(serve(request, em -> memos.find(em, id, request).write("mine"))
                        .committed())
                .isTrue();
        assertThat(serve(again, em -> memos.find(em, id, again).write("mine")).status())
                .isEqualTo(412);
    }

    @Test
    void answerCarriesTheCommittedTagAndNoneBeforeTheCommit() {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));

        meanwhile(em -> {
            Document managed = DOCUMENTS.find(em, document.getId(), request);
            managed.rename("mine");
            DOCUMENTS.respondWithTag(em, managed, request);
            assertThat(request.responseTag()).isEmpty();
            em.flush();
            assertThat(request.responseTag()).isEmpty();
        });

        assertThat(request.responseTag()).contains(tagOf(document.getId()));
        assertThat(request.responseTag()).isNotEqualTo(Optional.of(DOCUMENTS.tag(document)));
    }

    /** The version in memory stays where the flush put it; another writer will be the one who commits it. */
    @Test
    void answerCarriesNoTagOfWhatWasRolledBack() {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));

        try (EntityManager em = stack.factory().createEntityManager()) {
            em.getTransaction().begin();
            Document managed = DOCUMENTS.find(em, document.getId(), request);
            managed.rename("mine");
            DOCUMENTS.respondWithTag(em, managed, request);
            em.flush();
            em.getTransaction().rollback();

            assertThat(request.responseTag()).isEmpty();
        }
        assertThat(request.responseTag()).isEmpty();
    }

    @Test
    void answerCarriesNoTagThatAnotherWriterHasOutdated() {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));

        meanwhile(em -> {
            Document managed = DOCUMENTS.find(em, document.getId(), request);
            managed.rename("mine");
            DOCUMENTS.respondWithTag(em, managed, request);
        });
        meanwhile(em -> em.find(Document.class, document.getId()).rename("theirs"));

        assertThat(request.responseTag()).isEmpty();
    }

    @Test
    void answerCarriesNoTagBeforeTheCommitWhateverGuardedTheWrite() {
        Document document = newDocument();
        ConditionalRequest byBody = request("PATCH", null);
        ConditionalRequest creation = request("POST", null);

        try (EntityManager em = stack.factory().createEntityManager()) {
            em.getTransaction().begin();
            Document managed = em.find(Document.class, document.getId());
            DOCUMENTS.check(em, managed, Revision.of(document.getVersion()));
            managed.rename("mine");
            DOCUMENTS.respondWithTag(em, managed, byBody);
            Document created = new Document(newId(), "new");
            em.persist(created);
            DOCUMENTS.respondWithTag(em, created, creation);
            em.flush();
            assertThat(byBody.responseTag()).isEmpty();
            assertThat(creation.responseTag()).isEmpty();
            em.getTransaction().commit();
        }

        assertThat(byBody.responseTag()).contains(tagOf(document.getId()));
        assertThat(creation.responseTag()).isPresent();
    }

    @Test
    void answerToAPutCarriesATagOnlyIfTheContentWasStoredAsSent() {
        Document document = newDocument();
        ConditionalRequest request = request("PUT", DOCUMENTS.tag(document));

        meanwhile(em -> DOCUMENTS.respondWithTag(em, DOCUMENTS.find(em, document.getId(), request), request));

        assertThat(request.responseTag()).isEmpty();
        request.storedAsSent();
        assertThat(request.responseTag()).contains(DOCUMENTS.tag(document));
    }

    @Test
    void newEntityHasNoTagUntilItIsWritten() {
        EntityVersions<Memo> memos = EntityVersions.of(Memo.class, Memo::getVersion);
        Memo memo = new Memo("memo-" + newId(), "first");
        ConditionalRequest request = request("POST", null);
        try (EntityManager em = stack.factory().createEntityManager()) {
            memos.respondWithTag(em, memo, request);
        }

        assertThat(request.responseTag()).isEmpty();
        assertThatThrownBy(() -> memos.tag(memo))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no version yet");
        meanwhile(em -> em.persist(memo));
        assertThat(request.responseTag()).isPresent();
    }

    @Test
    void momentMakesNoStrongTagAndTheMessageSaysWhatToDo() {
        Document document = newDocument();
        Object[] moments = {Instant.EPOCH, Timestamp.from(Instant.EPOCH), LocalDateTime.of(2026, 1, 1, 0, 0)};
        for (Object moment : moments) {
            EntityVersions<Document> versions = EntityVersions.of(Document.class, any -> moment);

            assertThatThrownBy(() -> versions.tag(document))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(Document.class.getName())
                    .hasMessageContaining("whole number as @Version")
                    .hasMessageContaining("check(em, entity, revision)");
        }
    }

    @Test
    void momentInTheBodyIsCompared() {
        Document document = newDocument();
        EntityVersions<Document> versions = EntityVersions.of(Document.class, any -> Instant.EPOCH);

        assertThatThrownBy(() -> meanwhile(em -> versions.check(
                        em, em.find(Document.class, document.getId()), Revision.of("1970-01-01T00:00:01Z"))))
                .isInstanceOf(ConflictException.VersionMismatch.class);
        meanwhile(em ->
                versions.check(em, em.find(Document.class, document.getId()), Revision.of("1970-01-01T00:00:00Z")));
    }
}
