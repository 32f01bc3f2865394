package dev.conflict.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.Conflict;
import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.ConflictException;
import dev.conflict.ConflictReaders;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.CannotSerializeTransactionException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DeadlockLoserDataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.orm.ObjectOptimisticLockingFailureException;

class SpringConflictReaderTest {
    private static final ConflictReaders READERS =
            ConflictReaders.load(List.of(), SpringConflictReaderTest.class.getClassLoader());

    @SuppressWarnings("deprecation") // an application may still throw it
    static Stream<Arguments> table() {
        return Stream.of(
                Arguments.of(new OptimisticLockingFailureException("x"), Conflict.Kind.VERSION, null),
                Arguments.of(new ObjectOptimisticLockingFailureException("Order", 7), Conflict.Kind.VERSION, null),
                Arguments.of(new DuplicateKeyException("x"), Conflict.Kind.UNSPECIFIED, null),
                Arguments.of(
                        new PessimisticLockingFailureException("x"),
                        Conflict.Kind.CONCURRENCY,
                        ConcurrencyReason.LOCK_TIMEOUT),
                Arguments.of(
                        new CannotAcquireLockException("x"), Conflict.Kind.CONCURRENCY, ConcurrencyReason.LOCK_TIMEOUT),
                Arguments.of(
                        new ConcurrencyFailureException("x"),
                        Conflict.Kind.CONCURRENCY,
                        ConcurrencyReason.LOCK_TIMEOUT),
                Arguments.of(
                        new CannotSerializeTransactionException("x"),
                        Conflict.Kind.CONCURRENCY,
                        ConcurrencyReason.SERIALIZATION_FAILURE),
                Arguments.of(
                        new DeadlockLoserDataAccessException("x", null),
                        Conflict.Kind.CONCURRENCY,
                        ConcurrencyReason.DEADLOCK),
                Arguments.of(
                        new IllegalStateException("x", new OptimisticLockingFailureException("y")),
                        Conflict.Kind.VERSION,
                        null));
    }

    @ParameterizedTest
    @MethodSource("table")
    void exceptionIsRead(Exception thrown, Conflict.Kind kind, ConcurrencyReason reason) {
        Optional<ConflictException> read = READERS.read(thrown);

        assertThat(read).hasValueSatisfying(conflict -> {
            assertThat(conflict.conflict().kind()).isEqualTo(kind);
            if (conflict.conflict() instanceof Conflict.Concurrency concurrency) {
                assertThat(concurrency.reason()).isEqualTo(reason);
            }
        });
    }

    @Test
    void whatMayBeAFaultIsNot() {
        assertThat(Stream.of(
                        new DataIntegrityViolationException("x"),
                        new EmptyResultDataAccessException(1),
                        new IllegalStateException("x")))
                .allMatch(thrown -> READERS.read(thrown).isEmpty());
    }

    @Test
    void whatTheDatabaseSaidDecides() throws SQLException {
        SQLException missing = refused("insert into child values (7)");
        SQLException taken = refused("insert into parent values (1)");

        // Spring may call either by this name; only one of them is an answer to a client.
        assertThat(READERS.read(new DuplicateKeyException("x", missing))).isEmpty();
        assertThat(READERS.read(new OptimisticLockingFailureException("x", taken)))
                .hasValueSatisfying(
                        conflict -> assertThat(conflict.conflict().kind()).isEqualTo(Conflict.Kind.UNSPECIFIED));
        assertThat(new SpringConflictReader().read(new DuplicateKeyException("x", taken)))
                .isEmpty();
    }

    @Test
    void databaseThatNobodyKnowsLeavesItToSpring() {
        assertThat(READERS.read(new DuplicateKeyException("x", new SQLException("x", "99999"))))
                .isPresent();
    }

    private static SQLException refused(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement sql = connection.createStatement()) {
            sql.execute("create table parent (id int primary key)");
            sql.execute("insert into parent values (1)");
            sql.execute("create table child (parent int references parent)");
            try {
                sql.execute(statement);
            } catch (SQLException refused) {
                return refused;
            }
        }
        throw new IllegalStateException("not refused: " + statement);
    }
}
