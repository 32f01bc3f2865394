package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictEvent.Attempted;
import dev.conflict.event.ConflictEvent.Outcome;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.ConflictTransactions;
import dev.conflict.jpa.UnknownOutcomeException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What fails only at the commit is no success: not where we commit, and not where the application does before it answers. */
public abstract class CommitPhaseContract extends Kit {
    private final List<ConflictEvent> events = new ArrayList<>();

    /** A handler as {@code docs/jpa.md} asks for: the answer is made once the commit has returned. */
    private Served answeredAfterTheCommit(ConditionalRequest request, Consumer<EntityManager> work) {
        return serve(request, work);
    }

    /** A handler as nobody should write it: the status is decided inside of the transaction. */
    private int answeredBeforeTheCommit(Consumer<EntityManager> work) {
        AtomicInteger status = new AtomicInteger(500);
        assertThatThrownBy(() -> meanwhile(em -> {
                    work.accept(em);
                    status.set(200);
                }))
                .as("the commit")
                .isInstanceOf(RuntimeException.class);
        return status.get();
    }

    private Served committedByUs(ConditionalRequest request, Consumer<EntityManager> work) {
        try {
            ConflictTransactions.of(stack.factory()).listener(events::add).run(request, em -> {
                work.accept(em);
                return true;
            });
            return new Served(null, Optional.empty());
        } catch (RuntimeException thrown) {
            return served(request, thrown);
        }
    }

    private Consumer<EntityManager> unflushedStaleUpdate(Document document, @Nullable ConditionalRequest request) {
        return em -> {
            Document managed = request == null
                    ? em.find(Document.class, document.getId())
                    : DOCUMENTS.find(em, document.getId(), request);
            renameMeanwhile(document.getId(), "theirs " + newId());
            managed.rename("mine");
        };
    }

    @Test
    void unflushedStaleUpdateIsNoSuccess() {
        Document document = newDocument();
        ConditionalRequest first = request("PATCH", tagOf(document.getId()));
        Served ours = committedByUs(first, unflushedStaleUpdate(document, first));
        ConditionalRequest second = request("PATCH", tagOf(document.getId()));
        Served theirs = answeredAfterTheCommit(second, unflushedStaleUpdate(document, second));

        assertThat(ours.status()).isEqualTo(412);
        assertThat(theirs.status()).isEqualTo(412);
        assertThat(answeredBeforeTheCommit(unflushedStaleUpdate(document, null)))
                .isEqualTo(200);
        assertThat(stored(document.getId()).getTitle()).startsWith("theirs");
    }

    private Consumer<EntityManager> orphan(Document document, long part) {
        return em -> {
            em.createNativeQuery("insert into late_remark (id, document_id) values (" + part + ", -1)")
                    .executeUpdate();
            em.find(Document.class, document.getId()).rename("mine");
        };
    }

    @Test
    void deferredConstraintIsNoSuccess() {
        assumeThat(stack.engine()).isEqualTo(DatabaseEngine.POSTGRESQL);
        Document document = newDocument();
        Consumer<EntityManager> orphan = orphan(document, newId());

        Served ours = committedByUs(request("POST", null), orphan);
        Served theirs = answeredAfterTheCommit(request("POST", null), orphan);

        assertThat(ours.committed()).isFalse();
        assertThat(ours.status()).isEqualTo(500); // nobody declared it, so it passes as the fault that it is
        assertThat(theirs.committed()).isFalse();
        assertThat(theirs.status()).isEqualTo(500);
        assertThat(answeredBeforeTheCommit(orphan)).isEqualTo(200);
        assertThat(stored(document.getId()).getTitle()).isEqualTo("first");
        assertThat(events).containsExactly(new Attempted(Outcome.REFUSED, 1));
    }

    private static void append(EntityManager em, Document document) {
        Document managed = em.find(Document.class, document.getId());
        managed.rename(managed.getTitle() + "+");
    }

    /** As a retry does it that takes every failure for one that stored nothing. */
    private static void untilItSucceeds(EntityManagerFactory factory, Consumer<EntityManager> work) {
        for (boolean done = false; !done; ) {
            try (EntityManager em = factory.createEntityManager()) {
                em.getTransaction().begin();
                work.accept(em);
                em.getTransaction().commit();
                done = true;
            } catch (PersistenceException again) {
                // nothing is kept of it
            }
        }
    }

    @Test
    void commitWhoseAnswerIsLostIsMadeTwiceByARetryThatKnowsNoDifference() {
        LostAnswers network = new LostAnswers();
        Document naive = newDocument();
        Document guarded = newDocument();
        try (EntityManagerFactory factory =
                stack.another(network.of(stack.database().dataSource()))) {
            network.loseNext();
            untilItSucceeds(factory, em -> append(em, naive));
            network.loseNext();
            assertThatThrownBy(() -> ConflictTransactions.of(factory)
                            .listener(events::add)
                            .run(em -> {
                                append(em, guarded);
                                return guarded;
                            }))
                    .isInstanceOf(UnknownOutcomeException.class);
        }

        assertThat(reread(naive)).isEqualTo("first++");
        assertThat(reread(guarded)).isEqualTo("first+");
        assertThat(events).containsExactly(new Attempted(Outcome.UNKNOWN, 1));
    }

    private String reread(Document document) {
        return inTransaction(em -> read(em, document));
    }

    /** A query, which no cache answers. */
    private static String read(EntityManager em, Document document) {
        return em.createQuery("select d.title from Document d where d.id = :id", String.class)
                .setParameter("id", document.getId())
                .getSingleResult();
    }

    /** Each reads what the other writes: PostgreSQL finds that out at the second one's commit. */
    private Consumer<EntityManager> skew(Document read, Document written, AtomicInteger attempts) {
        return em -> {
            em.createNativeQuery("set transaction isolation level serializable").executeUpdate();
            String title = read(em, read);
            em.find(Document.class, written.getId()).rename(title + "+");
            em.flush();
            if (attempts.getAndIncrement() == 0) {
                meanwhile(other -> {
                    other.createNativeQuery("set transaction isolation level serializable")
                            .executeUpdate();
                    String seen = read(other, written);
                    other.find(Document.class, read.getId()).rename(seen + "-");
                });
            }
        };
    }

    @Test
    void serializationFailureIsTriedAgainWhereWeCommit() {
        assumeThat(stack.engine()).isEqualTo(DatabaseEngine.POSTGRESQL);
        Document read = newDocument();
        Document written = newDocument();

        Served ours = committedByUs(request("POST", null), skew(read, written, new AtomicInteger()));

        assertThat(ours.committed()).isTrue();
        assertThat(stored(read.getId()).getTitle()).isEqualTo("first-");
        assertThat(stored(written.getId()).getTitle()).isEqualTo("first-+");
        assertThat(events).containsExactly(new Attempted(Outcome.COMMITTED, 2));
    }

    @Test
    void serializationFailureIsNoSuccessWhereTheApplicationCommits() {
        assumeThat(stack.engine()).isEqualTo(DatabaseEngine.POSTGRESQL);
        Document read = newDocument();
        Document written = newDocument();

        Served theirs = answeredAfterTheCommit(request("POST", null), skew(read, written, new AtomicInteger()));

        assertThat(theirs.status()).isEqualTo(409);
        assertThat(theirs.type()).endsWith(":concurrency");
        assertThat(stored(written.getId()).getTitle()).isEqualTo("first");
    }
}
