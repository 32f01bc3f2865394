package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import org.jspecify.annotations.Nullable;

/**
 * HSQLDB. Its texts name the constraint and the table before any value:
 *
 * <pre>
 * integrity constraint violation: unique constraint or index violation ; UK_NAME table: PARENT
 * integrity constraint violation: unique constraint or index violation: UX_AMOUNT
 * integrity constraint violation: foreign key no parent ; FK_PARENT table: CHILD value: 99
 * integrity constraint violation: NOT NULL check constraint ; SYS_CT_10092 table: CHILD column: AMOUNT
 * </pre>
 */
final class HsqldbDialect implements Dialect {
    private static final String UNIQUE_INDEX = "integrity constraint violation: unique constraint or index violation: ";

    @Override
    public Product product() {
        return Product.HSQLDB;
    }

    @Override
    public Kind kind(VendorError error) {
        return switch (error.sqlState()) {
            case "23505" -> Kind.UNIQUE;
            case "23503" -> Kind.FK_PARENT_MISSING;
            case "23504", "23501" -> Kind.FK_CHILD_EXISTS;
            case "23513" -> Kind.CHECK;
            case "23502" -> Kind.NOT_NULL;
            case "40001" -> Kind.SERIALIZATION_FAILURE; // also a deadlock; HSQLDB does not tell them apart
            case "40501", "40502", "57014" -> Kind.QUERY_TIMEOUT;
            default -> Dialect.standard(error.sqlState());
        };
    }

    @Override
    public SchemaNames names(Kind kind, VendorError error) {
        Cursor index = new Cursor(error.text(), 0);
        if (index.follows(UNIQUE_INDEX)) {
            return SchemaNames.read(null, null, identifier(index.rest()));
        }
        int start = error.text().indexOf("; ");
        if (start < 0) {
            return SchemaNames.NONE;
        }
        Cursor cursor = new Cursor(error.text(), start + 2);
        String name = identifier(cursor.upTo(" table: "));
        if (name == null) {
            return SchemaNames.NONE;
        }
        String table = cursor.upTo(kind == Kind.NOT_NULL ? " column: " : " value: ");
        if (kind == Kind.NOT_NULL) {
            // The name of the constraint is a number of the product's.
            String column = identifier(table == null ? null : cursor.rest());
            return SchemaNames.column(null, identifier(table), column);
        }
        return SchemaNames.read(null, identifier(table == null ? cursor.rest() : table), name);
    }

    /** Names that are no plain identifiers stand in quotes. */
    private static @Nullable String identifier(@Nullable String text) {
        String name = text == null ? null : text.strip();
        String inner = name == null ? null : new Cursor(name, 0).quoted('"');
        return inner == null ? name : inner;
    }
}
