package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.Conflict;
import dev.conflict.Disclosure;
import dev.conflict.Revision;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.ConflictTransactions;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.jpa.JpaConflictReader;
import dev.conflict.jpa.MappedConstraints;
import dev.conflict.jpa.VersionWrites;
import dev.conflict.retry.Contention;
import dev.conflict.sql.ConstraintCatalog;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The code of docs/jpa.md, run on each stack. */
public abstract class GuideContract extends Kit {
    static final EntityVersions<Document> documents = EntityVersions.of(Document.class, Document::getVersion);
    static final EntityVersions<Document> aggregates = documents.ofAggregate();

    private static Document rename(EntityManager em, long id, String title, ConditionalRequest conditional) {
        Document doc = documents.find(em, id, conditional);
        doc.rename(title);
        documents.respondWithTag(em, doc, conditional);
        return doc;
    }

    private static void remark(EntityManager em, long id, String text, ConditionalRequest conditional) {
        Document doc = aggregates.find(em, id, conditional);
        em.persist(new Remark(newId(), doc, text));
    }

    private static void renameInBody(EntityManager em, long id, String title, Revision version) {
        Document doc = em.find(Document.class, id);
        documents.check(em, doc, version);
        doc.rename(title);
    }

    private static void renameUnloaded(EntityManager em, long id, String title, ConditionalRequest conditional) {
        documents.withoutLoading().update(em, id, conditional, update -> update.set("title", title));
    }

    private static EntityVersions<Document> byMapping(EntityManagerFactory factory) {
        EntityVersions<Document> found = EntityVersions.of(Document.class, factory);
        return found;
    }

    private static Document shown(EntityManager em, long id, boolean mayRead, ConditionalRequest conditional) {
        EntityVersions<Document> versions = mayRead ? documents.showing("title") : documents;
        return versions.find(em, id, conditional);
    }

    private static void shownUnderAVersionInTheBody(
            EntityManager em, Document doc, Revision version, ConditionalRequest conditional) {
        EntityVersions<Document> versions = documents.showing("title");
        versions.check(em, doc, version, conditional);
    }

    private static void watch(EntityManagerFactory factory) {
        VersionWrites.refuse(factory);
    }

    private static void inTransactions(
            EntityManagerFactory factory, long id, String title, ConditionalRequest conditional) {
        ConflictTransactions transactions = ConflictTransactions.of(factory).policy(Contention.standard());
        transactions.run(conditional, em -> rename(em, id, title, conditional));
    }

    private static ConstraintCatalog constraints(EntityManagerFactory factory) {
        return ConstraintCatalog.builder()
                .unique("uk_customer_email", "email")
                .disclose(Disclosure.PUBLIC)
                .otherwise(MappedConstraints.of(factory))
                .build();
    }

    @Test
    void valueThatADeclarationDisclosesIsToldByItsField() {
        String email = "guide" + newId() + "@example.org";
        meanwhile(em -> em.persist(new Customer(email, null)));

        assertThatThrownBy(() -> meanwhile(em -> em.persist(new Customer(email, null))))
                .satisfies(thrown -> assertThat(JpaConflictReader.of(constraints(stack.factory()))
                                .read(thrown)
                                .orElseThrow()
                                .conflict())
                        .isEqualTo(new Conflict.Uniqueness(null, "email", Disclosure.PUBLIC)));
    }

    @Test
    void requestIsServedEachWay() {
        Document document = newDocument();
        long id = document.getId();

        ConditionalRequest first = request("PATCH", tagOf(id));
        meanwhile(em -> rename(em, id, "1", first));
        ConditionalRequest second = request("POST", first.responseTag().orElseThrow());
        meanwhile(em -> remark(em, id, "part", second));
        meanwhile(em -> renameInBody(em, id, "2", Revision.of(stored(id).getVersion())));
        ConditionalRequest third = request("PATCH", tagOf(id));
        meanwhile(em -> renameUnloaded(em, id, "3", third));
        inTransactions(stack.factory(), id, "4", request("PATCH", tagOf(id)));

        assertThat(stored(id).getTitle()).isEqualTo("4");
    }

    @Test
    void whoMayReadIsShownWhatIsThere() {
        Document document = newDocument();
        ConditionalRequest reader = request("PATCH", "\"1-99\"");
        ConditionalRequest other = request("PATCH", "\"1-99\"");

        assertThat(serve(reader, em -> shown(em, document.getId(), true, reader))
                        .member("current"))
                .isEqualTo(Map.of("title", "first"));
        assertThat(serve(other, em -> shown(em, document.getId(), false, other)).member("current"))
                .isNull();
    }

    @Test
    void versionInTheBodyIsShownTheSame() {
        Document document = newDocument();
        ConditionalRequest conditional = request("POST", null);

        assertThat(serve(conditional, em -> {
                            Document doc = em.find(Document.class, document.getId());
                            shownUnderAVersionInTheBody(em, doc, Revision.of(99), conditional);
                        })
                        .member("current"))
                .isEqualTo(Map.of("title", "first"));
    }

    @Test
    void versionIsFoundByTheMappingAndNobodyMayWriteIt() {
        Document document = newDocument();
        try (EntityManagerFactory factory = stack.another()) {
            watch(factory);

            assertThat(byMapping(factory).tag(document)).isEqualTo(documents.tag(document));
        }
    }

    @Test
    void transactionOfAFrameworkIsTriedAgain() {
        Document document = newDocument();
        long id = document.getId();
        ConditionalRequest conditional = request("PATCH", tagOf(id));
        ConflictTransactions transactions = ConflictTransactions.of(stack.factory());

        Document renamed =
                transactions.retry(conditional, () -> inTransaction(em -> rename(em, id, "mine", conditional)));

        assertThat(renamed.getTitle()).isEqualTo("mine");
    }
}
