package dev.conflict.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.ConflictException;
import dev.conflict.Conflicts;
import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictEvent.Attempted;
import dev.conflict.event.ConflictEvent.Outcome;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.retry.Contention;
import dev.conflict.sql.SqlConflictReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.HeuristicCompletionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

class SpringTransactionsTest {
    private final List<ConflictEvent> heard = new ArrayList<>();
    private DataSource database;
    private JdbcTemplate sql;
    private DataSourceTransactionManager manager;
    private SpringTransactions transactions;

    @BeforeEach
    void open() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
        database = h2;
        sql = new JdbcTemplate(database);
        sql.execute("create table stock (id int primary key, amount int, version int)");
        sql.execute("insert into stock values (1, 10, 0)");
        manager = new DataSourceTransactionManager(database);
        transactions = SpringTransactions.of(manager, new SqlConflictReader())
                .policy(Contention.standard().attempts(5))
                .listener(heard::add);
    }

    @Test
    void attemptThatLosesIsRolledBackAndMadeAgain() {
        AtomicInteger attempts = new AtomicInteger();

        int left = transactions.run(() -> {
            sql.update("update stock set amount = amount - 1");
            if (attempts.incrementAndGet() < 3) {
                throw ConflictException.version();
            }
            return sql.queryForObject("select amount from stock", Integer.class);
        });

        assertThat(left).isEqualTo(9);
        assertThat(heard).containsExactly(new Attempted(Outcome.COMMITTED, 3));
    }

    @Test
    void versionThatTheClientStatedIsNotTriedAgain() {
        ConditionalRequest stated = ConditionalRequest.of(
                "PUT",
                name -> name.equals("If-Match") ? Collections.enumeration(List.of("\"1\"")) : null,
                Preconditions.required());
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> transactions.run(stated, () -> {
                    attempts.incrementAndGet();
                    Conflicts.requireUpdated(sql.update("update stock set amount = 0 where version = 7"));
                    return null;
                }))
                .isInstanceOf(ConflictException.VersionMismatch.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void whatSpringCallsConcurrencyIsTriedAgainIfTheReaderKnowsIt() {
        SpringTransactions known = SpringTransactions.of(manager, new SpringConflictReader())
                .policy(Contention.standard().attempts(2))
                .listener(heard::add);

        assertThatThrownBy(() -> known.run(() -> {
                    throw new PessimisticLockingFailureException("x");
                }))
                .isInstanceOf(ConflictException.Concurrency.class);
        assertThat(heard).containsExactly(new Attempted(Outcome.GAVE_UP, 2));
    }

    @Test
    void whatFailsBehindTheCommitIsThrownAndNotTriedAgain() {
        ConflictException deadlock = ConflictException.concurrency(ConcurrencyReason.DEADLOCK);

        assertThatThrownBy(() -> transactions.run(() -> {
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            throw deadlock;
                        }
                    });
                    return sql.update("update stock set amount = amount - 1");
                }))
                .isSameAs(deadlock);
        assertThat(sql.queryForObject("select amount from stock", Integer.class))
                .isEqualTo(9);
        assertThat(heard).containsExactly(new Attempted(Outcome.UNKNOWN, 1));
    }

    @Test
    void mixedOutcomeIsNotTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> transactions.run(() -> {
                    attempts.incrementAndGet();
                    throw new HeuristicCompletionException(
                            HeuristicCompletionException.STATE_MIXED, ConflictException.version());
                }))
                .isInstanceOf(HeuristicCompletionException.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void runInsideATransactionIsRefused() {
        assertThatThrownBy(() -> new TransactionTemplate(manager).execute(status -> transactions.run(() -> "x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("A transaction is open already");
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
    }

    @Test
    void failureThatWasSwallowedIsNotTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        TransactionTemplate inner = new TransactionTemplate(manager);

        assertThatThrownBy(() -> transactions.run(() -> {
                    attempts.incrementAndGet();
                    try {
                        inner.executeWithoutResult(status -> {
                            throw ConflictException.version();
                        });
                    } catch (ConflictException swallowed) {
                        sql.update("update stock set amount = 0");
                    }
                    return "done";
                }))
                .isInstanceOf(UnexpectedRollbackException.class);
        assertThat(attempts).hasValue(1);
        assertThat(sql.queryForObject("select amount from stock", Integer.class))
                .isEqualTo(10);
    }

    @Test
    void commitWhoseAnswerIsLostIsNotTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        DataSourceTransactionManager losing = new DataSourceTransactionManager(database) {
            private static final long serialVersionUID = 1;

            @Override
            protected void doCommit(DefaultTransactionStatus status) {
                super.doCommit(status);
                throw new TransactionSystemException(
                        "Could not commit",
                        new org.h2.jdbc.JdbcSQLNonTransientConnectionException(
                                "lost", "", "08006", 90067, new SQLException("lost"), ""));
            }
        };

        assertThatThrownBy(() -> SpringTransactions.of(losing, new SqlConflictReader())
                        .listener(heard::add)
                        .run(() -> {
                            attempts.incrementAndGet();
                            return sql.update("update stock set amount = amount - 1");
                        }))
                .isInstanceOf(TransactionSystemException.class);
        assertThat(attempts).hasValue(1);
        assertThat(heard).containsExactly(new Attempted(Outcome.UNKNOWN, 1));
        assertThat(sql.queryForObject("select amount from stock", Integer.class))
                .isEqualTo(9);
    }

    @Test
    void definitionSaysHowAnAttemptBegins() {
        DefaultTransactionDefinition serializable =
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_SUPPORTS);
        serializable.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
        serializable.setName("take");

        List<Object> told = transactions
                .definition(serializable)
                .run(() -> List.of(
                        TransactionSynchronizationManager.isActualTransactionActive(),
                        TransactionSynchronizationManager.getCurrentTransactionIsolationLevel(),
                        TransactionSynchronizationManager.getCurrentTransactionName()));

        assertThat(told).containsExactly(true, TransactionDefinition.ISOLATION_SERIALIZABLE, "take");
    }
}
