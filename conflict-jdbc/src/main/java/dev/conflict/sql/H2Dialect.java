package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import java.sql.SQLException;

/** H2, which numbers its errors ({@code org.h2.api.ErrorCode}) and names constraints in its text only. */
final class H2Dialect implements SqlDialect {
    @Override
    public boolean knows(SQLException thrown) {
        return thrown.getClass().getName().startsWith("org.h2.");
    }

    @Override
    public SqlFailure read(SQLException thrown) {
        Kind kind = kind(thrown.getErrorCode());
        return new SqlFailure(Product.H2, kind, thrown, H2Message.names(kind, thrown));
    }

    private static Kind kind(int code) {
        return switch (code) {
            case 23505 -> Kind.UNIQUE;
            case 23506 -> Kind.FK_PARENT_MISSING;
            case 23503 -> Kind.FK_CHILD_EXISTS;
            case 23513 -> Kind.CHECK;
            case 23502 -> Kind.NOT_NULL;
            case 40001 -> Kind.DEADLOCK; // also a conflict of snapshots; H2 does not tell them apart
            case 90131 -> Kind.SERIALIZATION_FAILURE; // CONCURRENT_UPDATE_1
            case 50200 -> Kind.LOCK_TIMEOUT;
            default -> Kind.NO_CONFLICT;
        };
    }
}
