package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.Conflict;
import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.harness.MariaDbServer;
import dev.conflict.jpa.JpaConflictReader;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.Persistence;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hibernate 6.6 calls a deadlock an optimistic lock failure; the database knows better. */
@Tag("mariadb")
class HibernateDeadlockTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"jdbc:mariadb:%s?sslMode=disable", "jdbc:mysql:%s?sslMode=DISABLED&allowPublicKeyRetrieval=true"
            })
    void deadlockIsConcurrencyAndNoLostRace(String url) throws Exception {
        Map<String, String> settings = Map.of(
                "jakarta.persistence.provider", "org.hibernate.jpa.HibernatePersistenceProvider",
                "jakarta.persistence.jdbc.url",
                        url.formatted(MariaDbServer.plain().freshDatabase()),
                "jakarta.persistence.jdbc.user", "root",
                "jakarta.persistence.jdbc.password", "");
        try (EntityManagerFactory factory = Persistence.createEntityManagerFactory("pages", settings)) {
            write(factory, em -> {
                em.persist(new Page(1));
                em.persist(new Page(2));
            });
            CyclicBarrier bothHoldOne = new CyclicBarrier(2);

            CompletableFuture<@Nullable Throwable> other =
                    CompletableFuture.supplyAsync(() -> crossing(factory, 2, 1, bothHoldOne));
            Throwable mine = crossing(factory, 1, 2, bothHoldOne);
            List<Throwable> refused = Stream.of(mine, other.get(60, TimeUnit.SECONDS))
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .toList();

            assertThat(refused).singleElement().satisfies(thrown -> {
                assertThat(thrown).isInstanceOf(OptimisticLockException.class);
                assertThat(new JpaConflictReader().read(thrown).orElseThrow().conflict())
                        .isEqualTo(new Conflict.Concurrency(ConcurrencyReason.DEADLOCK));
            });
        }
    }

    private interface Work {
        void in(EntityManager em) throws Exception;
    }

    private static @Nullable Throwable crossing(
            EntityManagerFactory factory, long first, long second, CyclicBarrier bothHoldOne) {
        try {
            write(factory, em -> {
                em.find(Page.class, first).rename("mine");
                em.flush();
                bothHoldOne.await(30, TimeUnit.SECONDS);
                em.find(Page.class, second).rename("mine");
                em.flush();
            });
            return null;
        } catch (Exception thrown) {
            return thrown;
        }
    }

    private static void write(EntityManagerFactory factory, Work work) throws Exception {
        try (EntityManager em = factory.createEntityManager()) {
            em.getTransaction().begin();
            try {
                work.in(em);
                em.getTransaction().commit();
            } finally {
                if (em.getTransaction().isActive()) {
                    em.getTransaction().rollback();
                }
            }
        }
    }
}
