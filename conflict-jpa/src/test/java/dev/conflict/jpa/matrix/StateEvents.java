package dev.conflict.jpa.matrix;

import dev.conflict.jpa.ConflictTransactions;
import dev.conflict.jpa.kit.Document;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.util.List;

/** Transactions that have failed already, and are to be committed. */
final class StateEvents {
    private StateEvents() {}

    static List<Event> all() {
        return List.of(
                new Event("failure swallowed, then a commit", scene -> {
                    Document document = scene.newDocument();
                    return stored(scene, document, scene.serve(em -> swallow(em, document)));
                }),
                new Event("failure swallowed, then a commit: guarded", scene -> {
                    Document document = scene.newDocument();
                    String outcome = scene.answered(
                            Scene.stating(null),
                            () -> ConflictTransactions.of(scene.factory()).run(em -> {
                                swallow(em, document);
                                return document;
                            }));
                    return stored(scene, document, outcome);
                }));
    }

    private static void swallow(EntityManager em, Document document) {
        em.find(Document.class, document.getId()).rename("mine");
        String insert = "insert into document (id, version) values (" + document.getId() + ", 0)";
        try {
            em.createNativeQuery(insert).executeUpdate();
        } catch (PersistenceException duplicate) {
            // as much code does that logs and goes on
        }
    }

    private static String stored(Scene scene, Document document, String outcome) {
        boolean mine = "mine".equals(scene.stored(document.getId()).getTitle());
        return outcome + (mine ? ", stored" : ", nothing stored");
    }
}
