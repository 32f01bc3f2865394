package dev.conflict.jpa.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.Revision;
import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictEvent.Attempted;
import dev.conflict.event.ConflictEvent.Outcome;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.ConflictTransactions;
import dev.conflict.retry.Contention;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link ConflictTransactions} commits, tries again, and refuses to commit. */
public abstract class TransactionsContract extends Kit {
    private static final int WRITERS = 8;
    private static final int CHANGES = 10;

    private final List<ConflictEvent> events = Collections.synchronizedList(new ArrayList<>());

    private ConflictTransactions transactions() {
        return ConflictTransactions.of(stack.factory()).listener(events::add);
    }

    private static Document append(EntityManager em, long id, String text) {
        Document document = em.find(Document.class, id);
        document.rename(document.getTitle() + text);
        return document;
    }

    @Test
    void workIsCommittedAndItsResultReturned() {
        Document document = newDocument();

        Document changed = ConflictTransactions.run(
                stack.factory(), Contention.standard(), em -> append(em, document.getId(), "+"));

        assertThat(changed.getTitle()).isEqualTo("first+");
        assertThat(stored(document.getId()).getTitle()).isEqualTo("first+");
    }

    @Test
    void writersWhoStateNothingAllWinInTheEnd() throws Exception {
        Document document = newDocument();

        together(WRITERS, () -> {
            for (int i = 0; i < CHANGES; i++) {
                transactions().run(em -> append(em, document.getId(), "+"));
            }
            return true;
        });

        assertThat(stored(document.getId()).getTitle()).isEqualTo("first" + "+".repeat(WRITERS * CHANGES));
        assertThat(events)
                .hasSize(WRITERS * CHANGES)
                .allMatch(event -> ((Attempted) event).outcome() == Outcome.COMMITTED)
                .anyMatch(event -> ((Attempted) event).attempts() > 1);
    }

