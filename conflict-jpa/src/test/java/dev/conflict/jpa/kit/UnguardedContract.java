package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.Revision;
import dev.conflict.http.ConditionalRequest;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.Test;

/**
 * The same code with and without the guard, where plain persistence loses an update and says nothing. Each pair is one
 * pattern: if the first test of a pair fails, the provider has learnt to refuse by itself.
 */
public abstract class UnguardedContract extends Kit {
    // Compare, then write what is there already.

    @Test
    void unguardedWriteThatChangesNothingIsToldThatItSucceeded() {
        Document document = newDocument();

        Served served = serve(em -> {
            Document managed = em.find(Document.class, document.getId());
            assertThat(managed.getVersion()).isEqualTo(document.getVersion());
            renameMeanwhile(document.getId(), "theirs");
            managed.rename("first");
        });

        assertThat(served.committed()).isTrue();
        assertThat(stored(document.getId()).getTitle()).isEqualTo("theirs");
    }

    @Test
    void guardedWriteThatChangesNothingIsRefused() {
        Document document = newDocument();
        ConditionalRequest request = request("PUT", DOCUMENTS.tag(document));

        Served served = serve(request, em -> {
            Document managed = DOCUMENTS.find(em, document.getId(), request);
            renameMeanwhile(document.getId(), "theirs");
            managed.rename("first");
        });

        assertThat(served.status()).isEqualTo(412);
    }

    // Compare in one transaction, write in another.

    @Test
    void unguardedComparisonInATransactionOfItsOwnLosesTheUpdate() {
        Document document = newDocument();

        boolean same =
                inTransaction(em -> em.find(Document.class, document.getId()).getVersion() == document.getVersion());
        renameMeanwhile(document.getId(), "theirs");
        Served served = serve(em -> em.find(Document.class, document.getId()).rename("mine"));

        assertThat(same).isTrue();
        assertThat(served.committed()).isTrue();
        assertThat(stored(document.getId()).getTitle()).isEqualTo("mine");
    }

    @Test
    void guardedComparisonOutsideTheWritingTransactionIsRefused() {
        Document document = newDocument();
        ConditionalRequest request = request("PUT", DOCUMENTS.tag(document));

        try (EntityManager em = stack.factory().createEntityManager()) {
            assertThatThrownBy(() -> DOCUMENTS.find(em, document.getId(), request))
                    .isInstanceOf(IllegalStateException.class);
        }
        renameMeanwhile(document.getId(), "theirs");
        Served served = serve(
                request, em -> DOCUMENTS.find(em, document.getId(), request).rename("mine"));

        assertThat(served.status()).isEqualTo(412);
        assertThat(stored(document.getId()).getTitle()).isEqualTo("theirs");
    }

    @Test
    void unguardedComparisonBeforeADeleteInAnotherTransactionDeletesWhatNobodySaw() {
        Document document = newDocument();

        boolean same =
                inTransaction(em -> em.find(Document.class, document.getId()).getVersion() == document.getVersion());
        renameMeanwhile(document.getId(), "theirs");
        Served served = serve(em -> em.remove(em.find(Document.class, document.getId())));

        assertThat(same).isTrue();
        assertThat(served.committed()).isTrue();
        assertThat(isStored(document.getId())).isFalse();
    }

    // Set the client's version on the managed entity.

    @Test
    void unguardedVersionSetOnAManagedEntityLosesTheUpdateUnderHibernate() {
        Document seen = newDocument();
        renameMeanwhile(seen.getId(), "theirs");

        Served served = serve(em -> {
            Document managed = em.find(Document.class, seen.getId());
            managed.setVersion(seen.getVersion());
            managed.rename("mine");
        });

        // EclipseLink honours the version that was set.
        assertThat(served.status()).isEqualTo(stack.isHibernate() ? 200 : 409);
        assertThat(stored(seen.getId()).getTitle()).isEqualTo(stack.isHibernate() ? "mine" : "theirs");
    }

    @Test
    void guardedVersionInTheBodyIsRefused() {
        Document seen = newDocument();
        renameMeanwhile(seen.getId(), "theirs");

        Served served = serve(em -> {
            Document managed = em.find(Document.class, seen.getId());
            DOCUMENTS.check(em, managed, Revision.of(seen.getVersion()));
            managed.rename("mine");
        });

        assertThat(served.status()).isEqualTo(409);
        assertThat(stored(seen.getId()).getTitle()).isEqualTo("theirs");
    }
}
