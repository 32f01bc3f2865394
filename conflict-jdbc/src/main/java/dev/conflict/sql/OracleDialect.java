package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Oracle Database. In every language the names stand in the first parentheses, and since 23ai values in a later line:
 *
 * <pre>
 * ORA-00001: unique constraint (SHOP.UK_NAME) violated
 * ORA-01400: cannot insert NULL into ("SHOP"."USERS"."EMAIL")
 * ORA-02290: check constraint (SHOP.CK_AMOUNT) violated
 * ORA-02091: transaction rolled back
 * ORA-02291: integrity constraint (SHOP.FK_PARENT) violated - parent key not found
 * </pre>
 */
final class OracleDialect implements Dialect {
    private static final int ROLLED_BACK = 2091;

    @Override
    public Product product() {
        return Product.ORACLE;
    }

    @Override
    public Kind kind(VendorError error) {
        int code = error.code() == ROLLED_BACK ? numberOf(secondLine(error.text())) : error.code();
        return switch (code) {
            case 1 -> Kind.UNIQUE;
            case 2291 -> Kind.FK_PARENT_MISSING;
            case 2292 -> Kind.FK_CHILD_EXISTS;
            case 2290 -> Kind.CHECK;
            case 1400, 1407 -> Kind.NOT_NULL;
            case 60 -> Kind.DEADLOCK;
            case 8177 -> Kind.SERIALIZATION_FAILURE;
            case 54, 2049, 30006 -> Kind.LOCK_TIMEOUT;
            case 1013 -> Kind.QUERY_TIMEOUT;
            case 1438, 12899, 1722, 1841, 1843, 1861 -> Kind.DATA;
            case 1456, 16000 -> Kind.READ_ONLY;
            case 12505, 12514, 12541 -> Kind.UNAVAILABLE;
            case 28, 1012, 1089, 1092, 3113, 3114, 3135, 17002, 17008, 17410 -> Kind.CONNECTION_LOST;
            case 2050, 2051, 2053, 2054, 25405, 25408 -> Kind.OUTCOME_UNKNOWN; // in doubt, also between databases
            case 2055, 25402 -> Kind.TX_ABORTED;
            default -> code >= 20000 && code <= 20999 ? Kind.RAISED : Dialect.standard(error.sqlState());
        };
    }

    @Override
    public SchemaNames names(Kind kind, VendorError error) {
        String text = error.code() == ROLLED_BACK ? secondLine(error.text()) : error.text();
        if (numberOf(text) < 0) {
            return SchemaNames.NONE;
        }
        Cursor cursor = new Cursor(text, 0);
        if (cursor.upTo("(") == null) {
            return SchemaNames.NONE;
        }
        if (kind == Kind.NOT_NULL) {
            String schema = cursor.quoted('"');
            String table = cursor.follows(".") ? cursor.quoted('"') : null;
            String column = cursor.follows(".") ? cursor.quoted('"') : null;
            return SchemaNames.column(schema, table, column);
        }
        return constraint(cursor.upTo(")"));
    }

    private static SchemaNames constraint(@Nullable String name) {
        int dot = name == null ? -1 : name.indexOf('.');
        return name == null || dot <= 0
                ? SchemaNames.NONE
                : SchemaNames.read(name.substring(0, dot), null, name.substring(dot + 1));
    }

    private static String secondLine(String text) {
        List<String> lines = text.lines().limit(2).toList();
        return lines.size() == 2 ? lines.get(1) : "";
    }

    /** The number at the start of a line, {@code ORA-00001: }; -1 if there is none. */
    private static int numberOf(String line) {
        int end = line.indexOf(": ");
        if (!line.startsWith("ORA-") || end != "ORA-00000".length()) {
            return -1;
        }
        try {
            return Integer.parseInt(line, "ORA-".length(), end, 10);
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
