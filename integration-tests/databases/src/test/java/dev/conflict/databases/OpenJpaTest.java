package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conflict.Conflict;
import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Disclosure;
import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.jpa.JpaConflictReader;
import dev.conflict.sql.ConstraintCatalog;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.persistence.PersistenceException;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What OpenJPA 4 throws: an {@code OptimisticLockException} for a lock that is not given in time, and the database's own exception
 * beside the causes rather than among them.
 */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class OpenJpaTest {
    private static final JpaConflictReader READER = JpaConflictReader.of(
            ConstraintCatalog.builder().unique("uk_page_title", "title").build());

    /** When the provider finds out. */
    enum Phase {
        FLUSH,
        COMMIT;

        void reach(EntityManager em) {
            if (this == FLUSH) {
                em.flush();
            }
        }
    }

    private final Database database;
    private final EntityManagerFactory factory;

    OpenJpaTest(DatabaseEngine engine) {
        database = engine.fresh();
        database.execute("create table page (id bigint primary key, title varchar(200), version bigint not null,"
                + " constraint uk_page_title unique (title))");
        String wait = engine == DatabaseEngine.H2 ? ";LOCK_TIMEOUT=300" : "?options=-c%20lock_timeout=300";
        factory = Persistence.createEntityManagerFactory(
                "pages",
                Map.of(
                        "jakarta.persistence.provider",
                        "org.apache.openjpa.persistence.PersistenceProviderImpl",
                        "jakarta.persistence.jdbc.url",
                        database.url() + wait,
                        "jakarta.persistence.jdbc.user",
                        database.user(),
                        "jakarta.persistence.jdbc.password",
                        database.password(),
                        "jakarta.persistence.jdbc.driver",
                        engine == DatabaseEngine.H2 ? "org.h2.Driver" : "org.postgresql.Driver",
                        "openjpa.RuntimeUnenhancedClasses",
                        "supported",
                        "openjpa.Log",
                        "none"));
        write(em -> {
            em.persist(page(1, "first"));
            em.persist(page(2, "second"));
        });
    }

    @AfterEach
    void close() {
        factory.close();
        database.close();
    }

    private static Page page(long id, String title) {
        Page page = new Page(id);
        page.rename(title);
        return page;
    }

    private void write(Consumer<EntityManager> work) {
        try (EntityManager em = factory.createEntityManager()) {
            em.getTransaction().begin();
            try {
                work.accept(em);
                em.getTransaction().commit();
            } finally {
                if (em.getTransaction().isActive()) {
                    em.getTransaction().rollback();
                }
            }
        }
    }

    private Conflict conflict(Consumer<EntityManager> work) {
        PersistenceException thrown = catchThrowableOfType(PersistenceException.class, () -> write(work));
        return READER.read(thrown).orElseThrow(() -> new AssertionError(thrown)).conflict();
    }

    @ParameterizedTest
    @EnumSource
    void staleRowIsALostRace(Phase phase) {
        assertThat(conflict(em -> {
                    Page mine = em.find(Page.class, 1L);
                    write(other -> other.find(Page.class, 1L).rename("theirs"));
                    mine.rename("mine");
                    phase.reach(em);
                }))
                .isInstanceOf(Conflict.VersionMismatch.class);
    }

    @ParameterizedTest
    @EnumSource
    void takenValueIsTheConstraints(Phase phase) {
        assertThat(conflict(em -> {
                    em.persist(page(3, "first"));
                    phase.reach(em);
                }))
                .isEqualTo(new Conflict.Uniqueness(null, "title", Disclosure.HIDDEN));
    }

    @ParameterizedTest
    @EnumSource
    void lockThatIsNotGivenInTimeIsConcurrency(Phase phase) {
        write(holder -> {
            holder.find(Page.class, 1L).rename("theirs");
            holder.flush();
            assertThat(conflict(em -> {
                        em.find(Page.class, 1L).rename("mine");
                        phase.reach(em);
                    }))
                    .isEqualTo(new Conflict.Concurrency(ConcurrencyReason.LOCK_TIMEOUT));
        });
    }
}
