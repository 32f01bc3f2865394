package dev.conflict.example;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.conflict.jpa.ConflictTransactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The database, and transactions of nobody else's. */
final class HibernateStore implements Store, AutoCloseable {
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

    HibernateStore(String url) {
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
        transactions = ConflictTransactions.of(factory).policy(PATIENCE);
    }

    @Override
    public <T> T inTransaction(Function<EntityManager, T> work) {
        return transactions.run(work::apply);
    }

    @Override
    public void close() {
        factory.close();
        connections.close();
    }
}
