package dev.conflict.sql;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a database said when it refused a statement or a commit: of which kind that is, and which constraint it names.
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
        /** The product says clearly that it is something else. */
        NO_CONFLICT,
        /** The product, or what it says, is not known. */
        UNKNOWN;

        /**
         * Tells whether it is a conflict.
         *
         * @return true unless it is something else, or nobody knows what
         */
        public boolean isConflict() {
            return this != NO_CONFLICT && this != UNKNOWN;
        }
    }

    /** Whose exception it is. More products may join: a switch needs a {@code default}. */
    public enum Product {
        /** H2. */
        H2,
        /** PostgreSQL. */
        POSTGRESQL,
        /** One whose codes are not known here. */
        OTHER
    }

    private final Product product;
    private final Kind kind;
    private final @Nullable String sqlState;
    private final int vendorCode;
    private final SchemaNames names;

    SqlFailure(Product product, Kind kind, @Nullable String sqlState, int vendorCode, SchemaNames names) {
        this.product = Objects.requireNonNull(product, "product");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.sqlState = sqlState;
        this.vendorCode = vendorCode;
        this.names = Objects.requireNonNull(names, "names");
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
     * Returns the column that may not be null.
     *
     * @return the column's name, empty if the product does not tell one or the kind is another
     */
    public Optional<String> column() {
        return Optional.ofNullable(names.column());
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
