package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL through pgjdbc. The names come from the fields of the server's error response (constraint, table, column,
 * schema), which no value and no language can change, never from the text.
 */
final class PostgresDialect implements SqlDialect {
    @Override
    public boolean knows(SQLException thrown) {
        return thrown.getClass().getName().startsWith("org.postgresql.");
    }

    @Override
    public SqlFailure read(SQLException thrown) {
        String state = thrown.getSQLState();
        ServerFields fields = ServerFields.of(thrown);
        Kind kind = state == null ? Kind.NO_CONFLICT : kind(state, fields);
        return new SqlFailure(
                Product.POSTGRESQL, kind, thrown, kind.isConflict() ? names(kind, fields) : SchemaNames.NONE);
    }

    private static SchemaNames names(Kind kind, ServerFields fields) {
        SchemaNames names = SchemaNames.field(
                fields.get("getSchema"), fields.get("getTable"), fields.get("getConstraint"));
        String column = kind == Kind.NOT_NULL ? fields.get("getColumn") : null;
        return column == null ? names : names.columns(List.of(column));
    }

    /** The classes of the appendix "PostgreSQL Error Codes". */
    private static Kind kind(String state, ServerFields fields) {
        return switch (state) {
            case "23505" -> Kind.UNIQUE;
            case "23503" -> direction(fields.get("getMessage"));
            case "23001" -> Kind.FK_CHILD_EXISTS; // ON DELETE RESTRICT, from PostgreSQL 18 on
            case "23514" -> Kind.CHECK;
            case "23502" -> Kind.NOT_NULL;
            case "23P01" -> Kind.EXCLUSION;
            case "40P01" -> Kind.DEADLOCK;
            case "40001" -> Kind.SERIALIZATION_FAILURE;
            case "55P03" -> Kind.LOCK_TIMEOUT;
            default -> Kind.NO_CONFLICT;
        };
    }

    /**
     * Which end of the foreign key is missing. No field tells, but the primary message does; it holds names and no value
     * (those stand in the detail). In another language than English it stays unknown.
     */
    private static Kind direction(@Nullable String message) {
        if (message != null && message.startsWith("insert or update on table ")) {
            return Kind.FK_PARENT_MISSING;
        }
        return message != null && message.startsWith("update or delete on table ")
                ? Kind.FK_CHILD_EXISTS
                : Kind.UNKNOWN;
    }

    /** pgjdbc's {@code ServerErrorMessage}, reached by name so that no driver need be on the class path. */
    private record ServerFields(@Nullable Object message) {
        static ServerFields of(SQLException thrown) {
            return new ServerFields(call(thrown, "getServerErrorMessage"));
        }

        @Nullable String get(String accessor) {
            return message == null ? null : (String) call(message, accessor);
        }

        private static @Nullable Object call(Object target, String accessor) {
            try {
                return target.getClass().getMethod(accessor).invoke(target);
            } catch (ReflectiveOperationException notThisDriver) {
                return null;
            }
        }
    }
}
