package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import org.jspecify.annotations.Nullable;

/**
 * SQL Server. Names stand before values, and are read in English only where a value follows:
 *
 * <pre>
 * Violation of UNIQUE KEY constraint 'uk_name'. Cannot insert duplicate key in object 'dbo.users'. The duplicate key …
 * Cannot insert duplicate key row in object 'dbo.users' with unique index 'ux_name'. The duplicate key value is (…).
 * The DELETE statement conflicted with the REFERENCE constraint "fk_parent". The conflict occurred in database "shop", …
 * Cannot insert the value NULL into column 'email', table 'shop.dbo.users'; column does not allow nulls. INSERT fails.
 * </pre>
 */
final class SqlServerDialect implements Dialect {
    private static final int CONFLICTED = 547;

    @Override
    public Product product() {
        return Product.SQL_SERVER;
    }

    @Override
    public Kind kind(VendorError error) {
        return switch (error.code()) {
            case 2627, 2601 -> Kind.UNIQUE;
            case CONFLICTED -> conflicted(error.text());
            case 515 -> Kind.NOT_NULL;
            case 1205 -> Kind.DEADLOCK;
            case 3960, 41302, 41305, 41325 -> Kind.SERIALIZATION_FAILURE;
            case 1222 -> Kind.LOCK_TIMEOUT;
            case 245, 2628, 8114, 8115, 8152 -> Kind.DATA;
            case 3906 -> Kind.READ_ONLY;
            case 3930, 3998 -> Kind.TX_ABORTED;
            case 4060, 18456, 40613 -> Kind.UNAVAILABLE;
            default -> otherKind(error);
        };
    }

    private static Kind otherKind(VendorError error) {
        if (error.code() >= 50_000) {
            return Kind.RAISED;
        }
        return error.sqlState().equals("HY008") ? Kind.QUERY_TIMEOUT : Dialect.standard(error.sqlState());
    }

    /** The sort of constraint is not translated, and stands before the first name. */
    private static Kind conflicted(String text) {
        int quote = text.indexOf('"');
        String start = quote < 0 ? "" : text.substring(0, quote);
        if (start.contains("REFERENCE")) {
            return Kind.FK_CHILD_EXISTS;
        }
        if (start.contains("FOREIGN KEY")) {
            return Kind.FK_PARENT_MISSING;
        }
        return start.contains("CHECK") ? Kind.CHECK : Kind.UNKNOWN;
    }

    @Override
    public SchemaNames names(Kind kind, VendorError error) {
        Cursor cursor = new Cursor(error.text(), 0);
        return switch (error.code()) {
            case 2627 -> {
                boolean known = cursor.follows("Violation of UNIQUE KEY constraint '")
                        || cursor.follows("Violation of PRIMARY KEY constraint '");
                String name = known ? cursor.upTo("'. Cannot insert duplicate key in object '") : null;
                yield of(name == null ? null : cursor.upTo("'."), name);
            }
            case 2601 -> {
                boolean known = cursor.follows("Cannot insert duplicate key row in object '");
                String table = known ? cursor.upTo("' with unique index '") : null;
                yield of(table, table == null ? null : cursor.upTo("'."));
            }
            case CONFLICTED -> of(null, cursor.upTo("\"") == null ? null : cursor.upTo("\""));
            case 515 -> {
                boolean known = cursor.follows("Cannot insert the value NULL into column '");
                String column = known ? cursor.upTo("', table '") : null;
                String table = column == null ? null : cursor.upTo("';");
                yield SchemaNames.column(part(table, 2), part(table, 1), column);
            }
            default -> SchemaNames.NONE;
        };
    }

    private static SchemaNames of(@Nullable String table, @Nullable String constraint) {
        return constraint == null ? SchemaNames.NONE : SchemaNames.read(part(table, 2), part(table, 1), constraint);
    }

    /** A part of {@code database.schema.table}, counted from the end. */
    private static @Nullable String part(@Nullable String qualified, int fromEnd) {
        if (qualified == null) {
            return null;
        }
        String[] parts = qualified.split("\\.", -1);
        return parts.length < fromEnd ? null : parts[parts.length - fromEnd];
    }
}
