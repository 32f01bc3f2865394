package dev.conflict.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conflict.harness.DatabaseEngine;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.kit.Document;
import dev.conflict.jpa.kit.Kit;
import dev.conflict.jpa.kit.Product;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.transaction.RollbackException;
import jakarta.transaction.TransactionManager;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.xa.PGXADataSource;

/**
 * Transactions of a JTA manager, Narayana: it has the provider flush, and tells of a failure with an exception of its own, which is
 * checked and so is always wrapped by whoever called it.
 */
class JtaTest extends Kit {
    private static final TransactionManager MANAGER = com.arjuna.ats.jta.TransactionManager.transactionManager();

    /** Held, so that the level stays: it logs each failure that is made here on purpose. */
    private static final Logger LOG = Logger.getLogger("com.arjuna");

    static {
        LOG.setLevel(Level.OFF);
    }

    private static final Map<Object, EntityManagerFactory> UNITS = new ConcurrentHashMap<>();

    private EntityManagerFactory jta() {
        return UNITS.computeIfAbsent(
                stack,
                same -> Persistence.createEntityManagerFactory(
                        "kit",
                        Map.of(
                                "jakarta.persistence.provider",
                                stack.isHibernate()
                                        ? "org.hibernate.jpa.HibernatePersistenceProvider"
                                        : "org.eclipse.persistence.jpa.PersistenceProvider",
                                "jakarta.persistence.transactionType",
                                "JTA",
                                "jakarta.persistence.jtaDataSource",
                                new Enlisting(source(), MANAGER),
                                "hibernate.transaction.jta.platform",
                                "JBossTS",
                                "eclipselink.target-server",
                                NarayanaPlatform.class.getName(),
                                "eclipselink.weaving",
                                "false",
                                "eclipselink.logging.level",
                                "OFF",
                                "eclipselink.session-name",
                                stack + " in JTA")));
    }

    private XADataSource source() {
        if (stack.engine() == DatabaseEngine.POSTGRESQL) {
            PGXADataSource source = new PGXADataSource();
            source.setUrl(stack.database().url());
            source.setUser(stack.database().user());
            return source;
        }
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(stack.database().url());
        source.setUser(stack.database().user());
        return source;
    }

    /** Runs in a transaction of the manager's, and wraps what it throws as each caller has to. */
    private void inJta(Consumer<EntityManager> work) {
        try {
            MANAGER.begin();
            try (EntityManager em = jta().createEntityManager()) {
                work.accept(em);
                MANAGER.commit();
            } finally {
                if (MANAGER.getTransaction() != null) {
                    MANAGER.rollback();
                }
            }
        } catch (RuntimeException thrown) {
            throw thrown;
        } catch (Exception checked) {
            throw new IllegalStateException(checked);
        }
    }

    private Served thrown(ConditionalRequest request, Consumer<EntityManager> work) {
        IllegalStateException thrown = catchThrowableOfType(IllegalStateException.class, () -> inJta(work));
        assertThat(thrown).hasCauseInstanceOf(RollbackException.class);
        return served(request, thrown);
    }

    @Test
    void raceForTheStatedEntityThatTheManagerFindsIs412() {
        Document document = newDocument();
        ConditionalRequest request = request("PATCH", DOCUMENTS.tag(document));

        Served served = thrown(request, em -> {
            Document managed = DOCUMENTS.find(em, document.getId(), request);
            elsewhere(() -> renameMeanwhile(document.getId(), "theirs"));
            managed.rename("mine");
        });

        assertThat(served.status()).isEqualTo(412);
        assertThat(stored(document.getId()).getTitle()).isEqualTo("theirs");
    }

    @Test
    void raceThatNobodyStatedIs409() {
        Document document = newDocument();

        Served served = thrown(request("POST", null), em -> {
            Document managed = em.find(Document.class, document.getId());
            elsewhere(() -> renameMeanwhile(document.getId(), "theirs"));
            managed.rename("mine");
        });

        assertThat(served.status()).isEqualTo(409);
        assertThat(served.type()).endsWith(":version-mismatch");
    }

    @Test
    void uniqueValueThatIsTakenIsNamedByItsField() {
        String sku = "jta" + newId();
        meanwhile(em -> em.persist(new Product(newId(), sku)));

        Served served = thrown(request("POST", null), em -> em.persist(new Product(newId(), sku)));

        assertThat(served.status()).isEqualTo(409);
        assertThat(served.member("code")).isEqualTo("SKU_TAKEN");
    }

    /** Another writer has another thread, and so no part in this transaction. */
    private static void elsewhere(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
