package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a database said, however deep frameworks buried it.
 *
 * <pre>{@code
 * SqlConflicts.classify(thrown).filter(failure -> failure.kind() == Kind.DEADLOCK).isPresent()
 * }</pre>
 *
 * <p>The product is known by the class of its exception before any code is looked at, since the same SQLState means
 * opposite things in two products. Names come from structured fields where the driver has them, else from the text, read
 * only where no value can stand. H2 and PostgreSQL are known; the exceptions of others are of the kind
 * {@link Kind#UNKNOWN}.
 */
public final class SqlConflicts {
    /** A batch may link thousands of failures; the first ones tell enough. */
    private static final int MAX_LINKS = 64;

    private static final List<SqlDialect> DIALECTS = List.of(new PostgresDialect(), new H2Dialect());

    private SqlConflicts() {}

    /**
     * Classifies what was thrown by the SQL exception that decides.
     *
     * <p>Looked at are the exception, its causes, and the exceptions that SQL exceptions link with
     * {@link SQLException#getNextException()}, 64 in all. A conflict decides over a failure that is none, what is wrapped
     * over what wraps it, and the first statement of a batch over later ones.
     *
     * @param thrown what was thrown
     * @return what the database said; empty if there is no SQL exception in what was thrown
     */
    public static Optional<SqlFailure> classify(Throwable thrown) {
        return Optional.ofNullable(new Walk(Collections.newSetFromMap(new IdentityHashMap<>())).deciding(thrown));
    }

    private record Walk(Set<Throwable> seen) {
        @Nullable SqlFailure deciding(@Nullable Throwable thrown) {
            if (thrown == null || seen.size() == MAX_LINKS || !seen.add(thrown)) {
                return null;
            }
            SqlFailure cause = deciding(thrown.getCause());
            if (!(thrown instanceof SQLException sql)) {
                return cause;
            }
            SqlFailure own = read(sql);
            SqlFailure inner = rank(cause) >= rank(own) ? cause : own;
            SqlFailure next = deciding(sql.getNextException());
            // A batch wraps what it links; elsewhere the first of several failures is the one that happened first.
            boolean wraps = sql instanceof BatchUpdateException;
            return rank(next) > rank(inner) || (wraps && rank(next) == rank(inner)) ? next : inner;
        }

        private static int rank(@Nullable SqlFailure failure) {
            if (failure == null) {
                return 0;
            }
            return switch (failure.kind()) {
                case UNKNOWN -> 1;
                case NO_CONFLICT, TX_ABORTED -> 2;
                default -> failure.kind().isConflict() ? 4 : 3;
            };
        }

        private static SqlFailure read(SQLException thrown) {
            for (SqlDialect dialect : DIALECTS) {
                if (dialect.knows(thrown)) {
                    return dialect.read(thrown);
                }
            }
            return SqlFailure.of(Kind.UNKNOWN, thrown);
        }
    }
}
