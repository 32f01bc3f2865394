package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictEvent.Attempted;
import dev.conflict.event.ConflictEvent.Outcome;
import dev.conflict.retry.Contention;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbc.JdbcSQLNonTransientConnectionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.InOrder;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** What a commit that fails means, and what becomes of the connection; on a connection that fails on command. */
class CommitAnswerTest {
    private final DataSource source = mock(DataSource.class);
    private final Connection connection = mock(Connection.class);
    private final List<ConflictEvent> events = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();

    @BeforeEach
    void open() throws SQLException {
        when(source.getConnection()).thenReturn(connection);
        when(connection.getAutoCommit()).thenReturn(true);
    }

    private int run() throws SQLException {
        return SqlTransactions.of(source)
                .policy(Contention.standard().attempts(2))
                .listener(events::add)
                .run(ignored -> calls.incrementAndGet());
    }

    private static PSQLException server(String severity, String state) {
        return new PSQLException(
                new ServerErrorMessage("S" + severity + "\0V" + severity + "\0C" + state + "\0Mmessage\0"));
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR, 23505, 1", // deferred constraints
        "ERROR, 23503, 1",
        "ERROR, 40001, 2", // serializable snapshot isolation
        "ERROR, 40P01, 2",
        "ERROR, P0001, 1", // a deferred trigger
        "ERROR, 25P02, 1",
        "ERROR, 22001, 1",
    })
    void refusalOfTheServerIsNoUnknownOutcome(String severity, String state, int attempts) throws SQLException {
        doThrow(server(severity, state)).when(connection).commit();

        assertThatThrownBy(this::run)
                .isNotInstanceOf(UnknownOutcomeException.class)
                .satisfies(thrown -> assertThat(
                                SqlConflicts.classify(thrown).orElseThrow().sqlState())
                        .contains(state));

        assertThat(calls).hasValue(attempts);
        verify(connection, never()).abort(any());
    }

    @ParameterizedTest
    @CsvSource({
        "FATAL, 57P01", // terminated by an administrator
        "FATAL, 57P02", // crashed
        "ERROR, 40003", // statement completion unknown
        "ERROR, 08007", // transaction resolution unknown
        "ERROR, 53100", // disk full
        "PANIC, XX000",
        "ERROR, 57014", // cancelled, perhaps while waiting for a replica
    })
    void whatIsNotSurelyARefusalIsUnknown(String severity, String state) throws SQLException {
        assertUnknown(server(severity, state));
    }

    @Test
    void lostConnectionsAndFaultsOfDriversAreUnknown() throws SQLException {
        assertUnknown(new PSQLException(
                "An I/O error occurred while sending to the backend.",
                PSQLState.CONNECTION_FAILURE,
                new IOException("reset")));
        assertUnknown(new SQLException("Communications link failure", "08S01"));
        assertUnknown(new SQLException("no state at all"));
        assertUnknown(new SQLTransientConnectionException("timeout", "HY000", 1159));
        assertUnknown(new JdbcSQLNonTransientConnectionException("broken", null, "90067", 90067, null, null));
        assertUnknown(new IllegalStateException("a proxy of a pool failed"));
    }

    private void assertUnknown(Exception thrown) throws SQLException {
        events.clear();
        calls.set(0);
        doThrow(thrown).when(connection).commit();

        assertThatThrownBy(this::run).isInstanceOfSatisfying(UnknownOutcomeException.class, unknown -> {
            assertThat(unknown.getSQLState()).isEqualTo("08007");
            assertThat(unknown.getCause()).isSameAs(thrown);
        });

        assertThat(calls).hasValue(1);
        assertThat(events).containsExactly(new Attempted(Outcome.UNKNOWN, 1));
    }

    @Test
    void connectionOfAnUnknownOutcomeIsNeverHandedOn() throws SQLException {
        doThrow(new SQLException("lost", "08006")).when(connection).commit();

        assertThatThrownBy(this::run).isInstanceOf(UnknownOutcomeException.class);

        InOrder order = inOrder(connection);
        order.verify(connection).abort(any());
        order.verify(connection).close();
        verify(connection, never()).rollback();
        verify(connection, never()).setAutoCommit(true); // which would commit what is open
    }

    @Test
    void connectionThatCannotRollBackIsNeverHandedOn() throws SQLException {
        doThrow(new SQLException("lost", "08006")).when(connection).rollback();

        assertThatThrownBy(() -> SqlTransactions.of(source).run(ignored -> {
                    throw new SQLException("refused", "23505");
                }))
                .hasMessage("refused");

        verify(connection).abort(any());
        verify(connection, never()).setAutoCommit(true);
    }

    @Test
    void whatFailsAfterTheCommitDoesNotUndoIt() throws SQLException {
        doThrow(new SQLException("lost", "08006")).when(connection).setAutoCommit(true);
        doThrow(new SQLException("lost", "08006")).when(connection).close();

        assertThat(run()).isEqualTo(1);
        assertThat(events).containsExactly(new Attempted(Outcome.COMMITTED, 1));
    }

    @Test
    void connectionThatCannotBeginIsClosed() throws SQLException {
        doThrow(new SQLException("refused", "42000")).when(connection).setAutoCommit(anyBoolean());

        assertThatThrownBy(this::run).hasMessage("refused");

        assertThat(calls).hasValue(0);
        verify(connection).close();
    }

    @Test
    void connectionThatCannotBeHadIsAskedForAgain() throws SQLException {
        when(source.getConnection())
                .thenThrow(new PSQLException("Connection refused.", PSQLState.CONNECTION_UNABLE_TO_CONNECT))
                .thenReturn(connection);

        assertThat(run()).isEqualTo(1);
        assertThat(events).containsExactly(new Attempted(Outcome.COMMITTED, 2));
    }

    @Test
    void connectionThatCanNeverBeHadIsThrownAsItCame() throws SQLException {
        SQLException refused = new PSQLException("Connection refused.", PSQLState.CONNECTION_UNABLE_TO_CONNECT);
        when(source.getConnection()).thenThrow(refused);

        assertThatThrownBy(this::run).isSameAs(refused);
        assertThat(events).containsExactly(new Attempted(Outcome.GAVE_UP, 2));
    }

    @Test
    void statementWhoseOutcomeNobodyKnowsIsNotTriedAgain() {
        SQLException unknown = server("ERROR", "40003");

        assertThatThrownBy(() -> SqlTransactions.of(source).run(ignored -> {
                    calls.incrementAndGet();
                    throw unknown;
                }))
                .isSameAs(unknown);

        assertThat(calls).hasValue(1);
    }
}
