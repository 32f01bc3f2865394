package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL through pgjdbc. The names come from the fields of the server's error response (constraint, table, column,
 * schema), which no value and no language can change, never from the text.
 */
final class PostgresDialect implements Dialect {
    @Override
    public boolean knows(SQLException thrown) {
        return thrown.getClass().getName().startsWith("org.postgresql.");
    }

    @Override
    public SqlFailure read(SQLException thrown) {
        String state = thrown.getSQLState();
        ServerFields fields = ServerFields.of(thrown);
        Kind kind = state == null ? Kind.NO_CONFLICT : kind(state, fields);
        SchemaNames names = kind.isConflict()
                ? new SchemaNames(
                        fields.get("getSchema"),
                        fields.get("getTable"),
                        kind == Kind.NOT_NULL ? fields.get("getColumn") : null,
                        fields.get("getConstraint"),
                        null)
                : SchemaNames.NONE;
        return new SqlFailure(Product.POSTGRESQL, kind, state, thrown.getErrorCode(), names);
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
