package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import java.sql.SQLTimeoutException;

/**
 * MySQL and MariaDB. The number of the error decides: one driver gives a lock timeout the SQLState of a deadlock, the
 * other gives a trigger's refusal the class of a broken connection.
 */
final class MySqlDialect implements Dialect {
    private final Product product;

    MySqlDialect(Product product) {
        this.product = product;
    }

    @Override
    public Product product() {
        return product;
    }

    @Override
    public Kind kind(VendorError error) {
        return switch (error.code()) {
            case 1062, 1586, 1022, 1557, 1569, 1761, 1762 -> Kind.UNIQUE;
            case 1452, 1216 -> Kind.FK_PARENT_MISSING;
            case 1451, 1217 -> Kind.FK_CHILD_EXISTS;
            case 3819 -> Kind.CHECK;
            case 1048, 1364 -> Kind.NOT_NULL;
            case 1213, 1614 -> Kind.DEADLOCK;
            case 1020, 3101 -> Kind.SERIALIZATION_FAILURE;
            case 1205, 3572 -> Kind.LOCK_TIMEOUT;
            case 1317, 1969, 3024 -> Kind.QUERY_TIMEOUT;
            case 1644 -> Kind.RAISED;
            case 1290, 1792, 1836 -> Kind.READ_ONLY;
            case 1040, 1047, 1129, 1130 -> Kind.UNAVAILABLE;
            case 1053, 1927, 2006, 2013 -> Kind.CONNECTION_LOST;
            case 1366, 1292, 1265, 1264, 1406 -> Kind.DATA;
            default -> otherKind(error);
        };
    }

    private static Kind otherKind(VendorError error) {
        if (error.code() == 4025 && error.isOfClass("23")) {
            return Kind.CHECK; // MariaDB; MySQL has another error of this number
        }
        return error.thrown() instanceof SQLTimeoutException ? Kind.QUERY_TIMEOUT : Dialect.standard(error.sqlState());
    }

    @Override
    public SchemaNames names(Kind kind, VendorError error) {
        String text = MySqlMessage.withoutConnection(error.text());
        return switch (error.code()) {
            case 1062, 1586 -> MySqlMessage.duplicate(text, product == Product.MYSQL);
            case 1451, 1452 -> MySqlMessage.foreignKey(text);
            case 3819, 4025 -> MySqlMessage.check(text);
            case 1048, 1364 -> MySqlMessage.column(text);
            default -> SchemaNames.NONE;
        };
    }
}
