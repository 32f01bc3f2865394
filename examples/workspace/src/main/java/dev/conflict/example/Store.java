package dev.conflict.example;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.conflict.jpa.ConflictTransactions;
import dev.conflict.jpa.UnknownOutcomeException;
import dev.conflict.retry.Contention;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The database, and the way to a transaction. */
final class Store implements AutoCloseable {
    /** Hibernate would log what a unique constraint refused, somebody's e-mail address for instance. Held, or it forgets. */
    private static final Logger REFUSED_VALUES = Logger.getLogger("org.hibernate.orm.jdbc.error");

    /** Logs each start that it finds no constraint to replace. */
    private static final Logger SCHEMA_WARNINGS = Logger.getLogger("org.hibernate.orm.jdbc.warn");

    static {
        REFUSED_VALUES.setLevel(Level.OFF);
        SCHEMA_WARNINGS.setLevel(Level.OFF);
    }

    private final HikariDataSource connections = new HikariDataSource();
    private final EntityManagerFactory factory;
    private final ConflictTransactions transactions;

    Store(String url) {
        connections.setJdbcUrl(url);
        connections.setMaximumPoolSize(40);
        try (Connection connection = connections.getConnection()) {
            connection.isValid(1);
        } catch (SQLException | PoolInitializationException closed) {
            throw new IllegalStateException("The database does not open; does another instance use it?", closed);
        }
        factory = new PersistenceConfiguration("workspace")
                .managedClass(Document.class)
                .managedClass(User.class)
                .managedClass(SignUp.class)
                .managedClass(Product.class)
                .managedClass(Customer.class)
                .managedClass(Order.class)
                .managedClass(Task.class)
                .property("jakarta.persistence.nonJtaDataSource", connections)
                .property("hibernate.hbm2ddl.auto", "update") // a restart keeps the data
                .createEntityManagerFactory();
        transactions = ConflictTransactions.of(factory)
                .policy(Contention.standard().deadline(Duration.ofSeconds(10))); // longer nobody waits for an answer
    }

    /**
     * Runs work in a transaction, and again in a new one if it lost to another; returns what it returns, after the commit.
     * A version that a request states is compared anew each time, so nobody is let through by being patient.
     */
    <T> T inTransaction(Function<EntityManager, T> work) {
        return transactions.run(work::apply);
    }

    /**
     * Looks before it works. If a constraint refuses what the guard let pass, because somebody came between them, the guard
     * looks once more: it can say what a constraint cannot, such as where the other one is.
     */
    <T> T inTransaction(Consumer<EntityManager> guard, Function<EntityManager, T> work) {
        try {
            return inTransaction(em -> {
                guard.accept(em);
                return work.apply(em);
            });
        } catch (UnknownOutcomeException unknown) {
            throw unknown; // what the guard found might be our own
        } catch (PersistenceException refused) {
            inTransaction(em -> {
                guard.accept(em);
                return em;
            });
            throw refused;
        }
    }

    @Override
    public void close() {
        factory.close();
        connections.close();
    }
}
