package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;

/** H2, which numbers its errors ({@code org.h2.api.ErrorCode}) and names constraints in its text only. */
final class H2Dialect implements Dialect {
    @Override
    public Product product() {
        return Product.H2;
    }

    @Override
    public Kind kind(VendorError error) {
        return switch (error.code()) {
            case 23505 -> Kind.UNIQUE;
            case 23506 -> Kind.FK_PARENT_MISSING;
            case 23503 -> Kind.FK_CHILD_EXISTS;
            case 23513 -> Kind.CHECK;
            case 23502 -> Kind.NOT_NULL;
            case 40001 -> Kind.DEADLOCK; // also a conflict of snapshots; H2 does not tell them apart
            case 90131 -> Kind.SERIALIZATION_FAILURE; // CONCURRENT_UPDATE_1
            case 50200 -> Kind.LOCK_TIMEOUT;
            case 57014 -> Kind.QUERY_TIMEOUT;
            case 90044 -> Kind.RAISED; // ERROR_EXECUTING_TRIGGER_3
            case 90097 -> Kind.READ_ONLY;
            case 90020 -> Kind.UNAVAILABLE; // DATABASE_ALREADY_OPEN_1
            case 90067, 90121 -> Kind.CONNECTION_LOST;
            default -> Dialect.standard(error.sqlState());
        };
    }

    @Override
    public SchemaNames names(Kind kind, VendorError error) {
        return H2Message.names(kind, error.text());
    }
}
