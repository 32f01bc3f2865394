package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names that a product tells beside a failure; each is null, or empty, where it does not.
 *
 * @param schema of the constraint or the table
 * @param table that has the constraint or the columns
 * @param columns of the constraint, or the one that may not be null
 * @param constraint that was violated
 * @param indexOf the constraint whose index has the name in {@code constraint}, where the product may mean that one
 * @param evidence where they were read
 */
record SchemaNames(
        @Nullable String schema,
        @Nullable String table,
        List<String> columns,
        @Nullable String constraint,
        @Nullable String indexOf,
        Evidence evidence) {
    static final SchemaNames NONE = new SchemaNames(null, null, List.of(), null, null, Evidence.CODE_ONLY);

    /** Names out of a text. */
    static SchemaNames read(@Nullable String schema, @Nullable String table, @Nullable String constraint) {
        return constraint == null && table == null
                ? NONE
                : new SchemaNames(schema, table, List.of(), constraint, null, Evidence.ANCHORED_TEXT);
    }

    /** A column out of a text. */
    static SchemaNames column(@Nullable String schema, @Nullable String table, @Nullable String column) {
        return column == null
                ? NONE
                : new SchemaNames(schema, table, List.of(column), null, null, Evidence.ANCHORED_TEXT);
    }

    /** Names out of fields of the driver's. */
    static SchemaNames field(@Nullable String schema, @Nullable String table, @Nullable String constraint) {
        return constraint == null && table == null
                ? NONE
                : new SchemaNames(schema, table, List.of(), constraint, null, Evidence.STRUCTURED);
    }

    SchemaNames columns(List<String> others) {
        return new SchemaNames(schema, table, List.copyOf(others), constraint, indexOf, evidence);
    }

    /** What a constraint is declared as, where the product tells its columns in place of its name. */
    @Nullable String byColumns() {
        return columns.isEmpty() ? null : String.join(",", columns);
    }

    /** The first column, which is the one that may not be null. */
    @Nullable String column() {
        return columns.isEmpty() ? null : columns.get(0);
    }
}
