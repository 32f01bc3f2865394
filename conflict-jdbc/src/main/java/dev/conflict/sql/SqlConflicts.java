package dev.conflict.sql;

import dev.conflict.ConflictReaders;
import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Phase;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.ArrayList;
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
 * <p>The product is known by its driver before any code is looked at, since the same SQLState means opposite things in
 * two products. Names come from structured fields where the driver has them, else from the text, read only where no value
 * can stand. Known are the {@linkplain SqlFailure.Product products} of that list, and those for which a
 * {@link SqlDialect} is found; exceptions of R2DBC are read by the same codes.
 */
public final class SqlConflicts {
    /** A batch may link thousands of failures; the first ones tell enough. */
    private static final int MAX_LINKS = 64;

    private static final List<SqlDialect> ADDED =
            ConflictReaders.providers(SqlDialect.class, SqlConflicts.class.getClassLoader());

    /** What is thrown where a transaction ends, and nowhere else. */
    private static final Set<String> AT_COMMIT = Set.of(
            "jakarta.persistence.RollbackException",
            "jakarta.transaction.RollbackException",
            "org.hibernate.TransactionException",
            "org.springframework.transaction.TransactionSystemException");

    private SqlConflicts() {}

    /**
     * Classifies what was thrown by the exception of a driver that decides.
     *
     * <p>Looked at are the exception, its causes, and the exceptions that SQL exceptions link with
     * {@link SQLException#getNextException()}, 64 in all. A conflict decides over a failure that is none, what is wrapped
     * over what wraps it, and the first statement of a batch over later ones.
     *
     * <p>The phase is told where a wrapper is one that is thrown at the end of a transaction and nowhere else:
     * {@link Phase#COMMIT}. It is never {@link Phase#FLUSH} by itself, since providers throw the same for a flush and for a
     * query; whoever called them says so with {@link SqlFailure#at}.
     *
     * @param thrown what was thrown
     * @return what the database said; empty if no exception of a driver is in what was thrown
     */
    public static Optional<SqlFailure> classify(Throwable thrown) {
        Walk walk = new Walk();
        SqlFailure failure = walk.deciding(thrown);
        return Optional.ofNullable(failure != null && walk.atCommit ? failure.at(Phase.COMMIT) : failure);
    }

    private static final class Walk {
        private final List<Throwable> seen = new ArrayList<>(4);
        private boolean atCommit;

        @Nullable SqlFailure deciding(@Nullable Throwable thrown) {
            if (thrown == null || seen.size() == MAX_LINKS || isSeen(thrown)) {
                return null;
            }
            seen.add(thrown);
            atCommit |= AT_COMMIT.contains(thrown.getClass().getName());
            SqlFailure inner = deciding(thrown.getCause());
            if (rank(inner) < MAX_RANK) {
                SqlFailure own = read(thrown);
                inner = rank(inner) >= rank(own) ? inner : own;
            }
            if (!(thrown instanceof SQLException sql)) {
                return inner;
            }
            SqlFailure next = deciding(sql.getNextException());
            // A batch wraps what it links; elsewhere the first of several failures is the one that happened first.
            boolean wraps = sql instanceof BatchUpdateException;
            return rank(next) > rank(inner) || (wraps && rank(next) == rank(inner)) ? next : inner;
        }

        @SuppressWarnings("ReferenceEquality") // an exception may call another one equal
        private boolean isSeen(Throwable thrown) {
            for (Throwable each : seen) {
                if (each == thrown) {
                    return true;
                }
            }
            return false;
        }

        private static final int MAX_RANK = 4;

        private static int rank(@Nullable SqlFailure failure) {
            if (failure == null) {
                return 0;
            }
            return switch (failure.kind()) {
                case UNKNOWN -> 1;
                case NO_CONFLICT, TX_ABORTED -> 2;
                default -> failure.kind().isConflict() ? MAX_RANK : 3;
            };
        }

        private static @Nullable SqlFailure read(Throwable thrown) {
            if (!(thrown instanceof SQLException sql)) {
                VendorError reactive = VendorError.ofReactive(thrown);
                return reactive == null ? null : read(reactive);
            }
            for (SqlDialect dialect : ADDED) {
                if (dialect.knows(sql)) {
                    return dialect.read(sql);
                }
            }
            return read(VendorError.of(sql));
        }

        private static SqlFailure read(VendorError error) {
            Dialect dialect = Drivers.dialect(error.thrown());
            if (dialect == null) {
                return new SqlFailure(SqlFailure.Product.OTHER, Kind.UNKNOWN, error, SchemaNames.NONE);
            }
            Kind kind = dialect.kind(error);
            return new SqlFailure(
                    dialect.product(), kind, error, kind.isConflict() ? dialect.names(kind, error) : SchemaNames.NONE);
        }
    }
}
