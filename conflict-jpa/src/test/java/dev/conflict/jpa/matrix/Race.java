package dev.conflict.jpa.matrix;

import static dev.conflict.jpa.matrix.Scene.DOCUMENTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.EntityTag;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.ConflictTransactions;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.jpa.kit.Document;
import dev.conflict.jpa.kit.Remark;
import dev.conflict.jpa.matrix.Scene.Told;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Writers who all state the version that all saw: once with a single attempt, when at most one wins and all others may lose to
 * a deadlock, and once with attempts for those, when exactly one wins and all others learn the version.
 */
final class Race {
    private static final int WRITERS = 8;

    /** What a writer does in his transaction. */
    private interface Write {
        void of(EntityManager em, ConditionalRequest request);
    }

    private final Scene scene;
    private final long id;
    private final Write write;
    private final LongSupplier count;

    private Race(Scene scene, long id, Write write, LongSupplier count) {
        this.scene = scene;
        this.id = id;
        this.write = write;
        this.count = count;
    }

    static Race ofOneRow(Cell cell) {
        Scene scene = new Scene(cell);
        long id = scene.newDocument().getId();
        return new Race(
                scene,
                id,
                (em, request) -> {
                    Document document = DOCUMENTS.find(em, id, request);
                    document.rename(document.getTitle() + "+");
                },
                () -> String.valueOf(scene.stored(id).getTitle()).length() - "first".length());
    }

    static Race ofParts(Cell cell) {
        Scene scene = new Scene(cell);
        EntityVersions<Document> aggregates = DOCUMENTS.ofAggregate();
        long id = scene.newDocument().getId();
        return new Race(
                scene,
                id,
                (em, request) -> em.persist(new Remark(Scene.newId(), aggregates.find(em, id, request), "mine")),
                () -> scene.inTransaction(
                        em -> em.createQuery("select count(r) from Remark r where r.document.id = :id", Long.class)
                                .setParameter("id", id)
                                .getSingleResult()));
    }

    void run(int rounds) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            long won = 0;
            for (int round = 0; round < rounds; round++) {
                long winners = once(writers);
                assertThat(winners).as("winners of one attempt each").isLessThanOrEqualTo(1);
                won += winners;
                assertThat(count.getAsLong()).as("changes that are stored").isEqualTo(won);
                won += untilItIsClear(writers);
                assertThat(count.getAsLong()).as("changes that are stored").isEqualTo(won);
            }
        } finally {
            writers.shutdownNow();
        }
    }

    private long once(ExecutorService writers) throws Exception {
        List<Told> answers = together(
                writers, tag(), request -> Scene.answer(request, () -> scene.meanwhile(em -> write.of(em, request))));
        assertThat(answers)
                .filteredOn(answer -> !answer.isWon())
                .allSatisfy(answer -> assertThat(answer.told())
                        .isIn("version 412", "deadlock 409", "serialization-failure 409", "lock-timeout 409"));
        return winners(answers);
    }

    private long untilItIsClear(ExecutorService writers) throws Exception {
        EntityTag seen = tag();
        ConflictTransactions transactions = ConflictTransactions.of(scene.factory());
        List<Told> answers = together(
                writers,
                seen,
                request -> Scene.answer(
                        request,
                        () -> transactions.run(request, em -> {
                            write.of(em, request);
                            return true;
                        })));
        String now = tag().toString();
        assertThat(now).isNotEqualTo(seen.toString());
        assertThat(winners(answers)).as("winners").isEqualTo(1);
        assertThat(answers).filteredOn(answer -> !answer.isWon()).allSatisfy(answer -> {
            assertThat(answer.told()).isEqualTo("version 412");
            assertThat(answer.currentTag()).isEqualTo(now);
        });
        return 1;
    }

    private static long winners(List<Told> answers) {
        return answers.stream().filter(Told::isWon).count();
    }

    private EntityTag tag() {
        return DOCUMENTS.tag(scene.stored(id));
    }

    private interface Writer {
        Told write(ConditionalRequest request);
    }

    private static List<Told> together(ExecutorService writers, EntityTag seen, Writer writer) throws Exception {
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Future<Told>> running = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            running.add(writers.submit(() -> {
                ConditionalRequest request = Scene.stating(seen);
                start.await(30, TimeUnit.SECONDS);
                return writer.write(request);
            }));
        }
        List<Told> answers = new ArrayList<>();
        for (Future<Told> each : running) {
            answers.add(each.get(120, TimeUnit.SECONDS));
        }
        return answers;
    }
}
