package dev.conflict.jpa.matrix;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.ConflictReaders;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.FieldLines;
import dev.conflict.http.Preconditions;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.jpa.JpaConflictReader;
import dev.conflict.jpa.kit.Document;
import dev.conflict.problem.Answer;
import dev.conflict.problem.Occurrence;
import dev.conflict.problem.ProblemTranslator;
import dev.conflict.schemas.ProblemSchemas;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A cell in which something happens, and the edge that answers for it. */
record Scene(Cell cell, EntityManagerFactory factory, SeenError seen) {
    static final EntityVersions<Document> DOCUMENTS = EntityVersions.of(Document.class, Document::getVersion);

    private static final AtomicLong IDS = new AtomicLong(1000);

    private static final JpaConflictReader READER = JpaConflictReader.of(Tables.CONSTRAINTS);

    private static final ConflictReaders READERS = ConflictReaders.load(List.of(READER), Scene.class.getClassLoader());

    private static final ProblemTranslator EDGE =
            ProblemTranslator.builder().reader(READER).build(Scene.class.getClassLoader());

    Scene(Cell cell) {
        this(cell, cell.factory(Cell.Way.PLAIN), new SeenError());
    }

    /** The same cell, set up in another way. */
    Scene as(Cell.Way way) {
        return new Scene(cell, cell.factory(way), seen);
    }

    static long newId() {
        return IDS.incrementAndGet();
    }

    static ConditionalRequest stating(@Nullable Object ifMatch) {
        FieldLines fields = name -> ifMatch != null && name.equalsIgnoreCase("If-Match")
                ? Collections.enumeration(List.of(ifMatch.toString()))
                : null;
        return ConditionalRequest.of(ifMatch == null ? "POST" : "PATCH", fields, Preconditions.required());
    }

    /** Runs in a transaction and a persistence context of its own; whatever ends it early leaves nothing behind. */
    <R extends @Nullable Object> R inTransaction(Function<EntityManager, R> work) {
        try (EntityManager em = factory.createEntityManager()) {
            em.getTransaction().begin();
            try {
                R result = work.apply(em);
                em.getTransaction().commit();
                return result;
            } finally {
                if (em.getTransaction().isActive()) {
                    em.getTransaction().rollback();
                }
            }
        }
    }

    /** Does what another writer would do, to its commit. */
    void meanwhile(Consumer<EntityManager> work) {
        inTransaction(em -> {
            work.accept(em);
            return em;
        });
    }

    /** Has a persistence context read in its transaction from now on: EclipseLink reads beside it until it writes. */
    void join(EntityManager em) {
        if (!cell.isHibernate()) {
            em.unwrap(Connection.class);
        }
    }

    /** Serves a write that states nothing. */
    String serve(Consumer<EntityManager> work) {
        return serve(stating(null), work);
    }

    /** Serves a write: the work in one transaction, then what an edge does with what was thrown. */
    String serve(ConditionalRequest request, Consumer<EntityManager> work) {
        return answered(request, () -> meanwhile(work));
    }

    /** What comes of work that begins and commits by itself. */
    String answered(ConditionalRequest request, Runnable work) {
        return answer(request, () -> {
                    try {
                        work.run();
                    } catch (RuntimeException thrown) {
                        seen.note(thrown);
                        throw thrown;
                    }
                })
                .told();
    }

    /**
     * How a writer ended.
     *
     * @param told the kind of the conflict, and the status of the answer
     * @param currentTag the tag that the answer tells
     */
    record Told(String told, @Nullable Object currentTag) {
        boolean isWon() {
            return told.equals("ok 200");
        }
    }

    static Told answer(ConditionalRequest request, Runnable work) {
        try {
            work.run();
            return new Told("ok 200", null);
        } catch (RuntimeException thrown) {
            return told(request, thrown);
        }
    }

    private static Told told(ConditionalRequest request, RuntimeException thrown) {
        Optional<Answer> answer = EDGE.translate(thrown, request, Occurrence.of(request.method(), "/"));
        answer.ifPresent(sent -> ProblemSchemas.check(sent.body()));
        String kind = READERS.read(thrown)
                .map(ConflictException::conflict)
                .map(Scene::word)
                .orElse("none");
        return new Told(
                kind + " " + answer.map(Answer::status).orElse(500),
                answer.map(sent -> sent.problem().toMap().get("currentEtag")).orElse(null));
    }

    private static String word(Conflict conflict) {
        if (conflict instanceof Conflict.Concurrency concurrency) {
            return concurrency.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
        return conflict instanceof Conflict.VersionMismatch
                ? "version"
                : conflict.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    Document newDocument() {
        Document document = new Document(newId(), "first");
        meanwhile(em -> em.persist(document));
        return stored(document.getId());
    }

    Document stored(long id) {
        return inTransaction(em -> em.find(Document.class, id));
    }

    void renameMeanwhile(long id, String title) {
        meanwhile(em -> em.find(Document.class, id).rename(title));
    }

    /** Tells whether another writer's change is gone. */
    String lost(String outcome, long id) {
        String title = stored(id).getTitle();
        return "mine".equals(title) ? outcome + ", theirs is lost" : outcome;
    }
}
