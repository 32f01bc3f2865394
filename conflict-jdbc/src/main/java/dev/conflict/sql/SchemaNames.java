package dev.conflict.sql;

import org.jspecify.annotations.Nullable;

/**
 * The names that a product tells beside a failure; each is null where it does not.
 *
 * @param schema of the constraint or the table
 * @param table that has the constraint or the column
 * @param column that may not be null
 * @param constraint that was violated
 * @param indexOf the constraint whose index has the name in {@code constraint}, where the product may mean that one
 */
record SchemaNames(
        @Nullable String schema,
        @Nullable String table,
        @Nullable String column,
        @Nullable String constraint,
        @Nullable String indexOf) {
    static final SchemaNames NONE = new SchemaNames(null, null, null, null, null);

    static SchemaNames ofColumn(@Nullable String column) {
        return new SchemaNames(null, null, column, null, null);
    }
}
