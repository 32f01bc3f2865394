package dev.conflict.jpa;

import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.ConflictException;
import dev.conflict.ConflictReader;
import dev.conflict.ConflictReaders;
import dev.conflict.Target;
import dev.conflict.sql.ConstraintCatalog;
import dev.conflict.sql.SqlConflicts;
import dev.conflict.sql.SqlFailure;
import dev.conflict.sql.SqlFailure.Kind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads conflicts out of what a persistence provider threw, at flush or at commit, and tells of constraints what the
 * application declared.
 *
 * <p>The type of a persistence exception does not tell what happened: one provider calls a deadlock an
 * {@code OptimisticLockException}, another calls a unique violation nothing at all. So the evidence counts in this order:
 *
 * <ol>
 *   <li>A row that was not there in the expected version: Hibernate's {@code StaleStateException}, EclipseLink's
 *       {@code OptimisticLockException}, or {@code jakarta.persistence.OptimisticLockException} without an SQL exception below it.
 *   <li>What the database said, see {@link SqlConflicts}.
 *   <li>The type of the persistence exception, if no database is known to have said anything.
 * </ol>
 *
 * <p>On the class path it is loaded with an empty catalogue. An application gives the edge a reader with its own, which
 * reads plain SQL exceptions too and stands in the loaded one's place:
 *
 * <pre>{@code
 * ConflictFilter.builder().reader(JpaConflictReader.of(CONSTRAINTS))
 * }</pre>
 *
 * <p>Exceptions are known by the names of their types, so that the reader is no burden where jakarta.persistence is not on
 * the class path: there it reads what databases throw. Instances are immutable and safe for use by many threads.
 */
public final class JpaConflictReader implements ConflictReader {
    private static final Set<String> STALE = Set.of(
            "org.hibernate.StaleStateException",
            "org.hibernate.dialect.lock.OptimisticEntityLockException",
            "org.eclipse.persistence.exceptions.OptimisticLockException");

    private static final Set<String> LOST = Set.of("jakarta.persistence.OptimisticLockException");
    private static final Set<String> LOCKED =
            Set.of("jakarta.persistence.LockTimeoutException", "jakarta.persistence.PessimisticLockException");
    private static final Set<String> EXISTS = Set.of("jakarta.persistence.EntityExistsException");

    private final ConstraintCatalog catalog;

    /** Creates a reader to which no constraint is declared; for {@link java.util.ServiceLoader}. */
    public JpaConflictReader() {
        this(ConstraintCatalog.empty());
    }

    private JpaConflictReader(ConstraintCatalog catalog) {
        this.catalog = Objects.requireNonNull(catalog, "catalog");
    }

    /**
     * Returns a reader that knows an application's constraints.
     *
     * @param catalog what the constraints mean to callers
     * @return the reader
     */
    public static JpaConflictReader of(ConstraintCatalog catalog) {
        return new JpaConflictReader(catalog);
    }

    /** Returns -100: what a provider knows decides over the SQL exception inside. */
    @Override
    public int order() {
        return -100;
    }

    /**
     * Reads what a provider or a database threw.
     *
     * @param thrown the exception with its causes
     * @return the conflict, caused by the exception; a lost race names the entity that lost, where the provider tells it
     */
    @Override
    public Optional<ConflictException> read(Throwable thrown) {
        Optional<ConflictException> conflict = conflict(thrown);
        conflict.ifPresent(found -> found.initCause(thrown));
        return conflict;
    }

    private Optional<ConflictException> conflict(Throwable thrown) {
        List<Throwable> chain = ConflictReaders.chain(thrown);
        if (chain.stream().anyMatch(JpaConflictReader::isStale)) {
            return Optional.of(ConflictException.version().target(loser(chain)));
        }
        Optional<SqlFailure> failure = SqlConflicts.classify(thrown);
        if (failure.isPresent() && failure.get().kind() != Kind.UNKNOWN) {
            return failure.flatMap(catalog::read);
        }
        return chain.stream().flatMap(link -> byType(link).stream()).findFirst();
    }

    private static boolean isStale(Throwable link) {
        return is(STALE, link) || (is(LOST, link) && SqlConflicts.classify(link).isEmpty());
    }

    /** Whether an exception is one of some types, or of a type below. */
    private static boolean is(Set<String> types, Throwable link) {
        for (Class<?> each = link.getClass(); each != null; each = each.getSuperclass()) {
            if (types.contains(each.getName())) {
                return true;
            }
        }
        return false;
    }

    private static Optional<ConflictException> byType(Throwable link) {
        if (is(LOCKED, link)) {
            return Optional.of(ConflictException.concurrency(ConcurrencyReason.LOCK_TIMEOUT));
        }
        return is(EXISTS, link) ? Optional.of(ConflictException.undeclared(Undeclared.UNIQUE)) : Optional.empty();
    }

    /** The row that a provider names, else the entity that it hands out. */
    private static @Nullable Target loser(List<Throwable> chain) {
        return chain.stream()
                .map(JpaConflictReader::named)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> chain.stream()
                        .map(JpaConflictReader::handedOut)
                        .filter(Objects::nonNull)
                        .findFirst())
                .orElse(null);
    }

    /** Hibernate's {@code StaleObjectStateException}. */
    private static @Nullable Target named(Throwable link) {
        Object name = call(link, "getEntityName");
        Object id = call(link, "getIdentifier");
        return name instanceof String entityName && id != null ? Targets.of(entityName, id) : null;
    }

    private static @Nullable Target handedOut(Throwable link) {
        Object entity = call(link, is(LOST, link) ? "getEntity" : "getObject");
        return entity == null ? null : Targets.of(entity);
    }

    /** Calls a method of a provider's exception; null if it has none of that name. */
    private static @Nullable Object call(Throwable link, String accessor) {
        try {
            return link.getClass().getMethod(accessor).invoke(link);
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return null;
        }
    }
}
