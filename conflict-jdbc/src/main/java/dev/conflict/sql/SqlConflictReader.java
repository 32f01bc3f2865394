package dev.conflict.sql;

import dev.conflict.ConflictException;
import dev.conflict.ConflictReader;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads conflicts out of SQL exceptions, and tells of them what the application declared.
 *
 * <p>On the class path it is loaded with an empty catalogue: then concurrency is answered as such, undeclared unique
 * constraints and existing children as a bare conflict. An application gives the edge a reader with its own catalogue,
 * which stands in the loaded one's place:
 *
 * <pre>{@code
 * ConflictFilter.builder().reader(SqlConflictReader.of(CONSTRAINTS))
 * }</pre>
 *
 * <p>Instances are immutable and safe for use by many threads.
 */
public final class SqlConflictReader implements ConflictReader {
    private final ConstraintCatalog catalog;

    /** Creates a reader to which no constraint is declared; for {@link java.util.ServiceLoader}. */
    public SqlConflictReader() {
        this(ConstraintCatalog.empty());
    }

    private SqlConflictReader(ConstraintCatalog catalog) {
        this.catalog = Objects.requireNonNull(catalog, "catalog");
    }

    /**
     * Returns a reader that knows an application's constraints.
     *
     * @param catalog what the constraints mean to callers
     * @return the reader
     */
    public static SqlConflictReader of(ConstraintCatalog catalog) {
        return new SqlConflictReader(catalog);
    }

    /**
     * Reads what a database threw.
     *
     * @param thrown the exception with its causes
     * @return the conflict, caused by the exception; empty if the database did not say, or if what it said is a bug of
     *     the application (see {@link ConstraintCatalog#read})
     */
    @Override
    public Optional<ConflictException> read(Throwable thrown) {
        Optional<ConflictException> conflict = SqlConflicts.classify(thrown).flatMap(catalog::read);
        conflict.ifPresent(found -> found.initCause(thrown));
        return conflict;
    }
}
