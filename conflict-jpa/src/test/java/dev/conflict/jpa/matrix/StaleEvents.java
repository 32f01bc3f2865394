package dev.conflict.jpa.matrix;

import static dev.conflict.jpa.matrix.Scene.DOCUMENTS;

import dev.conflict.Revision;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.kit.Document;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** Rows that another writer changed after they were read. */
final class StaleEvents {
    private StaleEvents() {}

    /** What a writer does with what he read. */
    private interface Write {
        void of(EntityManager em, Document mine);
    }

    static List<Event> all() {
        return List.of(
                new Event(
                        "stated version lost, at the flush",
                        scene -> stated(scene, (em, mine) -> {
                            mine.rename("mine");
                            em.flush();
                        })),
                new Event(
                        "stated version lost, at the commit",
                        scene -> stated(scene, (em, mine) -> mine.rename("mine"))),
                new Event("stated version lost, nothing to write", scene -> stated(scene, (em, mine) -> {})),
                new Event("stated version lost, by a delete", scene -> stated(scene, EntityManager::remove)),
                new Event(
                        "stated version lost, in a batch",
                        scene -> stated(scene.as(Cell.Way.BATCHED), (em, mine) -> {
                            mine.rename("mine");
                            em.persist(new Document(Scene.newId(), "another"));
                        })),
                new Event("stated row deleted, then changed", scene -> gone(scene, (em, mine) -> mine.rename("mine"))),
                new Event("stated row deleted, then deleted", scene -> gone(scene, EntityManager::remove)),
                new Event("version in the body lost", scene -> {
                    Document seen = scene.newDocument();
                    return lost(scene, stating(null), seen, (em, mine) -> {
                        DOCUMENTS.check(em, mine, Revision.of(seen.getVersion()));
                        mine.rename("mine");
                    });
                }),
                new Event(
                        "version lost that nobody stated",
                        scene -> lost(scene, stating(null), scene.newDocument(), (em, mine) -> mine.rename("mine"))),
                new Event("another row lost than was stated", scene -> another(scene)),
                new Event("another row lost than was stated, in a batch", scene -> another(scene.as(Cell.Way.BATCHED))),
                new Event(
                        "version moved under an optimistic lock",
                        scene -> lost(
                                scene,
                                stating(null),
                                scene.newDocument(),
                                (em, mine) -> em.lock(mine, LockModeType.OPTIMISTIC))),
                new Event(
                        "stale update without a persistence context",
                        scene -> stateless(scene, StatelessSession::update)),
                new Event(
                        "stale upsert without a persistence context",
                        scene -> stateless(scene, StatelessSession::upsert)));
    }

    private static ConditionalRequest stating(@Nullable Object ifMatch) {
        return Scene.stating(ifMatch);
    }

    /** Another writer is faster between the read and the comparison, which therefore compares what is stale. */
    private static String stated(Scene scene, Write write) {
        Document seen = scene.newDocument();
        ConditionalRequest request = stating(DOCUMENTS.tag(seen));
        return lost(scene, request, seen, (em, mine) -> {
            DOCUMENTS.check(em, mine, request);
            write.of(em, mine);
        });
    }

    private static String lost(Scene scene, ConditionalRequest request, Document seen, Write write) {
        String outcome = scene.serve(request, em -> {
            Document mine = em.find(Document.class, seen.getId());
            scene.renameMeanwhile(seen.getId(), "theirs");
            write.of(em, mine);
        });
        return scene.lost(outcome, seen.getId());
    }

    private static String gone(Scene scene, Write write) {
        Document seen = scene.newDocument();
        ConditionalRequest request = stating(DOCUMENTS.tag(seen));
        return scene.serve(request, em -> {
            Document mine = em.find(Document.class, seen.getId());
            scene.meanwhile(other -> other.remove(other.find(Document.class, seen.getId())));
            DOCUMENTS.check(em, mine, request);
            write.of(em, mine);
        });
    }

    private static String another(Scene scene) {
        Document stated = scene.newDocument();
        Document another = scene.newDocument();
        ConditionalRequest request = stating(DOCUMENTS.tag(stated));
        String outcome = scene.serve(request, em -> {
            Document mine = em.find(Document.class, another.getId());
            scene.renameMeanwhile(another.getId(), "theirs");
            DOCUMENTS.find(em, stated.getId(), request).rename("mine");
            mine.rename("mine");
        });
        return scene.lost(outcome, another.getId());
    }

    private interface Stateless {
        void write(StatelessSession session, Object entity);
    }

    /** By name, since the type of the factory needs a module of JNDI that nothing else here does. */
    private static StatelessSession open(Scene scene) throws ReflectiveOperationException {
        return (StatelessSession)
                scene.factory().getClass().getMethod("openStatelessSession").invoke(scene.factory());
    }

    private static String stateless(Scene scene, Stateless write) throws ReflectiveOperationException {
        Document seen = scene.newDocument();
        scene.renameMeanwhile(seen.getId(), "theirs");
        seen.rename("mine");
        try (StatelessSession session = open(scene)) {
            String outcome = scene.answered(stating(null), () -> {
                session.beginTransaction();
                write.write(session, seen);
                session.getTransaction().commit();
            });
            if (session.getTransaction().isActive()) {
                session.getTransaction().rollback();
            }
            boolean told = outcome.equals("ok 200");
            return told && !"mine".equals(scene.stored(seen.getId()).getTitle())
                    ? outcome + ", mine is not stored"
                    : scene.lost(outcome, seen.getId());
        }
    }
}
