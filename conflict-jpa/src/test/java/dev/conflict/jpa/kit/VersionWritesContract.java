package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.conflict.Revision;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.jpa.VersionWrites;
import jakarta.persistence.CacheRetrieveMode;
import jakarta.persistence.CacheStoreMode;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.LockModeType;
import java.math.BigDecimal;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A version that is written by hand is found where the provider would ignore it, and nothing else is. What happens without that
 * stands in {@link UnguardedContract}.
 */
public abstract class VersionWritesContract extends Kit {
    @SuppressWarnings("NullAway.Init") // before each test
    private EntityManagerFactory watched;

    @BeforeEach
    void open() {
        watched = stack.another();
        VersionWrites.refuse(watched);
    }

    @AfterEach
    void close() {
        watched.close();
    }

    private void watched(Consumer<EntityManager> work) {
        try (EntityManager em = watched.createEntityManager()) {
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

    /** By a query, since each factory may have a cache of its own. */
    private String title(long id) {
        try (EntityManager em = watched.createEntityManager()) {
            return em.createQuery("select d.title from Document d where d.id = :id", String.class)
                    .setParameter("id", id)
                    .getSingleResult();
        }
    }

    private static Throwable deepest(Throwable thrown) {
        Throwable each = thrown;
        while (each.getCause() != null) {
            each = each.getCause();
        }
        return each;
    }

    private void assertRefused(Document seen, Consumer<EntityManager> work) {
        assertThatThrownBy(() -> watched(work)).satisfies(thrown -> {
            if (stack.isHibernate()) {
                assertThat(deepest(thrown))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("The version of " + Document.class.getName() + " was written by hand")
                        .hasMessageContaining("EntityVersions.check(em, entity, revision)");
            }
        });
        assertThat(title(seen.getId())).isEqualTo("theirs");
    }

    @Test
    void staleVersionOnAManagedEntityFailsAndLosesNothing() {
        Document seen = newDocument();
        renameMeanwhile(seen.getId(), "theirs");

        assertRefused(seen, em -> {
            Document managed = em.find(Document.class, seen.getId());
            managed.setVersion(seen.getVersion());
            managed.rename("mine");
        });
    }

    @Test
    void staleVersionOnAnEntityThatIsRemovedFailsAndDeletesNothing() {
        Document seen = newDocument();
        renameMeanwhile(seen.getId(), "theirs");

        assertRefused(seen, em -> {
            Document managed = em.find(Document.class, seen.getId());
            managed.setVersion(seen.getVersion());
            em.remove(managed);
        });
    }

    @Test
    void staleVersionIsFoundByTheNextQuery() {
        Document seen = newDocument();
        renameMeanwhile(seen.getId(), "theirs");

        assertRefused(seen, em -> {
            Document managed = em.find(Document.class, seen.getId());
            managed.setVersion(seen.getVersion());
            managed.rename("mine");
            em.createQuery("select count(d) from Document d", Long.class).getSingleResult();
            em.getTransaction().commit();
        });
    }

    @Test
    void staleVersionIsFoundAlsoIfNothingElseWasChanged() {
        assumeThat(stack.isHibernate()).isTrue();
        Document seen = newDocument();
        renameMeanwhile(seen.getId(), "theirs");

        assertRefused(seen, em -> em.find(Document.class, seen.getId()).setVersion(seen.getVersion()));
    }

    /** Also without {@link VersionWrites}: what is compared has to be the row's version, not the client's own. */
    @Test
    void checkOfAVersionThatWasWrittenByHandIsRefused() {
        assumeThat(stack.isHibernate()).isTrue();
        Document seen = newDocument();
        renameMeanwhile(seen.getId(), "theirs");

        assertThatThrownBy(() -> meanwhile(em -> {
                    Document managed = em.find(Document.class, seen.getId());
                    managed.setVersion(seen.getVersion());
                    DOCUMENTS.check(em, managed, Revision.of(seen.getVersion()));
                    managed.rename("mine");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("written by hand");
        assertThat(title(seen.getId())).isEqualTo("theirs");
    }

    @Test
    void checkOfAProxyOfSuchAVersionIsRefusedToo() {
        assumeThat(stack.isHibernate()).isTrue();
        Document seen = newDocument();
        renameMeanwhile(seen.getId(), "theirs");

        assertThatThrownBy(() -> meanwhile(em -> {
                    Document proxy = em.getReference(Document.class, seen.getId());
                    proxy.setVersion(seen.getVersion());
                    DOCUMENTS.check(em, proxy, Revision.of(seen.getVersion()));
                    proxy.rename("mine");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("written by hand");
        assertThat(title(seen.getId())).isEqualTo("theirs");
    }

    @Test
    void newEntityMayBringItsVersion() {
        long id = newId();

        watched(em -> {
            Document created = new Document(id, "first");
            created.setVersion(7);
            em.persist(created);
            created.rename("second");
            em.flush();
            created.rename("third");
        });

        assertThat(title(id)).isEqualTo("third");
    }

    @Test
    void mergeOfADetachedCopyIsLetAlone() {
        Document detached = newDocument();
        detached.rename("mine");

        watched(em -> em.merge(detached).rename("mine too"));
        assertThat(title(detached.getId())).isEqualTo("mine too");
        assertThatThrownBy(() -> watched(em -> em.merge(detached)))
                .satisfies(thrown -> assertThat(deepest(thrown)).isNotInstanceOf(IllegalStateException.class));
    }

    @Test
    void versionThatTheProviderMovesIsLetAlone() {
        Document document = newDocument();
        EntityVersions<Document> aggregates = DOCUMENTS.ofAggregate();

        for (LockModeType lock : new LockModeType[] {
            LockModeType.OPTIMISTIC_FORCE_INCREMENT,
            LockModeType.PESSIMISTIC_FORCE_INCREMENT,
            LockModeType.OPTIMISTIC,
            LockModeType.PESSIMISTIC_WRITE
        }) {
            watched(em -> {
                Document managed = em.find(Document.class, document.getId());
                managed.rename(lock + " 1");
                em.flush();
                em.lock(managed, lock);
                em.flush();
                managed.rename(lock + " 2");
                em.flush();
                em.refresh(managed);
                managed.rename(lock + " 3");
                em.persist(new Remark(newId(), managed, "part"));
            });
            assertThat(title(document.getId())).isEqualTo(lock + " 3");
        }
        watched(em -> {
            Document managed = em.getReference(Document.class, document.getId());
            aggregates.check(em, managed, Revision.of(managed.getVersion()));
            managed.rename("aggregate");
        });
        assertThat(title(document.getId())).isEqualTo("aggregate");
    }

    @Test
    void entityThatIsRemovedOrReadAfterABulkUpdateIsLetAlone() {
        long id = newId();
        watched(em -> em.persist(new Booking(id, "first", BigDecimal.ONE)));

        watched(em -> {
            em.createQuery("update Booking b set b.guest = 'bulk'").executeUpdate();
            em.clear();
            em.createQuery("select b from Booking b where b.id = :id", Booking.class)
                    .setParameter("id", id)
                    .setHint("jakarta.persistence.cache.retrieveMode", CacheRetrieveMode.BYPASS)
                    .setHint("jakarta.persistence.cache.storeMode", CacheStoreMode.REFRESH)
                    .getSingleResult()
                    .setGuest("second");
        });
        watched(em -> {
            Booking booking = em.find(Booking.class, id);
            em.createQuery("select b from Booking b").getResultList();
            assertThat(booking.getGuest()).isEqualTo("second");
            em.remove(booking);
        });
    }

    @Test
    void twiceIsOnce() {
        Document document = newDocument();
        VersionWrites.refuse(watched);

        watched(em -> em.find(Document.class, document.getId()).rename("mine"));

        assertThat(title(document.getId())).isEqualTo("mine");
    }
}
