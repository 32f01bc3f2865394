package dev.conflict.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.Revision;
import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictEvent.Attempted;
import dev.conflict.event.ConflictEvent.Outcome;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.ConflictTransactions;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.jpa.kit.Document;
import dev.conflict.jpa.kit.Kit;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions that Spring begins and commits, around an {@code EntityManager} that Spring shares. */
class SpringTransactionsTest extends Kit {
    private static final EntityVersions<Document> documents = EntityVersions.of(Document.class, Document::getVersion);

    private final List<ConflictEvent> events = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // before each test
    private EntityManager em;

    @SuppressWarnings("NullAway.Init") // before each test
    private TransactionTemplate template;

    @SuppressWarnings("NullAway.Init") // before each test
    private ConflictTransactions transactions;

    @BeforeEach
    void wire() {
        em = SharedEntityManagerCreator.createSharedEntityManager(stack.factory());
        template = new TransactionTemplate(new JpaTransactionManager(stack.factory()));
        transactions = ConflictTransactions.of(stack.factory()).listener(events::add);
    }

    private Document rename(long id, String title, ConditionalRequest conditional) {
        return transactions.retry(
                conditional,
                () -> template.execute(status -> {
                    Document doc = documents.find(em, id, conditional);
                    doc.rename(title);
                    documents.respondWithTag(em, doc, conditional);
                    return doc;
                }));
    }

    private Served answered(ConditionalRequest request, Runnable run) {
        try {
            run.run();
            return new Served(null, Optional.empty());
        } catch (RuntimeException thrown) {
            return served(request, thrown);
        }
    }

    @Test
    void presentTagLetsTheWriteThroughAndTheAnswerHasTheNextOne() {
        Document document = newDocument();
        ConditionalRequest conditional = request("PATCH", tagOf(document.getId()));

        rename(document.getId(), "mine", conditional);

        assertThat(stored(document.getId()).getTitle()).isEqualTo("mine");
        assertThat(conditional.responseTag()).contains(tagOf(document.getId()));
        assertThat(events).containsExactly(new Attempted(Outcome.COMMITTED, 1));
    }

    @Test
    void tagIsKeptBackWhileSpringsTransactionIsOpenAndAfterItsRollback() {
        Document document = newDocument();
        ConditionalRequest conditional = request("PATCH", tagOf(document.getId()));

        template.executeWithoutResult(status -> {
            Document doc = documents.find(em, document.getId(), conditional);
            doc.rename("mine");
            documents.respondWithTag(em, doc, conditional);
            em.flush();
            assertThat(conditional.responseTag()).isEmpty();
            status.setRollbackOnly();
        });

        assertThat(conditional.responseTag()).isEmpty();
        assertThat(stored(document.getId()).getTitle()).isEqualTo("first");
    }

    @Test
    void raceThatIsLostInSpringsCommitIs412AndNotTriedAgain() {
        Document document = newDocument();
        ConditionalRequest conditional = request("PATCH", tagOf(document.getId()));

        Served served = answered(
                conditional,
                () -> transactions.retry(
                        conditional,
                        () -> template.execute(status -> {
                            Document doc = documents.find(em, document.getId(), conditional);
                            renameMeanwhile(document.getId(), "theirs");
                            doc.rename("mine");
                            return doc;
                        })));

        assertThat(served.status()).as(String.valueOf(served.thrown())).isEqualTo(412);
        assertThat(served.member("currentEtag"))
                .isEqualTo(tagOf(document.getId()).toString());
        assertThat(events).containsExactly(new Attempted(Outcome.REFUSED, 1));
    }

    @Test
    void raceThatNobodyStatedIsTriedAgainInANewTransaction() {
        Document document = newDocument();
        AtomicInteger attempts = new AtomicInteger();

        transactions.retry(
                request("POST", null),
                () -> template.execute(status -> {
                    Document doc = em.find(Document.class, document.getId());
                    if (attempts.getAndIncrement() == 0) {
                        renameMeanwhile(document.getId(), "theirs");
                    }
                    doc.rename(doc.getTitle() + "+");
                    return doc;
                }));

        assertThat(stored(document.getId()).getTitle()).isEqualTo("theirs+");
        assertThat(events).containsExactly(new Attempted(Outcome.COMMITTED, 2));
    }

    @Test
    void writeOutsideOfATransactionIsRefused() {
        Document document = newDocument();
        ConditionalRequest conditional = request("PATCH", tagOf(document.getId()));

        assertThatThrownBy(() -> documents.find(em, document.getId(), conditional))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("outside a transaction");
        assertThatThrownBy(() -> documents.check(em, document, Revision.of(document.getVersion())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("outside a transaction");
    }
}
