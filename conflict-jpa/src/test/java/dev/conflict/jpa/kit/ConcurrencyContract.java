package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.ConflictReaders;
import dev.conflict.http.ConditionalRequest;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Transactions in each other's way: a conflict of its own kind, whatever the provider's exception is called. */
public abstract class ConcurrencyContract extends Kit {
    @Test
    void deadlockIsConcurrencyEvenIfAVersionWasStated() throws Exception {
        Document one = newDocument();
        Document two = newDocument();
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);

        CompletableFuture<Served> other =
                CompletableFuture.supplyAsync(() -> crossing(two.getId(), one.getId(), bothHoldOne));
        Served mine = crossing(one.getId(), two.getId(), bothHoldOne);
        List<Served> refused = Stream.of(mine, other.get(60, TimeUnit.SECONDS))
                .filter(served -> !served.committed())
                .toList();

        assertThat(refused).singleElement().satisfies(served -> {
            assertThat(served.status()).as(String.valueOf(served.thrown())).isEqualTo(409);
            assertThat(served.type()).endsWith(":concurrency");
            assertThat(served.member("retryable")).isEqualTo(true);
            assertThat(served.answer().orElseThrow().fields()).containsKey("Retry-After");
            // Who goes by the name tells a writer of an edit that nobody made.
            assertThat(ConflictReaders.chain(Objects.requireNonNull(served.thrown())))
                    .matches(chain ->
                            chain.stream().anyMatch(OptimisticLockException.class::isInstance) == stack.isHibernate6());
        });
    }

    private Served crossing(long first, long second, CyclicBarrier bothHoldOne) {
        ConditionalRequest request = request("PATCH", tagOf(first));
        return serve(request, em -> {
            DOCUMENTS.find(em, first, request).rename("mine");
            em.flush();
            await(bothHoldOne);
            em.createQuery("update Document d set d.title = 'mine' where d.id = :id")
                    .setParameter("id", second)
                    .executeUpdate();
        });
    }

    @Test
    void lockThatIsNotGivenInTimeIsConcurrency() {
        Document document = newDocument();
        Consumer<EntityManager> waiting = em -> em.find(
                Document.class,
                document.getId(),
                LockModeType.PESSIMISTIC_WRITE,
                Map.of("jakarta.persistence.lock.timeout", 0));

        meanwhile(holder -> {
            holder.find(Document.class, document.getId(), LockModeType.PESSIMISTIC_WRITE);
            Served served = serve(waiting);

            assertThat(served.status()).as(String.valueOf(served.thrown())).isEqualTo(409);
            assertThat(served.type()).endsWith(":concurrency");
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
