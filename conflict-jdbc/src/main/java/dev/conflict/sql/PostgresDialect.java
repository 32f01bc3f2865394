package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL, and what speaks its protocol. The names come from the fields of the server's error response (constraint,
 * table, column, schema), which no value and no language can change, never from the text.
 */
final class PostgresDialect implements Dialect {
    @Override
    public Product product() {
        return Product.POSTGRESQL;
    }

    /** The states of the appendix "PostgreSQL Error Codes". */
    @Override
    public Kind kind(VendorError error) {
        return switch (error.sqlState()) {
            case "23505" -> Kind.UNIQUE;
            case "23503" -> direction(fields(error));
            case "23001" -> Kind.FK_CHILD_EXISTS; // ON DELETE RESTRICT, from PostgreSQL 18 on
            case "23514" -> Kind.CHECK;
            case "23502" -> Kind.NOT_NULL;
            case "23P01" -> Kind.EXCLUSION;
            case "40P01" -> Kind.DEADLOCK;
            case "40001" -> Kind.SERIALIZATION_FAILURE;
            case "55P03" -> Kind.LOCK_TIMEOUT;
            case "57014" -> Kind.QUERY_TIMEOUT;
            case "25P02" -> Kind.TX_ABORTED;
            case "P0001" -> Kind.RAISED;
            case "57P03", "53300" -> Kind.UNAVAILABLE;
            case "57P01", "57P02", "57P05", "25P03", "25P04" -> Kind.CONNECTION_LOST;
            default -> raised(error) ? Kind.RAISED : Dialect.standard(error.sqlState());
        };
    }

    @Override
    public SchemaNames names(Kind kind, VendorError error) {
        Object fields = fields(error);
        SchemaNames names = SchemaNames.field(
                first(fields, "getSchema", "getSchemaName"),
                first(fields, "getTable", "getTableName"),
                first(fields, "getConstraint", "getConstraintName"));
        String column = kind == Kind.NOT_NULL ? first(fields, "getColumn", "getColumnName") : null;
        return column == null ? names : names.columns(List.of(column));
    }

    /** The {@code ServerErrorMessage} of pgjdbc, or the {@code ErrorDetails} of the R2DBC driver. */
    private static @Nullable Object fields(VendorError error) {
        Object fields = Accessors.call(error.thrown(), "getServerErrorMessage");
        return fields == null ? Accessors.call(error.thrown(), "getErrorDetails") : fields;
    }

    private static @Nullable String first(@Nullable Object fields, String jdbc, String reactive) {
        String value = Accessors.text(fields, jdbc);
        return value == null ? Accessors.text(fields, reactive) : value;
    }

    private static boolean raised(VendorError error) {
        return "exec_stmt_raise".equals(Accessors.text(fields(error), "getRoutine"));
    }

    /**
     * Which end of the foreign key is missing. No field tells, but the primary message does, in every language: it names
     * one table where the parent is missing, and two where a child exists. It holds no value; those stand in the detail.
     */
    private static Kind direction(@Nullable Object fields) {
        String message = Accessors.text(fields, "getMessage");
        String constraint = first(fields, "getConstraint", "getConstraintName");
        if (message == null || constraint == null) {
            return Kind.FOREIGN_KEY;
        }
        return switch (QuotedNames.besides(message, constraint, first(fields, "getTable", "getTableName"))) {
            case 1 -> Kind.FK_PARENT_MISSING;
            case 2 -> Kind.FK_CHILD_EXISTS;
            default -> Kind.FOREIGN_KEY;
        };
    }
}
