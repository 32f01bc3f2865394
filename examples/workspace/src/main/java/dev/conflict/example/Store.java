package dev.conflict.example;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.PersistenceConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The database, and the one way to a transaction. */
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
                .managedClass(Order.class)
                .property("jakarta.persistence.nonJtaDataSource", connections)
                .property("hibernate.hbm2ddl.auto", "update") // a restart keeps the data
                .createEntityManagerFactory();
    }

    /** Runs work in a transaction and returns what it returns, after the commit. */
    <T> T inTransaction(Function<EntityManager, T> work) {
        try (EntityManager em = factory.createEntityManager()) {
            EntityTransaction transaction = em.getTransaction();
            transaction.begin();
            try {
                T result = work.apply(em);
                transaction.commit();
                return result;
            } finally {
                if (transaction.isActive()) {
                    transaction.rollback();
                }
            }
        }
    }

    @Override
    public void close() {
        factory.close();
        connections.close();
    }
}
