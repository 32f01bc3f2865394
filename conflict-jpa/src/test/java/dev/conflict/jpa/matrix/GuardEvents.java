package dev.conflict.jpa.matrix;

import static dev.conflict.jpa.matrix.Scene.DOCUMENTS;

import dev.conflict.Revision;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.jpa.kit.Document;
import dev.conflict.jpa.kit.Remark;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;

/** What loses an update by itself, and the same under the guard. */
final class GuardEvents {
    private static final EntityVersions<Document> AGGREGATES = DOCUMENTS.ofAggregate();

    private GuardEvents() {}

    static List<Event> all() {
        return List.of(
                new Event("version set by hand", GuardEvents::setByHand),
                new Event("version set by hand: guarded", GuardEvents::checked),
                new Event("compared in another transaction", GuardEvents::comparedElsewhere),
                new Event("compared in another transaction: guarded", GuardEvents::comparedHere),
                new Event("deleted after a comparison in another transaction", GuardEvents::deletedElsewhere),
                new Event("deleted after a comparison in another transaction: guarded", GuardEvents::deletedHere),
                new Event("nothing changed", scene -> late(scene, GuardEvents::compare, (em, parent) -> {})),
                new Event("nothing changed: guarded", scene -> late(scene, DOCUMENTS::check, (em, parent) -> {})),
                new Event("part added", scene -> late(scene, GuardEvents::compare, GuardEvents::addPart)),
                new Event("part added: guarded", scene -> late(scene, DOCUMENTS::check, GuardEvents::addPart)),
                new Event(
                        "snapshot older than the comparison", scene -> afterARead(scene, GuardEvents::compareAndLock)),
                new Event("snapshot older than the comparison: guarded", scene -> afterARead(scene, DOCUMENTS::check)),
                new Event("two parts added", scene -> twoParts(scene, GuardEvents::compare)),
                new Event("two parts added: guarded", scene -> twoParts(scene, AGGREGATES::check)),
                new Event("rows changed by one statement: guarded", GuardEvents::unloaded));
    }

    /** Holds what a request states against an entity. */
    private interface Comparison {
        void of(EntityManager em, Document mine, ConditionalRequest request);
    }

    private interface Change {
        void of(EntityManager em, Document mine);
    }

    /** As an application does it that knows no better. */
    private static void compare(EntityManager em, Document mine, ConditionalRequest request) {
        request.require(dev.conflict.Target.of(Document.class, mine.getId()), DOCUMENTS.validators(mine));
    }

    /** As an application does it that has read the specification. */
    private static void compareAndLock(EntityManager em, Document mine, ConditionalRequest request) {
        compare(em, mine, request);
        em.lock(mine, LockModeType.OPTIMISTIC);
    }

    private static void addPart(EntityManager em, Document mine) {
        em.persist(new Remark(Scene.newId(), mine, "mine"));
    }

    private static String setByHand(Scene scene) {
        Document seen = scene.newDocument();
        scene.renameMeanwhile(seen.getId(), "theirs");
        String outcome = scene.serve(em -> {
            Document mine = em.find(Document.class, seen.getId());
            mine.setVersion(seen.getVersion());
            mine.rename("mine");
        });
        return scene.lost(outcome, seen.getId());
    }

    private static String checked(Scene scene) {
        Document seen = scene.newDocument();
        scene.renameMeanwhile(seen.getId(), "theirs");
        String outcome = scene.serve(em -> {
            Document mine = em.find(Document.class, seen.getId());
            DOCUMENTS.check(em, mine, Revision.of(seen.getVersion()));
            mine.rename("mine");
        });
        return scene.lost(outcome, seen.getId());
    }

    private static void compareAlone(Scene scene, Document seen) {
        scene.meanwhile(em -> compare(em, em.find(Document.class, seen.getId()), Scene.stating(DOCUMENTS.tag(seen))));
        scene.renameMeanwhile(seen.getId(), "theirs");
    }

    private static String comparedElsewhere(Scene scene) {
        Document seen = scene.newDocument();
        compareAlone(scene, seen);
        return scene.lost(
                scene.serve(em -> em.find(Document.class, seen.getId()).rename("mine")), seen.getId());
    }

    private static String comparedHere(Scene scene) {
        Document seen = scene.newDocument();
        compareAlone(scene, seen);
        ConditionalRequest request = Scene.stating(DOCUMENTS.tag(seen));
        return scene.lost(
                scene.serve(
                        request, em -> DOCUMENTS.find(em, seen.getId(), request).rename("mine")),
                seen.getId());
    }

    private static String deletedElsewhere(Scene scene) {
        Document seen = scene.newDocument();
        compareAlone(scene, seen);
        return scene.serve(em -> em.remove(em.find(Document.class, seen.getId())));
    }

    private static String deletedHere(Scene scene) {
        Document seen = scene.newDocument();
        compareAlone(scene, seen);
        ConditionalRequest request = Scene.stating(DOCUMENTS.tag(seen));
        return scene.serve(request, em -> DOCUMENTS.delete(em, seen.getId(), request));
    }

    /** Another writer changes the row between the read and the comparison. */
    private static String late(Scene scene, Comparison comparison, Change change) {
        Document seen = scene.newDocument();
        ConditionalRequest request = Scene.stating(DOCUMENTS.tag(seen));
        return scene.serve(request, em -> {
            Document mine = em.find(Document.class, seen.getId());
            scene.renameMeanwhile(seen.getId(), "theirs");
            comparison.of(em, mine, request);
            change.of(em, mine);
        });
    }

    /** Something else is read first, which sets the clock of those who read snapshots; then a part is written. */
    private static String afterARead(Scene scene, Comparison comparison) {
        Document seen = scene.newDocument();
        ConditionalRequest request = Scene.stating(DOCUMENTS.tag(seen));
        return scene.serve(request, em -> {
            em.createQuery("select count(m) from Memo m").getSingleResult();
            scene.renameMeanwhile(seen.getId(), "theirs");
            Document mine = em.find(Document.class, seen.getId());
            comparison.of(em, mine, request);
            addPart(em, mine);
        });
    }

    /** Both saw the same version of what they add to. */
    private static String twoParts(Scene scene, Comparison comparison) {
        Document seen = scene.newDocument();
        ConditionalRequest request = Scene.stating(DOCUMENTS.tag(seen));
        return scene.serve(request, em -> {
            Document mine = em.find(Document.class, seen.getId());
            ConditionalRequest theirs = Scene.stating(DOCUMENTS.tag(seen));
            scene.meanwhile(other -> {
                Document root = other.find(Document.class, seen.getId());
                comparison.of(other, root, theirs);
                addPart(other, root);
            });
            comparison.of(em, mine, request);
            addPart(em, mine);
        });
    }

    private static String unloaded(Scene scene) {
        Document seen = scene.newDocument();
        ConditionalRequest stale = Scene.stating("\"1-77\"");
        String refused = scene.serve(
                stale,
                em -> DOCUMENTS.withoutLoading().update(em, seen.getId(), stale, set -> set.set("title", "mine")));
        ConditionalRequest request = Scene.stating(DOCUMENTS.tag(seen));
        String done = scene.serve(
                request,
                em -> DOCUMENTS.withoutLoading().update(em, seen.getId(), request, set -> set.set("title", "mine")));
        long now = scene.inTransaction(em -> {
                    Document there = em.find(Document.class, seen.getId());
                    em.refresh(there);
                    return there;
                })
                .getVersion();
        return refused + ", then " + done + ", version +" + (now - seen.getVersion());
    }
}
