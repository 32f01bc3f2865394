package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;

/** The codes and the texts of one product. */
interface Dialect {
    Product product();

    Kind kind(VendorError error);

    /** The names that a conflict of this kind tells, read only where no value can stand. */
    SchemaNames names(Kind kind, VendorError error);

    /** What the SQL standard says of a state that the product itself gives no other meaning. */
    static Kind standard(String sqlState) {
        if (sqlState.startsWith("08")) {
            return switch (sqlState) {
                case "08001", "08004" -> Kind.UNAVAILABLE;
                case "08007" -> Kind.OUTCOME_UNKNOWN;
                default -> Kind.CONNECTION_LOST;
            };
        }
        if (sqlState.startsWith("22")) {
            return Kind.DATA;
        }
        if (sqlState.startsWith("38") || sqlState.startsWith("45")) {
            return Kind.RAISED; // a routine of the application's, or its SIGNAL
        }
        return switch (sqlState) {
            case "25006" -> Kind.READ_ONLY;
            case "40003" -> Kind.OUTCOME_UNKNOWN;
            default -> Kind.NO_CONFLICT;
        };
    }
}
