package dev.conflict.jpa.matrix;

import dev.conflict.jpa.kit.Document;
import dev.conflict.jpa.kit.Memo;
import dev.conflict.jpa.kit.Product;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.util.List;

/** Entities that come back from outside, and versions that do not move as one thinks. */
final class MergeEvents {
    private MergeEvents() {}

    static List<Event> all() {
        return List.of(
                new Event("stale copy merged", MergeEvents::stale),
                new Event("copy without a version merged", MergeEvents::unversioned),
                new Event("copy of a deleted row merged", scene -> deleted(scene, 3)),
                new Event("copy of a deleted row merged, version 0", scene -> deleted(scene, 0)),
                new Event("entity changed under a forced increment", MergeEvents::forced),
                new Event("rows changed by one statement", MergeEvents::bulk),
                new Event("flush that is rolled back", MergeEvents::rolledBack),
                new Event("entity persisted again after a failure", MergeEvents::again));
    }

    private static String stale(Scene scene) {
        Document seen = scene.newDocument();
        scene.renameMeanwhile(seen.getId(), "theirs");
        seen.rename("mine");
        return scene.lost(scene.serve(em -> em.merge(seen)), seen.getId());
    }

    private static String unversioned(Scene scene) {
        String id = "memo" + Scene.newId();
        scene.meanwhile(em -> em.persist(new Memo(id, "first")));
        scene.meanwhile(em -> em.find(Memo.class, id).write("theirs"));
        String outcome = scene.serve(em -> em.merge(new Memo(id, "mine")));
        String text = scene.inTransaction(em -> em.find(Memo.class, id)).getText();
        return "mine".equals(text) ? outcome + ", theirs is lost" : outcome;
    }

    private static String deleted(Scene scene, long version) {
        Document copy = new Document(Scene.newId(), "mine");
        copy.setVersion(version);
        String outcome = scene.serve(em -> em.merge(copy));
        boolean back = scene.inTransaction(em -> em.find(Document.class, copy.getId()) != null);
        return back ? outcome + ", the row is back" : outcome;
    }

    private static String forced(Scene scene) {
        Document document = scene.newDocument();
        String outcome = scene.serve(em -> {
            Document managed = em.find(Document.class, document.getId());
            em.lock(managed, LockModeType.OPTIMISTIC_FORCE_INCREMENT);
            managed.rename("mine");
        });
        return outcome + moved(scene, document);
    }

    private static String bulk(Scene scene) {
        Document document = scene.newDocument();
        String outcome = scene.serve(em -> em.createQuery("update Document d set d.title = 'mine' where d.id = :id")
                .setParameter("id", document.getId())
                .executeUpdate());
        return outcome + moved(scene, document);
    }

    private static String moved(Scene scene, Document from) {
        long now = scene.inTransaction(em -> {
                    Document there = em.find(Document.class, from.getId());
                    em.refresh(there);
                    return there;
                })
                .getVersion();
        return ", version +" + (now - from.getVersion());
    }

    private static String rolledBack(Scene scene) {
        Document document = scene.newDocument();
        Document[] mine = new Document[1];
        String outcome = scene.serve(em -> {
            mine[0] = em.find(Document.class, document.getId());
            mine[0].rename("mine");
            em.flush();
            em.getTransaction().rollback();
            em.getTransaction().begin();
        });
        return outcome + ", in memory +" + (mine[0].getVersion() - document.getVersion());
    }

    private static String again(Scene scene) {
        String taken = "sku" + Scene.newId();
        scene.meanwhile(em -> em.persist(new Product(Scene.newId(), taken)));
        Product product = new Product(Scene.newId(), taken);
        try {
            scene.meanwhile(em -> em.persist(product));
            return "not refused";
        } catch (PersistenceException refused) {
            product.setSku("free" + Scene.newId());
            return scene.serve(em -> em.persist(product));
        }
    }
}
