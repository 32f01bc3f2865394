package dev.conflict.jpa.matrix;

import static dev.conflict.jpa.matrix.Scene.DOCUMENTS;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.kit.Document;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Transactions in each other's way. */
final class LockEvents {
    private LockEvents() {}

    static List<Event> all() {
        return List.of(
                new Event("lock not given in time, to a find", LockEvents::find),
                new Event("lock not given in time, to a flush", LockEvents::flush),
                new Event("deadlock under a stated version", LockEvents::deadlock),
                new Event("row newer than the snapshot", LockEvents::snapshot),
                new Event("no serial order, at the commit", LockEvents::skew),
                new Event(
                        "statement that takes too long",
                        scene -> scene.serve(
                                em -> em.createNativeQuery(scene.cell().engine().longQuery())
                                        .setHint("jakarta.persistence.query.timeout", 1000)
                                        .getSingleResult())));
    }

    private static String find(Scene scene) {
        Document document = scene.newDocument();
        String[] outcome = new String[1];
        scene.meanwhile(holder -> {
            holder.find(Document.class, document.getId(), LockModeType.PESSIMISTIC_WRITE);
            outcome[0] = scene.serve(em -> em.find(
                    Document.class,
                    document.getId(),
                    LockModeType.PESSIMISTIC_WRITE,
                    Map.of("jakarta.persistence.lock.timeout", 0)));
        });
        return outcome[0];
    }

    private static String flush(Scene scene) {
        Document document = scene.newDocument();
        String[] outcome = new String[1];
        scene.meanwhile(holder -> {
            holder.find(Document.class, document.getId()).rename("theirs");
            holder.flush();
            outcome[0] = scene.serve(em -> {
                em.find(Document.class, document.getId()).rename("mine");
                em.flush();
            });
        });
        return outcome[0];
    }

    private static String deadlock(Scene scene) throws Exception {
        Document one = scene.newDocument();
        Document two = scene.newDocument();
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> crossing(scene, two, one, bothHoldOne));
        String mine = crossing(scene, one, two, bothHoldOne);
        return Stream.of(mine, other.get(60, TimeUnit.SECONDS))
                .filter(outcome -> !outcome.startsWith("ok"))
                .collect(Collectors.joining(" and "));
    }

    private static String crossing(Scene scene, Document first, Document second, CyclicBarrier bothHoldOne) {
        ConditionalRequest request = Scene.stating(DOCUMENTS.tag(first));
        return scene.serve(request, em -> {
            DOCUMENTS.find(em, first.getId(), request).rename("mine");
            em.flush();
            await(bothHoldOne);
            em.createQuery("update Document d set d.title = 'mine' where d.id = :id")
                    .setParameter("id", second.getId())
                    .executeUpdate();
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String snapshot(Scene scene) {
        Document document = scene.newDocument();
        String outcome = scene.as(Cell.Way.SNAPSHOTS).serve(em -> {
            scene.join(em);
            Document mine = em.find(Document.class, document.getId());
            scene.renameMeanwhile(document.getId(), "theirs");
            mine.rename("mine");
        });
        return scene.lost(outcome, document.getId());
    }

    /** Each reads both and changes one: neither would have, after the other. */
    private static String skew(Scene scene) {
        Document one = scene.newDocument();
        Document two = scene.newDocument();
        Scene serializable = scene.as(Cell.Way.SERIALIZABLE);
        return serializable.serve(em -> {
            scene.join(em);
            Document mine = em.find(Document.class, one.getId());
            em.find(Document.class, two.getId());
            serializable.meanwhile(other -> {
                scene.join(other);
                other.find(Document.class, one.getId());
                other.find(Document.class, two.getId()).rename("theirs");
            });
            mine.rename("mine");
        });
    }
}
