package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import org.jspecify.annotations.Nullable;

/**
 * Apache Derby, whose exception of a violated constraint has its name and a table in fields. The table is the one that was
 * written to, which may be the parent of a foreign key, and is not told then.
 */
final class DerbyDialect implements Dialect {
    @Override
    public Product product() {
        return Product.DERBY;
    }

    @Override
    public Kind kind(VendorError error) {
        String state = error.sqlState();
        return switch (state) {
            case "23505", "23506", "23507" -> Kind.UNIQUE;
            case "23503" -> direction(error.text());
            case "23516", "23517" -> deferred(error.text());
            case "23513", "23514", "23515" -> Kind.CHECK;
            case "23502" -> Kind.NOT_NULL;
            case "40001" -> Kind.DEADLOCK;
            case "40XL1", "40XL2" -> Kind.LOCK_TIMEOUT;
            case "XCL52" -> Kind.QUERY_TIMEOUT;
            case "25501", "25502", "25503", "25505" -> Kind.READ_ONLY;
            case "XJ040" -> Kind.UNAVAILABLE;
            case "40XC0", "XJ004", "XJ015" -> Kind.CONNECTION_LOST;
            default -> Dialect.standard(state);
        };
    }

    /** The text begins with the statement. An update may be one of either end. */
    private static Kind direction(String text) {
        if (text.startsWith("INSERT on table '")) {
            return Kind.FK_PARENT_MISSING;
        }
        return text.startsWith("DELETE on table '") ? Kind.FK_CHILD_EXISTS : Kind.FOREIGN_KEY;
    }

    /**
     * The text names the table that was written to, and the one that is referred to: the first is the child unless they
     * are the same.
     */
    private static Kind deferred(String text) {
        Cursor cursor = new Cursor(text, 0);
        boolean read = cursor.upTo("' defined on ") != null;
        String written = read ? cursor.upTo(" referencing constraint '") : null;
        String referred = written != null && cursor.upTo("' defined on ") != null ? cursor.upTo(", key '") : null;
        return referred == null || referred.equals(written) ? Kind.FOREIGN_KEY : Kind.FK_PARENT_MISSING;
    }

    @Override
    public SchemaNames names(Kind kind, VendorError error) {
        if (kind == Kind.NOT_NULL) {
            Cursor cursor = new Cursor(error.text(), 0);
            return SchemaNames.column(null, null, cursor.follows("Column '") ? cursor.upTo("'") : null);
        }
        String constraint = Accessors.text(error.thrown(), "getConstraintName");
        String table = Accessors.text(error.thrown(), "getTableName");
        boolean childIsKnown = kind != Kind.FK_CHILD_EXISTS && kind != Kind.FOREIGN_KEY;
        return constraint == null ? SchemaNames.NONE : field(constraint, childIsKnown ? table : null);
    }

    /** The table is told as {@code CHILD} or as {@code "APP"."CHILD"}. */
    private static SchemaNames field(String constraint, @Nullable String table) {
        Cursor cursor = new Cursor(table == null ? "" : table, 0);
        String schema = cursor.quoted('"');
        String last = schema != null && cursor.follows(".") ? cursor.quoted('"') : null;
        return last == null ? SchemaNames.field(null, table, constraint) : SchemaNames.field(schema, last, constraint);
    }
}
