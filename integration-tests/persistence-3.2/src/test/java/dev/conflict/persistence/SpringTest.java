package dev.conflict.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.ConflictTransactions;
import dev.conflict.jpa.kit.Document;
import dev.conflict.jpa.kit.Kit;
import dev.conflict.jpa.kit.Product;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.JpaDialect;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.vendor.EclipseLinkJpaDialect;
import org.springframework.orm.jpa.vendor.HibernateJpaDialect;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions that Spring begins and commits, and what its repositories and its manager make of what providers throw. */
class SpringTest extends Kit {
    private TransactionTemplate template() {
        JpaTransactionManager manager = new JpaTransactionManager(stack.factory());
        manager.setJpaDialect(dialect());
        return new TransactionTemplate(manager);
    }

    private JpaDialect dialect() {
        return stack.isHibernate() ? new HibernateJpaDialect() : new EclipseLinkJpaDialect();
    }

    /** Does the work as a repository: what it throws is translated. */
    private void inSpring(Consumer<EntityManager> work) {
        template().executeWithoutResult(status -> {
            EntityManager em =
                    Objects.requireNonNull(EntityManagerFactoryUtils.getTransactionalEntityManager(stack.factory()));
            try {
                work.accept(em);
            } catch (RuntimeException thrown) {
                throw DataAccessUtils.translateIfNecessary(thrown, dialect());
            }
        });
    }

    private Served served(ConditionalRequest request, Runnable work) {
        try {
            work.run();
            return new Served(null, Optional.empty());
        } catch (RuntimeException thrown) {
            return served(request, thrown);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void raceForTheStatedEntityIs412(boolean flush) {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));

        Served served = served(
                request,
                () -> inSpring(em -> {
                    Document managed = DOCUMENTS.find(em, document.getId(), request);
                    renameMeanwhile(document.getId(), "theirs");
                    managed.rename("mine");
                    if (flush) {
                        em.flush();
                    }
                }));

        assertThat(served.thrown()).isInstanceOf(NestedRuntimeException.class);
        assertThat(served.status()).isEqualTo(412);
        assertThat(served.member("currentEtag"))
                .isEqualTo(tagOf(document.getId()).toString());
        assertThat(stored(document.getId()).getTitle()).isEqualTo("theirs");
    }

    @Test
    void raceThatNobodyStatedIs409() {
        Document document = newDocument();

        Served served = served(
                request("POST", null),
                () -> inSpring(em -> {
                    Document managed = em.find(Document.class, document.getId());
                    renameMeanwhile(document.getId(), "theirs");
                    managed.rename("mine");
                }));

        assertThat(served.thrown()).isInstanceOf(NestedRuntimeException.class);
        assertThat(served.status()).isEqualTo(409);
        assertThat(served.type()).endsWith(":version-mismatch");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void uniqueValueThatIsTakenIsNamedByItsField(boolean flush) {
        String sku = "spring" + newId();
        meanwhile(em -> em.persist(new Product(newId(), sku)));

        Served served = served(
                request("POST", null),
                () -> inSpring(em -> {
                    em.persist(new Product(newId(), sku));
                    if (flush) {
                        em.flush();
                    }
                }));

        assertThat(served.thrown()).isInstanceOf(NestedRuntimeException.class);
        assertThat(served.status()).isEqualTo(409);
        assertThat(served.member("code")).isEqualTo("SKU_TAKEN");
    }

    @Test
    void deadlockIsConcurrency() throws Exception {
        Document one = newDocument();
        Document two = newDocument();
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);

        CompletableFuture<Served> other = CompletableFuture.supplyAsync(() -> crossing(two, one, bothHoldOne));
        Served mine = crossing(one, two, bothHoldOne);
        List<Served> refused = Stream.of(mine, other.get(60, TimeUnit.SECONDS))
                .filter(served -> !served.committed())
                .toList();

        assertThat(refused).singleElement().satisfies(served -> {
            assertThat(served.thrown()).isInstanceOf(NestedRuntimeException.class);
            assertThat(served.status()).as(String.valueOf(served.thrown())).isEqualTo(409);
            assertThat(served.type()).endsWith(":concurrency");
        });
    }

    private Served crossing(Document first, Document second, CyclicBarrier bothHoldOne) {
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(first));
        return served(
                request,
                () -> inSpring(em -> {
                    DOCUMENTS.find(em, first.getId(), request).rename("mine");
                    em.flush();
                    await(bothHoldOne);
                    em.createQuery("update Document d set d.title = 'mine' where d.id = :id")
                            .setParameter("id", second.getId())
                            .executeUpdate();
                }));
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** A participating transaction failed, its caller swallowed that, and Spring refuses to commit. */
    @Test
    void swallowedFailureOfAnInnerTransactionIsNoSuccess() {
        Document document = newDocument();

        Served served = served(
                request("POST", null),
                () -> inSpring(em -> {
                    em.find(Document.class, document.getId()).rename("mine");
                    swallow(() -> template().executeWithoutResult(status -> {
                        throw new IllegalStateException("inner");
                    }));
                }));

        assertThat(served.thrown()).isInstanceOf(TransactionException.class);
        assertThat(served.answer()).isEmpty();
        assertThat(stored(document.getId()).getTitle()).isEqualTo("first");
    }

    private static void swallow(Runnable work) {
        try {
            work.run();
        } catch (IllegalStateException swallowed) {
            assertThat(swallowed).hasMessage("inner");
        }
    }

    @Test
    void wholeTransactionOfATemplateIsTriedAgain() {
        Document document = newDocument();
        AtomicInteger attempts = new AtomicInteger();

        ConflictTransactions.of(stack.factory()).retry(request("POST", null), () -> {
            inSpring(em -> {
                Document managed = em.find(Document.class, document.getId());
                if (attempts.getAndIncrement() == 0) {
                    renameMeanwhile(document.getId(), "theirs");
                }
                managed.rename(managed.getTitle() + "+");
            });
            return true;
        });

        assertThat(attempts).hasValue(2);
        assertThat(stored(document.getId()).getTitle()).isEqualTo("theirs+");
    }
}
