package dev.conflict.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.Conflict;
import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.ConflictException;
import dev.conflict.ConflictReader;
import dev.conflict.ConflictReaders;
import dev.conflict.Disclosure;
import dev.conflict.Target;
import dev.conflict.jpa.kit.Document;
import dev.conflict.jpa.kit.Invoice;
import dev.conflict.sql.ConstraintCatalog;
import dev.conflict.sql.SqlConflictReader;
import jakarta.persistence.EntityExistsException;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.PessimisticLockException;
import jakarta.persistence.RollbackException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.hibernate.StaleObjectStateException;
import org.hibernate.StaleStateException;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** The order of evidence, with chains that providers throw on stacks which do not run here. */
class JpaConflictReaderTest {
    private static final ConflictReader READER = JpaConflictReader.of(
            ConstraintCatalog.builder().unique("uk_email", "email").build());

    private static Optional<Conflict> read(Throwable thrown) {
        return READER.read(thrown).map(ConflictException::conflict);
    }

    private static Conflict lostBy(Target target) {
        return new Conflict.VersionMismatch(target, null, null, null);
    }

    @Test
    void missingRowDecidesOverTheSqlExceptionBelowIt() {
        // What Hibernate's StatelessSession throws at an upsert of a stale version on MariaDB.
        StaleStateException stale = new StaleStateException("x");
        stale.initCause(new PSQLException("x", PSQLState.UNIQUE_VIOLATION));

        assertThat(READER.read(stale)).get().satisfies(conflict -> {
            assertThat(conflict.conflict()).isEqualTo(new Conflict.VersionMismatch(null, null, null, null));
            assertThat(conflict).hasCause(stale);
        });
    }

    @Test
    void databaseDecidesOverTheNameOfThePersistenceException() {
        // Hibernate 6.6 calls a deadlock so; OpenJPA a statement timeout.
        assertThat(read(new RollbackException(
                        new OptimisticLockException("x", new PSQLException("x", PSQLState.DEADLOCK_DETECTED), null))))
                .contains(new Conflict.Concurrency(ConcurrencyReason.DEADLOCK));
        assertThat(read(new OptimisticLockException("x", new PSQLException("x", PSQLState.QUERY_CANCELED), null)))
                .isEmpty();
        assertThat(read(new EntityExistsException(new PSQLException("x", PSQLState.NOT_NULL_VIOLATION))))
                .isEmpty();
    }

    @Test
    void deadlockOfMySqlIsConcurrencyWhateverHibernateCallsIt() {
        SQLException deadlock = new SQLException("Deadlock found when trying to get lock", "40001", 1213);
        deadlock.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("com.mysql.cj.jdbc.exceptions.SQLError", "createSQLException", null, 1)
        });

        assertThat(read(new RollbackException(new OptimisticLockException("x", deadlock, null))))
                .contains(new Conflict.Concurrency(ConcurrencyReason.DEADLOCK));
    }

    @Test
    void lockExceptionWithoutAnSqlExceptionIsALostRace() {
        assertThat(read(new RollbackException(new OptimisticLockException("x"))))
                .contains(new Conflict.VersionMismatch(null, null, null, null));
    }

    @Test
    void lockExceptionOverADatabaseThatNobodyKnowsTellsNothing() {
        assertThat(read(new OptimisticLockException("x", new SQLException("x", "40001", 1213), null)))
                .isEmpty();
    }

    @Test
    void typeDecidesIfNoDatabaseSaidAnything() {
        Conflict lockTimeout = new Conflict.Concurrency(ConcurrencyReason.LOCK_TIMEOUT);

        assertThat(read(new PersistenceException(new LockTimeoutException("x"))))
                .contains(lockTimeout);
        assertThat(read(new PessimisticLockException("x", new SQLException("x", "HY000", 1205), null)))
                .contains(lockTimeout);
        assertThat(read(new EntityExistsException("x"))).contains(new Conflict.Unspecified(Undeclared.UNIQUE));
        assertThat(read(new PersistenceException("x"))).isEmpty();
        assertThat(read(new IllegalStateException("x"))).isEmpty();
    }

    @Test
    void plainSqlExceptionIsReadWithTheSameCatalogue() {
        PSQLException thrown = new PSQLException(
                new org.postgresql.util.ServerErrorMessage("SERROR\0C23505\0Mx\0spublic\0tusers\0nuk_email\0"));

        assertThat(read(thrown)).contains(new Conflict.Uniqueness(null, "email", Disclosure.HIDDEN));
    }

    @Test
    void loserIsNamedByItsRootAndByWhatTheProviderKnows() {
        Target invoice = Target.of(Document.class, 7);

        assertThat(read(new StaleObjectStateException(Invoice.class.getName(), 7L)))
                .contains(lostBy(invoice));
        assertThat(read(new OptimisticLockException("x", null, new Invoice(7, "x"))))
                .contains(lostBy(invoice));
        assertThat(read(new StaleObjectStateException("Nowhere", 7L))).contains(lostBy(new Target("Nowhere", 7L)));
        assertThat(read(new OptimisticLockException("x", null, "no entity")))
                .contains(new Conflict.VersionMismatch(null, null, null, null));
    }

    @Test
    void entityWhoseFieldsSayNothingIsUnknown() {
        class Proxy extends Invoice {
            Proxy() {
                super(0, "x");
            }
        }

        assertThat(read(new OptimisticLockException("x", null, new Proxy())))
                .contains(new Conflict.VersionMismatch(null, null, null, null));
    }

    @Test
    void readerOnTheClassPathIsAskedBeforeTheOneForSql() {
        ClassLoader loader = getClass().getClassLoader();

        assertThat(ConflictReaders.load(List.of(), loader).readers())
                .hasExactlyElementsOfTypes(JpaConflictReader.class, SqlConflictReader.class);
        assertThat(ConflictReaders.load(List.of(READER), loader).readers())
                .hasSize(2)
                .startsWith(READER);
    }
}
