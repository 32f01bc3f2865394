package dev.conflict.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictEvent.Attempted;
import dev.conflict.event.ConflictEvent.Outcome;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.RollbackException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** A connection that breaks on command, which a real one does not. */
class UnknownOutcomeTest {
    private final EntityManagerFactory factory = mock(EntityManagerFactory.class);
    private final EntityManager em = mock(EntityManager.class);
    private final EntityTransaction transaction = mock(EntityTransaction.class);
    private final List<ConflictEvent> events = new ArrayList<>();

    private final ConflictTransactions transactions =
            ConflictTransactions.of(factory).listener(events::add);

    @BeforeEach
    void open() {
        when(factory.createEntityManager()).thenReturn(em);
        when(em.getTransaction()).thenReturn(transaction);
        when(transaction.isActive()).thenReturn(true);
    }

    private static SQLException broken() {
        return new PSQLException("An I/O error occurred while sending to the backend.", PSQLState.CONNECTION_FAILURE);
    }

    @Test
    void commitWithoutAnAnswerIsNeverTriedAgain() {
        doThrow(new RollbackException("commit", new PersistenceException(broken())))
                .when(transaction)
                .commit();

        assertThatThrownBy(() -> transactions.run(same -> true))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasRootCauseInstanceOf(PSQLException.class);
        verify(transaction, times(1)).commit();
        assertThat(events).containsExactly(new Attempted(Outcome.UNKNOWN, 1));
    }

    @Test
    void commitThatFailsForNobodyKnowsWhatIsNeverTriedAgain() {
        doThrow(new PersistenceException("?")).when(transaction).commit();

        assertThatThrownBy(() -> transactions.run(same -> true)).isInstanceOf(UnknownOutcomeException.class);
    }

    @Test
    void unknownOutcomeOfAnotherTransactionIsNotTriedAgainWhateverWrapsIt() {
        doThrow(new PersistenceException(broken())).when(transaction).commit();
        UnknownOutcomeException inner =
                catchThrowableOfType(UnknownOutcomeException.class, () -> transactions.run(same -> true));
        events.clear();

        assertThatThrownBy(() -> transactions.run(same -> {
                    throw new IllegalStateException("wrapped", inner);
                }))
                .hasCause(inner);
        assertThat(events).containsExactly(new Attempted(Outcome.UNKNOWN, 1));
    }

    @Test
    void connectionThatBreaksBeforeTheCommitIsReplaced() {
        doThrow(new PersistenceException(broken())).doNothing().when(em).flush();

        assertThat(transactions.<Boolean>run(same -> true)).isTrue();
        verify(factory, times(2)).createEntityManager();
        assertThat(events).containsExactly(new Attempted(Outcome.COMMITTED, 2));
    }

    @Test
    void unitWhoseTransactionsAreManagedElsewhereIsToldWhatToDo() {
        when(em.getTransaction()).thenThrow(new IllegalStateException("JTA"));

        assertThatThrownBy(() -> transactions.run(same -> true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("retry(...)");
        verify(em).close();
    }
}
