package dev.conflict.spring;

import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.ConflictException;
import dev.conflict.ConflictReader;
import dev.conflict.sql.SqlConflicts;
import dev.conflict.sql.SqlFailure.Kind;
import java.util.Optional;

/**
 * Reads conflicts out of Spring's {@code DataAccessException}s, where nothing below them tells more: those of Spring Data JDBC,
 * R2DBC, MongoDB and others, and of databases that nobody else here knows.
 *
 * <ul>
 *   <li>{@code OptimisticLockingFailureException} is a version that moved on
 *   <li>{@code PessimisticLockingFailureException} and any other {@code ConcurrencyFailureException} is concurrency
 *   <li>{@code DuplicateKeyException} is an undeclared unique constraint
 *   <li>{@code DataIntegrityViolationException} by itself is nothing: it may be a bug of the application as well
 * </ul>
 *
 * <p>It is loaded from the class path and asked last, and says nothing where a database has said what happened. Exceptions are
 * known by the names of their types, so that it is no burden where Spring's are not on the class path. Instances are immutable
 * and safe for use by many threads.
 */
public final class SpringConflictReader implements ConflictReader {
    private static final String DAO = "org.springframework.dao.";
    private static final String STALE = DAO + "OptimisticLockingFailureException";
    private static final String DEADLOCK = DAO + "DeadlockLoserDataAccessException";
    private static final String SERIALIZATION = DAO + "CannotSerializeTransactionException";
    private static final String CONCURRENCY = DAO + "ConcurrencyFailureException";
    private static final String DUPLICATE = DAO + "DuplicateKeyException";

    /** Creates a reader; for {@link java.util.ServiceLoader}. */
    public SpringConflictReader() {}

    /** Returns 100: providers and databases say more. */
    @Override
    public int order() {
        return 100;
    }

    /**
     * Reads what Spring threw.
     *
     * @param thrown the exception with its causes
     * @return the conflict, caused by the exception
     */
    @Override
    public Optional<ConflictException> read(Throwable thrown) {
        Optional<ConflictException> conflict = byType(thrown);
        if (conflict.isEmpty() || isTold(thrown)) {
            return Optional.empty();
        }
        conflict.get().initCause(thrown);
        return conflict;
    }

    private static boolean isTold(Throwable thrown) {
        return SqlConflicts.classify(thrown)
                .filter(failure -> failure.kind() != Kind.UNKNOWN)
                .isPresent();
    }

    private static Optional<ConflictException> byType(Throwable thrown) {
        if (is(STALE, thrown)) {
            return Optional.of(ConflictException.version());
        }
        if (is(DUPLICATE, thrown)) {
            return Optional.of(ConflictException.undeclared(Undeclared.UNIQUE));
        }
        return is(CONCURRENCY, thrown) ? Optional.of(ConflictException.concurrency(reason(thrown))) : Optional.empty();
    }

    private static ConcurrencyReason reason(Throwable thrown) {
        if (is(DEADLOCK, thrown)) {
            return ConcurrencyReason.DEADLOCK;
        }
        return is(SERIALIZATION, thrown) ? ConcurrencyReason.SERIALIZATION_FAILURE : ConcurrencyReason.LOCK_TIMEOUT;
    }

    /** Whether an exception is of a type, or of one below. */
    private static boolean is(String type, Throwable thrown) {
        for (Class<?> each = thrown.getClass(); each != null; each = each.getSuperclass()) {
            if (each.getName().equals(type)) {
                return true;
            }
        }
        return false;
    }
}