    @Test
    void versionThatTheClientStatedIsNotTriedAgain() {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));
        AtomicInteger attempts = new AtomicInteger();

        Served served = answered(
                request,
                () -> transactions().run(request, em -> {
                    attempts.incrementAndGet();
                    Document managed = DOCUMENTS.find(em, document.getId(), request);
                    renameMeanwhile(document.getId(), "theirs");
                    managed.rename("mine");
                    return managed;
                }));

        assertThat(served.status()).isEqualTo(412);
        assertThat(served.member("currentEtag"))
                .isEqualTo(tagOf(document.getId()).toString());
        assertThat(attempts).hasValue(1);
        assertThat(stored(document.getId()).getTitle()).isEqualTo("theirs");
        assertThat(events).containsExactly(new Attempted(Outcome.REFUSED, 1));
    }

    /** The flush writes nothing of these, so their versions are looked at once more before the commit. */
    @ParameterizedTest
    @EnumSource
    void rowThatTheFlushDidNotWriteIsComparedBeforeTheCommit(Unwritten unwritten) {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));

        Served served = answered(
                request,
                () -> transactions().run(request, em -> {
                    Document managed = DOCUMENTS.find(em, document.getId(), request);
                    unwritten.leave(em, managed);
                    renameMeanwhile(document.getId(), "theirs");
                    return managed;
                }));

        assertThat(served.status()).isEqualTo(412);
        assertThat(served.member("currentEtag"))
                .isEqualTo(tagOf(document.getId()).toString());
    }

    enum Unwritten {
        NOTHING_CHANGED {
            @Override
            void leave(EntityManager em, Document managed) {}
        },
        PART_ADDED {
            @Override
            void leave(EntityManager em, Document managed) {
                em.persist(new Remark(newId(), managed, "mine"));
            }
        },
        DETACHED {
            @Override
            void leave(EntityManager em, Document managed) {
                em.clear();
            }
        };

        abstract void leave(EntityManager em, Document managed);
    }

    @Test
    void whatWasFlushedAndDetachedIsCommitted() {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));

        transactions().run(request, em -> {
            Document managed = DOCUMENTS.find(em, document.getId(), request);
            managed.rename("mine");
            em.flush();
            em.clear();
            return managed;
        });

        assertThat(stored(document.getId()).getTitle()).isEqualTo("mine");
    }

    @Test
    void whatWasComparedAndRemovedIsGone() {
        Document document = newDocument();
        ConditionalRequest request = request("DELETE", DOCUMENTS.tag(document));

        transactions().run(request, em -> {
            em.remove(DOCUMENTS.find(em, document.getId(), request));
            return true;
        });

        assertThat(isStored(document.getId())).isFalse();
    }

    @Test
    void versionInTheBodyIsNotTriedAgainEither() {
        Document document = newDocument();
        renameMeanwhile(document.getId(), "theirs");

        assertThatThrownBy(() -> transactions().run(em -> {
                    Document managed = em.find(Document.class, document.getId());
                    DOCUMENTS.check(em, managed, Revision.of(document.getVersion()));
                    return managed;
                }))
                .isInstanceOf(ConflictException.VersionMismatch.class);
        assertThat(events).containsExactly(new Attempted(Outcome.REFUSED, 1));
    }

    @Test
    void deadlockIsTriedAgainUntilBothHaveWon() throws Exception {
        Document one = newDocument();
        Document two = newDocument();
        CyclicBarrier crossing = new CyclicBarrier(2);
        AtomicInteger turn = new AtomicInteger();

        together(2, () -> {
            boolean forwards = turn.getAndIncrement() == 0;
            AtomicInteger attempts = new AtomicInteger();
            return transactions().run(em -> {
                append(em, (forwards ? one : two).getId(), "+");
                em.flush();
                if (attempts.getAndIncrement() == 0) {
                    await(crossing);
                }
                return append(em, (forwards ? two : one).getId(), "+");
            });
        });

        assertThat(stored(one.getId()).getTitle()).isEqualTo("first++");
        assertThat(stored(two.getId()).getTitle()).isEqualTo("first++");
        assertThat(events)
                .extracting(event -> ((Attempted) event).outcome())
                .containsExactly(Outcome.COMMITTED, Outcome.COMMITTED);
    }

    @Test
    void conflictBetweenTransactionsThatNeverEndsSaysWhenToComeBack() {
        Document document = newDocument();

        assertThatThrownBy(() -> transactions()
                        .policy(Contention.standard().attempts(2))
                        .run(em -> {
                            throw ConflictException.concurrency(Conflict.ConcurrencyReason.DEADLOCK);
                        }))
                .isInstanceOf(ConflictException.Concurrency.class);
        assertThatThrownBy(() -> transactions()
                        .policy(Contention.standard().attempts(2))
                        .run(em -> {
                            Document managed = append(em, document.getId(), "+");
                            renameMeanwhile(document.getId(), "theirs" + System.nanoTime());
                            return managed;
                        }))
                .isInstanceOf(PersistenceException.class);
        assertThat(events).containsExactly(new Attempted(Outcome.GAVE_UP, 2), new Attempted(Outcome.GAVE_UP, 2));
    }

    @Test
    void refusalOfTheWorkIsRolledBackAndThrown() {
        Document document = newDocument();
        IllegalArgumentException refusal = new IllegalArgumentException("no");

        assertThatThrownBy(() -> transactions().run(em -> {
                    append(em, document.getId(), "+");
                    em.flush();
                    throw refusal;
                }))
                .isSameAs(refusal);
        assertThat(stored(document.getId()).getTitle()).isEqualTo("first");
    }

    @Test
    void hibernateByItselfReportsASuccessThatStoredNothing() {
        assumeThat(stack.isHibernate()).isTrue();
        Document document = newDocument();

        meanwhile(em -> {
            append(em, document.getId(), "+");
            swallowDuplicate(em, document);
        });

        assertThat(stored(document.getId()).getTitle()).isEqualTo("first");
    }

    @Test
    void swallowedFailureIsNoSuccess() {
        Document document = newDocument();

        assertThatThrownBy(() -> transactions().run(em -> {
                    append(em, document.getId(), "+");
                    swallowDuplicate(em, document);
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("can only be rolled back");
        assertThat(stored(document.getId()).getTitle()).isEqualTo("first");
        assertThat(events).containsExactly(new Attempted(Outcome.REFUSED, 1));
    }

    private static void swallowDuplicate(EntityManager em, Document document) {
        try {
            em.createNativeQuery("insert into document (id, version) values (" + document.getId() + ", 0)")
                    .executeUpdate();
        } catch (PersistenceException duplicate) {
            assertThat(duplicate).isNotNull();
        }
    }

    @Test
    void constraintThatIsCheckedAtTheCommitIsNoSuccess() {
        assumeThat(stack.engine()).isEqualTo(DatabaseEngine.POSTGRESQL);
        Document document = newDocument();
        long part = newId();

        Served served = answered(
                request("POST", null),
                () -> transactions().run(em -> {
                    em.createNativeQuery("insert into late_remark (id, document_id) values (" + part + ", -1)")
                            .executeUpdate();
                    return append(em, document.getId(), "+");
                }));

        assertThat(served.committed()).isFalse();
        assertThat(stored(document.getId()).getTitle()).isEqualTo("first");
        assertThat(events).containsExactly(new Attempted(Outcome.REFUSED, 1));
    }

    @Test
    void runInsideOfARunIsRefused() {
        Document document = newDocument();

        assertThatThrownBy(() -> transactions().run(em -> {
                    append(em, document.getId(), "+");
                    return transactions().run(inner -> append(inner, document.getId(), "+"));
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("running already");
        assertThat(stored(document.getId()).getTitle()).isEqualTo("first");
    }

    @Test
    void workThatEndsTheTransactionItselfIsRefused() {
        assertThatThrownBy(() -> transactions().run(em -> {
                    em.getTransaction().rollback();
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("return from it to commit");
    }

    @Test
    void transactionThatSomebodyElseCommitsIsTriedAgainToo() {
        Document document = newDocument();
        AtomicInteger attempts = new AtomicInteger();

        transactions()
                .retry(
                        request("POST", null),
                        () -> inTransaction(em -> {
                            Document managed = append(em, document.getId(), "+");
                            if (attempts.getAndIncrement() == 0) {
                                renameMeanwhile(document.getId(), "theirs");
                            }
                            return managed;
                        }));

        assertThat(stored(document.getId()).getTitle()).isEqualTo("theirs+");
        assertThat(events).containsExactly(new Attempted(Outcome.COMMITTED, 2));
    }

    @Test
    void interruptDuringAWaitGivesUpAndStaysSet() {
        try {
            assertThatThrownBy(() -> transactions().run(em -> {
                        Thread.currentThread().interrupt();
                        throw ConflictException.concurrency(Conflict.ConcurrencyReason.DEADLOCK);
                    }))
                    .isInstanceOf(ConflictException.Concurrency.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(events).containsExactly(new Attempted(Outcome.GAVE_UP, 1));
    }

    private Served answered(ConditionalRequest request, Runnable run) {
        try {
            run.run();
            return new Served(null, Optional.empty());
        } catch (RuntimeException thrown) {
            return served(request, thrown);
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception late) {
            throw new IllegalStateException(late);
        }
    }
}
