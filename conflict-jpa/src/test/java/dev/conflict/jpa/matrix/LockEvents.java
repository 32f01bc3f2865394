package dev.conflict.jpa.matrix;

import static dev.conflict.jpa.matrix.Scene.DOCUMENTS;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.kit.Document;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
                new Event("statement that takes too long", LockEvents::slow));
    }

    private static String find(Scene scene) {
        Document document = scene.newDocument();
        return whileHeld(
                scene,
                holder -> holder.find(Document.class, document.getId(), LockModeType.PESSIMISTIC_WRITE),
                em -> em.find(
                        Document.class,
                        document.getId(),
                        LockModeType.PESSIMISTIC_WRITE,
                        Map.of("jakarta.persistence.lock.timeout", 0)));
    }

    private static String flush(Scene scene) {
        Document document = scene.newDocument();
        return whileHeld(
                scene,
                holder -> {
                    holder.find(Document.class, document.getId()).rename("theirs");
                    holder.flush();
                },
                em -> {
                    em.find(Document.class, document.getId()).rename("mine");
                    em.flush();
                });
    }

    /** One holds what another wants; who waits for ever is let go once that is clear. */
    private static String whileHeld(Scene scene, Consumer<EntityManager> hold, Consumer<EntityManager> want) {
        List<CompletableFuture<String>> waiting = new ArrayList<>();
        String[] outcome = new String[1];
        scene.meanwhile(holder -> {
            hold.accept(holder);
            waiting.add(CompletableFuture.supplyAsync(() -> scene.serve(want)));
            outcome[0] = waiting.get(0)
                    .copy()
                    .completeOnTimeout("still waits after 5 s", 5, TimeUnit.SECONDS)
                    .join();
        });
        waiting.get(0).join();
        return outcome[0];
    }

    /** A second is all that is given to a query that takes several, or for ever. */
    private static String slow(Scene scene) {
        long begun = System.nanoTime();
        String outcome =
                scene.serve(em -> em.createNativeQuery(scene.cell().engine().longQuery())
                        .setHint("jakarta.persistence.query.timeout", 1000)
                        .getSingleResult());
        boolean late = System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(1);
        return late && outcome.equals("ok 200") ? outcome + ", too late" : outcome;
    }

    private static String deadlock(Scene scene) throws Exception {
        Document one = scene.newDocument();
        Document two = scene.newDocument();
        CountDownLatch bothHoldOne = new CountDownLatch(2);
        CompletableFuture<String> other = CompletableFuture.supplyAsync(() -> crossing(scene, two, one, bothHoldOne));
        String mine = crossing(scene, one, two, bothHoldOne);
        return Stream.of(mine, other.get(60, TimeUnit.SECONDS))
                .filter(outcome -> !outcome.startsWith("ok"))
                .collect(Collectors.joining(" and "));
    }

    private static String crossing(Scene scene, Document first, Document second, CountDownLatch bothHoldOne) {
        ConditionalRequest request = Scene.stating(DOCUMENTS.tag(first));
        try {
            return scene.serve(request, em -> {
                DOCUMENTS.find(em, first.getId(), request).rename("mine");
                em.flush();
                bothHoldOne.countDown();
                await(bothHoldOne);
                em.createQuery("update Document d set d.title = 'mine' where d.id = :id")
                        .setParameter("id", second.getId())
                        .executeUpdate();
            });
        } finally {
            bothHoldOne.countDown(); // also if it got none
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The other one neither holds a row nor has failed");
            }
        } catch (InterruptedException broken) {
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
