package dev.conflict.spring.boot.app;

import dev.conflict.retry.Contention;
import dev.conflict.spring.SpringTransactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Transactions in which every statement succeeds, and that the database refuses when they are committed. */
@RestController
public class CommitController {
    private static final String INSERT = "insert into late (id) values (";

    @PersistenceContext
    private EntityManager em;

    private final SpringTransactions transactions;
    private final DataSource database;

    CommitController(SpringTransactions transactions, DataSource database) {
        DefaultTransactionDefinition serializable = new DefaultTransactionDefinition();
        serializable.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
        this.transactions = transactions.definition(serializable);
        this.database = database;
    }

    @PostMapping("/deferred/annotated")
    @Transactional
    public Map<String, Object> deferred() {
        insertTwice();
        return Map.of("done", true);
    }

    @PostMapping("/deferred/run")
    public Map<String, Object> deferredInARun() {
        return transactions.run(() -> {
            insertTwice();
            return Map.of("done", true);
        });
    }

    @PostMapping("/serialization/annotated")
    @Transactional(isolation = Isolation.SERIALIZABLE)
    public Map<String, Object> serialization() {
        insertWhatWasCounted();
        meanwhile();
        return Map.of("done", true);
    }

    /** Loses the first attempt. */
    @PostMapping("/serialization/run")
    public Map<String, Object> serializationInARun() {
        AtomicInteger attempts = new AtomicInteger();
        return transactions.run(() -> {
            insertWhatWasCounted();
            if (attempts.incrementAndGet() == 1) {
                meanwhile();
            }
            return Map.of("attempts", attempts.get());
        });
    }

    /** Loses each attempt. */
    @PostMapping("/serialization/exhausted")
    public Map<String, Object> serializationInEachAttempt() {
        return transactions.policy(Contention.standard().attempts(2)).run(() -> {
            insertWhatWasCounted();
            meanwhile();
            return Map.of("done", true);
        });
    }

    private void insertTwice() {
        em.createNativeQuery(INSERT + "1)").executeUpdate();
        em.createNativeQuery(INSERT + "1)").executeUpdate();
    }

    private void insertWhatWasCounted() {
        em.createNativeQuery(INSERT + "(select count(*) from late))").executeUpdate();
    }

    /** Somebody else counts and inserts too, and neither sees the other. */
    private void meanwhile() {
        try (Connection connection = database.getConnection();
                Statement other = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            other.execute(INSERT + "(select 1000 + count(*) from late))");
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
