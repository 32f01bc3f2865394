package dev.conflict.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a database said when it refused a statement or a commit: of which kind that is, which constraint it names, and
 * whether doing it again can help.
 *
 * <p>{@link SqlConflicts#classify} reads it out of an exception. It carries names of the schema and never a value, but
 * even the names are not for callers: {@link ConstraintCatalog} says what they may learn. Instances are immutable and
 * safe for use by many threads.
 */
public final class SqlFailure {
    /** What happened. More kinds may join: a switch needs a {@code default}. */
    public enum Kind {
        /** A unique constraint, unique index or primary key. */
        UNIQUE,
        /** A foreign key of the written row leads to nothing. */
        FK_PARENT_MISSING,
        /** A foreign key of another row leads to the one that was to be removed or renamed. */
        FK_CHILD_EXISTS,
        /** A foreign key, where the product does not tell which of its ends is missing. */
        FOREIGN_KEY,
        /** A check constraint. */
        CHECK,
        /** A column that may not be null. */
        NOT_NULL,
        /** An exclusion constraint. */
        EXCLUSION,
        /** Transactions waited for each other; this one was ended. */
        DEADLOCK,
        /** No serial order of the transactions gives what this one read. */
        SERIALIZATION_FAILURE,
        /** A lock was not given in time. */
        LOCK_TIMEOUT,
        /** A statement ran for longer than it may, or was cancelled. */
        QUERY_TIMEOUT,
        /** A trigger or procedure of the application refused, in its own words. */
        RAISED,
        /** A value does not fit the type of its column: too long, out of range, no date. */
        DATA,
        /** An earlier failure had ended the transaction; that one is the reason, this one says nothing. */
        TX_ABORTED,
        /** Something was to be written where nothing may be: a read-only transaction, or a replica. */
        READ_ONLY,
        /** No connection could be had: nothing was sent. */
        UNAVAILABLE,
        /** The connection broke. */
        CONNECTION_LOST,
        /** The product says itself that it does not know whether the work was done. */
        OUTCOME_UNKNOWN,
        /** The product says clearly that it is something else. */
        NO_CONFLICT,
        /** The product, or what it says, is not known. */
        UNKNOWN;

        /**
         * Tells whether it is a conflict: with what is stored, or with another transaction.
         *
         * @return true from {@link #UNIQUE} to {@link #LOCK_TIMEOUT}, false for all others
         */
        public boolean isConflict() {
            return compareTo(LOCK_TIMEOUT) <= 0;
        }
    }

    /** Whose exception it is, known by the driver. More products may join: a switch needs a {@code default}. */
    public enum Product {
        /** H2. */
        H2,
        /** PostgreSQL, and what speaks its protocol: CockroachDB, YugabyteDB. */
        POSTGRESQL,
        /** MySQL, or another server behind MySQL's driver. */
        MYSQL,
        /** MariaDB, or another server behind MariaDB's driver. */
        MARIADB,
        /** HSQLDB. */
        HSQLDB,
        /** Apache Derby. */
        DERBY,
        /** SQLite. */
        SQLITE,
        /** Oracle Database. */
        ORACLE,
        /** Microsoft SQL Server. */
        SQL_SERVER,
        /** IBM Db2. */
        DB2,
        /** One whose codes are not known here. */
        OTHER
    }

    /** When it was refused. */
    public enum Phase {
        /** In a statement that the application ran itself. */
        OPERATION,
        /** When a persistence provider wrote what it had collected; only the one who called it can tell. */
        FLUSH,
        /** At the end of the transaction; a statement in auto-commit mode is its own end. */
        COMMIT
    }

    /** Whether doing it again can help. */
    public enum Retry {
        /** It would be refused again. */
        NONE,
        /** The whole transaction, done anew, may go through. */
        FRESH_TRANSACTION,
        /** The whole transaction, done anew after a while. */
        AFTER_DELAY,
        /** Nobody knows whether it was done: doing it again may do it twice. */
        UNKNOWN_OUTCOME
    }

    /** Where the names were read. */
    public enum Evidence {
        /** In fields that the driver keeps apart from the text. */
        STRUCTURED,
        /** In a text, where no value can stand. */
        ANCHORED_TEXT,
        /** Nowhere: the codes tell the kind, and no name is told. */
        CODE_ONLY
    }

    /** Classes of SQLState with which a server says that it did not commit. */
    private static final Set<String> REFUSALS = Set.of("21", "22", "23", "25", "27", "2D", "40", "44", "P0");

    private final Product product;
    private final Kind kind;
    private final @Nullable String sqlState;
    private final int vendorCode;
    private final SchemaNames names;
    private final @Nullable Phase phase;

    private SqlFailure(
            Product product,
            Kind kind,
            @Nullable String sqlState,
            int vendorCode,
            SchemaNames names,
            @Nullable Phase phase) {
        this.product = Objects.requireNonNull(product, "product");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.sqlState = sqlState;
        this.vendorCode = vendorCode;
        this.names = Objects.requireNonNull(names, "names");
        this.phase = phase;
    }

    SqlFailure(Product product, Kind kind, @Nullable String sqlState, int vendorCode, SchemaNames names) {
        this(product, kind, sqlState, vendorCode, names, null);
    }

    SqlFailure(Product product, Kind kind, VendorError error, SchemaNames names) {
        this(product, kind, error.sqlState().isEmpty() ? null : error.sqlState(), error.code(), names, null);
    }

    /**
     * Returns the failure of a product that is not known here; for a {@link SqlDialect}.
     *
     * @param kind what happened
     * @param thrown the product's exception, whose codes are taken over
     * @return the failure, without any name
     */
    public static SqlFailure of(Kind kind, SQLException thrown) {
        return new SqlFailure(Product.OTHER, kind, VendorError.of(thrown), SchemaNames.NONE);
    }

    /**
     * Returns the same failure with the constraint that was violated.
     *
     * @param constraint the name, without schema or table, from a place where no value can stand
     * @param evidence where the name was read
     * @return the failure
     */
    public SqlFailure constraint(String constraint, Evidence evidence) {
        Objects.requireNonNull(constraint, "constraint");
        return with(
                new SchemaNames(names.schema(), names.table(), names.columns(), constraint, names.indexOf(), evidence));
    }

    /**
     * Returns the same failure with the table that has the constraint or the columns.
     *
     * @param table the table's name, without its schema
     * @param evidence where the names were read
     * @param columns the columns' names, none if they are not known
     * @return the failure
     */
    public SqlFailure table(String table, Evidence evidence, String... columns) {
        Objects.requireNonNull(table, "table");
        return with(new SchemaNames(
                names.schema(), table, List.of(columns), names.constraint(), names.indexOf(), evidence));
    }

    private SqlFailure with(SchemaNames others) {
        return new SqlFailure(product, kind, sqlState, vendorCode, others, phase);
    }

    /**
     * Returns the same failure for somebody who knows when it was refused.
     *
     * @param phase when
     * @return the failure
     */
    public SqlFailure at(Phase phase) {
        return new SqlFailure(product, kind, sqlState, vendorCode, names, Objects.requireNonNull(phase, "phase"));
    }

    /**
     * Returns what happened.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Returns whose exception it is.
     *
     * @return the product
     */
    public Product product() {
        return product;
    }

    /**
     * Returns when it was refused. An exception seldom tells; whoever called the database knows better and says so with
     * {@link #at}.
     *
     * @return the phase, empty if nobody told
     */
    public Optional<Phase> phase() {
        return Optional.ofNullable(phase);
    }

    /**
     * Tells whether doing it again can help. A connection that broke leaves the outcome unknown, unless it is known that
     * it broke before the commit.
     *
     * @return the advice, which always speaks of the whole transaction
     */
    public Retry retry() {
        return switch (kind) {
            case DEADLOCK, SERIALIZATION_FAILURE -> Retry.FRESH_TRANSACTION;
            case LOCK_TIMEOUT, UNAVAILABLE -> Retry.AFTER_DELAY;
            case CONNECTION_LOST ->
                phase == Phase.OPERATION || phase == Phase.FLUSH ? Retry.AFTER_DELAY : Retry.UNKNOWN_OUTCOME;
            case OUTCOME_UNKNOWN -> Retry.UNKNOWN_OUTCOME;
            default -> Retry.NONE;
        };
    }

    /**
     * Tells whether the database said that it did not commit, if this is what a commit was answered with. What is not surely
     * a refusal counts as none: then nobody knows the outcome.
     *
     * @return true if surely nothing was stored
     */
    public boolean isRefusedCommit() {
        if (at(Phase.COMMIT).retry() == Retry.UNKNOWN_OUTCOME) {
            return false;
        }
        return kind.isConflict()
                || kind == Kind.RAISED
                || kind == Kind.TX_ABORTED
                || (sqlState != null
                        && sqlState.length() == 5
                        && REFUSALS.contains(sqlState.substring(0, 2))
                        && !sqlState.equals("40003"));
    }

    /**
     * Returns where the names were read.
     *
     * @return the grade of evidence, {@link Evidence#CODE_ONLY} if there is no name
     */
    public Evidence evidence() {
        return names.evidence();
    }

    /**
     * Returns the SQLState, which means different things in different products.
     *
     * @return the SQLState, empty if there is none
     */
    public Optional<String> sqlState() {
        return Optional.ofNullable(sqlState);
    }

    /**
     * Returns the product's own code.
     *
     * @return the code, 0 where the product has none
     */
    public int vendorCode() {
        return vendorCode;
    }

    /**
     * Returns the constraint's name as the product writes it, without schema or table.
     *
     * @return the name, empty if the product does not tell one
     */
    public Optional<String> constraint() {
        return Optional.ofNullable(names.constraint());
    }

    /**
     * Returns the columns of the constraint, or the one that may not be null.
     *
     * @return the columns' names in the product's order, empty if it does not tell them
     */
    public List<String> columns() {
        return names.columns();
    }

    /**
     * Returns the table that has the constraint or the column.
     *
     * @return the table's name, empty if the product does not tell one
     */
    public Optional<String> table() {
        return Optional.ofNullable(names.table());
    }

    /**
     * Returns the schema of the table or of the constraint.
     *
     * @return the schema's name, empty if the product does not tell one
     */
    public Optional<String> schema() {
        return Optional.ofNullable(names.schema());
    }

    SchemaNames names() {
        return names;
    }

    /** Returns a line for the log: product, kind, codes and the constraint's name. */
    @Override
    public String toString() {
        return product + " " + kind + " (" + sqlState + "/" + vendorCode + ")"
                + constraint().map(name -> " " + name).orElse("");
    }
}
