package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.conflict.Conflicts;
import dev.conflict.Revision;
import dev.conflict.http.ConditionalRequest;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Ways to compare and write, held against what they are known to do. The ones that lose an update by themselves are written
 * with and without the guard; the ones that are safe must stay so.
 *
 * <table>
 * <caption>Where each is tested</caption>
 * <tr><th>pattern</th><th>without the guard</th><th>with it</th></tr>
 * <tr><td>the client's version on the managed entity (E2)</td>
 *     <td>{@code UnguardedContract.unguardedVersionSetOnAManagedEntity...},
 *     {@link #versionSetOnAManagedEntityLetsSeveralWinUnderHibernate}</td>
 *     <td>{@code VersionWritesContract}, {@code UnguardedContract.guardedVersionInTheBodyIsRefused}, {@code RaceContract}</td></tr>
 * <tr><td>compared in one transaction, deleted in another (E4)</td>
 *     <td>{@code UnguardedContract.unguardedComparisonBeforeADelete...}</td>
 *     <td>{@link #deleteOfWhatSomebodyChangedSinceIsRefused}</td></tr>
 * <tr><td>nothing changed (E7)</td>
 *     <td>{@code UnguardedContract.unguardedWriteThatChangesNothing...}</td>
 *     <td>{@code UnguardedContract.guardedWriteThatChangesNothing...}, {@link #locksSeeAChangeThoughNothingIsWritten} (E8, E9)</td></tr>
 * <tr><td>bulk update that leaves the version (E10)</td>
 *     <td>{@link #bulkUpdateIsOverwrittenUnderHibernate}</td>
 *     <td>{@link #updateWithoutLoadingIsNotOverwritten}, {@link #bulkUpdateThatMovesTheVersionIsNotOverwritten} (E11)</td></tr>
 * <tr><td>compared in one transaction, written in another (E13)</td>
 *     <td>{@code UnguardedContract.unguardedComparisonInATransactionOfItsOwn...}</td>
 *     <td>{@code UnguardedContract.guardedComparisonOutsideTheWritingTransaction...}</td></tr>
 * <tr><td>parts under their root's version</td><td colspan="2">{@code AggregateContract}</td></tr>
 * <tr><td>a pessimistic increment under EclipseLink</td>
 *     <td>{@code AggregateContract.pessimisticIncrementReadsTheRowAnew...}</td>
 *     <td>{@code AggregateContract.rootThatIsStaleWhenItIsLocked...}</td></tr>
 * <tr><td>a snapshot older than the comparison, MySQL and MariaDB</td><td colspan="2">{@code MatrixContract}</td></tr>
 * <tr><td>a moment as version</td><td colspan="2">{@code MomentContract}</td></tr>
 * <tr><td>a swallowed failure before the commit</td><td colspan="2">{@code TransactionsContract}</td></tr>
 * <tr><td>an answer before the commit, or a lost answer to it</td><td colspan="2">{@code CommitPhaseContract}</td></tr>
 * <tr><td>a deadlock by the name of an optimistic lock</td>
 *     <td colspan="2">{@code ConcurrencyContract.deadlockIsConcurrency...}</td></tr>
 * <tr><td>safe by themselves: E1, E3, E5, E6, E12</td>
 *     <td>{@link #safeOnesStaySafe}</td><td>{@code CreationRaceContract} for E12</td></tr>
 * </table>
 */
public abstract class PatternsContract extends Kit {
    private static final int WRITERS = 8;
    private static final int ROUNDS = 10;

    private int winners(BiConsumer<EntityManager, Document> write) throws Exception {
        int winners = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Document seen = newDocument();
            List<Served> all = together(WRITERS, () -> serve(em -> write.accept(em, seen)));
            winners += (int) all.stream().filter(Served::committed).count();
        }
        return winners;
    }

    @Test
    void versionSetOnAManagedEntityLetsSeveralWinUnderHibernate() throws Exception {
        int winners = winners((em, seen) -> {
            Document managed = em.find(Document.class, seen.getId());
            managed.setVersion(seen.getVersion());
            managed.rename(Thread.currentThread().getName());
        });

        if (stack.isHibernate()) {
            assertThat(winners).isGreaterThan(ROUNDS);
        } else {
            assertThat(winners).isEqualTo(ROUNDS);
        }
    }

    /** What keeps the version in the {@code WHERE} clause, or compares it with what is written. */
    enum Safe {
        CHANGE_OF_A_MANAGED_ENTITY {
            @Override
            void write(EntityManager em, Document seen, Runnable meanwhile) {
                Document managed = em.find(Document.class, seen.getId());
                Conflicts.requireVersion(Revision.of(seen.getVersion()), managed.getVersion());
                meanwhile.run();
                managed.rename("mine");
            }
        },
        MERGE_OF_A_DETACHED_COPY {
            @Override
            void write(EntityManager em, Document seen, Runnable meanwhile) {
                meanwhile.run();
                seen.rename("mine");
                em.merge(seen);
            }
        },
        REMOVAL_IN_THE_CONTEXT_THAT_READ {
            @Override
            void write(EntityManager em, Document seen, Runnable meanwhile) {
                Document managed = em.find(Document.class, seen.getId());
                meanwhile.run();
                em.remove(managed);
            }
        },
        COMPARE_AND_SET_BY_QUERY {
            @Override
            void write(EntityManager em, Document seen, Runnable meanwhile) {
                meanwhile.run();
                Conflicts.requireUpdated(
                        em.createNativeQuery("update document set title = 'mine', version = version + 1 where id = "
                                        + seen.getId() + " and version = " + seen.getVersion())
                                .executeUpdate());
            }
        };

        abstract void write(EntityManager em, Document seen, Runnable meanwhile);
    }

    @ParameterizedTest
    @EnumSource
    void safeOnesStaySafe(Safe way) {
        Document seen = newDocument();

        Served served = serve(em -> way.write(em, seen, () -> renameMeanwhile(seen.getId(), "theirs")));

        assertThat(served.status()).as(String.valueOf(served.thrown())).isEqualTo(409);
        assertThat(served.type()).endsWith(":version-mismatch");
        assertThat(stored(seen.getId()).getTitle()).isEqualTo("theirs");
    }

    @ParameterizedTest
    @EnumSource(
            value = LockModeType.class,
            names = {"OPTIMISTIC", "OPTIMISTIC_FORCE_INCREMENT"})
    void locksSeeAChangeThoughNothingIsWritten(LockModeType lock) {
        Document seen = newDocument();

        Served served = serve(em -> {
            Document managed = em.find(Document.class, seen.getId(), lock);
            renameMeanwhile(seen.getId(), "theirs");
            managed.rename("first");
        });

        assertThat(served.status()).as(String.valueOf(served.thrown())).isEqualTo(409);
    }

    @Test
    void deleteOfWhatSomebodyChangedSinceIsRefused() {
        Document seen = newDocument();
        ConditionalRequest request = request("DELETE", DOCUMENTS.tag(seen));
        renameMeanwhile(seen.getId(), "theirs");

        Served served = serve(request, em -> DOCUMENTS.delete(em, seen.getId(), request));

        assertThat(served.status()).isEqualTo(412);
        assertThat(isStored(seen.getId())).isTrue();
    }

    /** Somebody who read before the others' change writes after it, under the tag that he has. */
    private Served late(Document seen, Consumer<EntityManager> theirs) {
        meanwhile(theirs);
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(seen));
        return serve(request, em -> DOCUMENTS.find(em, seen.getId(), request).rename("mine"));
    }

    @Test
    void bulkUpdateIsOverwrittenUnderHibernate() {
        Document seen = newDocument();

        Served served = late(
                seen,
                em -> em.createQuery("update Document d set d.title = 'theirs' where d.id = :id")
                        .setParameter("id", seen.getId())
                        .executeUpdate());

        // EclipseLink moves the version with it.
        assertThat(served.status()).isEqualTo(stack.isHibernate() ? 200 : 412);
        assertThat(stored(seen.getId()).getTitle()).isEqualTo(stack.isHibernate() ? "mine" : "theirs");
    }

    @Test
    void updateWithoutLoadingIsNotOverwritten() {
        Document seen = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(seen));

        Served served = late(
                seen,
                em -> DOCUMENTS
                        .withoutLoading()
                        .update(em, seen.getId(), request, update -> update.set("title", "theirs")));

        assertThat(served.status()).isEqualTo(412);
        assertThat(stored(seen.getId()).getTitle()).isEqualTo("theirs");
    }

    @Test
    void bulkUpdateThatMovesTheVersionIsNotOverwritten() {
        assumeThat(stack.isHibernate()).isTrue();
        Document seen = newDocument();

        Served served = late(
                seen,
                em -> em.createQuery("update versioned Document d set d.title = 'theirs' where d.id = :id")
                        .setParameter("id", seen.getId())
                        .executeUpdate());

        assertThat(served.status()).isEqualTo(412);
        assertThat(stored(seen.getId()).getTitle()).isEqualTo("theirs");
    }
}
