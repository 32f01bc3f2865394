package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Evidence;
import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQLite, which has no SQLState and names few constraints. The kind is in the extended result code, the columns of a
 * unique constraint in the text; no text holds a value:
 *
 * <pre>
 * [SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint failed (UNIQUE constraint failed: users.region, users.number)
 * [SQLITE_CONSTRAINT_CHECK] A CHECK constraint failed (CHECK constraint failed: ck_amount)
 * batch entry 1: [SQLITE_CONSTRAINT_NOTNULL] A NOT NULL constraint failed (NOT NULL constraint failed: users.email)
 * </pre>
 */
final class SqliteDialect implements Dialect {
    @Override
    public Product product() {
        return Product.SQLITE;
    }

    @Override
    public Kind kind(VendorError error) {
        String code = code(error);
        return switch (code) {
            case "CONSTRAINT_UNIQUE", "CONSTRAINT_PRIMARYKEY", "CONSTRAINT_ROWID" -> Kind.UNIQUE;
            case "CONSTRAINT_FOREIGNKEY" -> Kind.FOREIGN_KEY;
            case "CONSTRAINT_CHECK" -> Kind.CHECK;
            case "CONSTRAINT_NOTNULL" -> Kind.NOT_NULL;
            case "CONSTRAINT_TRIGGER" -> Kind.RAISED;
            case "BUSY_SNAPSHOT" -> Kind.SERIALIZATION_FAILURE;
            case "CONSTRAINT_DATATYPE", "MISMATCH", "TOOBIG" -> Kind.DATA;
            case "INTERRUPT" -> Kind.QUERY_TIMEOUT;
            case "ABORT_ROLLBACK" -> Kind.TX_ABORTED;
            default -> family(code);
        };
    }

    private static Kind family(String code) {
        if (code.startsWith("BUSY") || code.startsWith("LOCKED")) {
            return Kind.LOCK_TIMEOUT;
        }
        if (code.startsWith("READONLY")) {
            return Kind.READ_ONLY;
        }
        return code.startsWith("CANTOPEN") ? Kind.UNAVAILABLE : Kind.NO_CONFLICT;
    }

    /** The name of the result code, from the driver's field; an exception of a batch has it in its text only. */
    private static String code(VendorError error) {
        if (Accessors.call(error.thrown(), "getResultCode") instanceof Enum<?> code) {
            return code.name().startsWith("SQLITE_") ? code.name().substring("SQLITE_".length()) : code.name();
        }
        int start = error.text().startsWith("batch entry ") ? error.text().indexOf(": [") + 2 : 0;
        Cursor cursor = new Cursor(error.text(), start);
        String code = cursor.follows("[SQLITE_") ? cursor.upTo("]") : null;
        return code == null ? "" : code;
    }

    @Override
    public SchemaNames names(Kind kind, VendorError error) {
        String text = error.text();
        int start = text.indexOf(" constraint failed: ");
        if (start < 0 || !text.endsWith(")")) {
            return SchemaNames.NONE;
        }
        String what = text.substring(start + " constraint failed: ".length(), text.length() - 1);
        return switch (kind) {
            case CHECK -> SchemaNames.read(null, null, what);
            case UNIQUE, NOT_NULL -> columns(what);
            default -> SchemaNames.NONE;
        };
    }

    /** {@code users.region, users.number}, or {@code index 'ux_lower_name'} if the index is one of expressions. */
    private static SchemaNames columns(String what) {
        Cursor cursor = new Cursor(what, 0);
        if (cursor.follows("index '") && what.endsWith("'")) {
            String rest = cursor.rest();
            return SchemaNames.read(null, null, rest == null ? null : rest.substring(0, rest.length() - 1));
        }
        @Nullable String table = null;
        List<String> columns = new ArrayList<>();
        for (String each : what.split(", ", -1)) {
            int dot = each.indexOf('.');
            if (dot <= 0 || (table != null && !each.substring(0, dot).equals(table))) {
                return SchemaNames.NONE;
            }
            table = each.substring(0, dot);
            columns.add(each.substring(dot + 1));
        }
        return new SchemaNames(null, table, List.copyOf(columns), null, null, Evidence.ANCHORED_TEXT);
    }
}
