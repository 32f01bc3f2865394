package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;

/** Db2, known by its codes alone: it numbers indexes and columns rather than naming them, and no text was at hand. */
final class Db2Dialect implements Dialect {
    @Override
    public Product product() {
        return Product.DB2;
    }

    @Override
    public Kind kind(VendorError error) {
        return switch (error.code()) {
            case -803 -> Kind.UNIQUE;
            case -530 -> Kind.FK_PARENT_MISSING;
            case -531, -532 -> Kind.FK_CHILD_EXISTS;
            case -545 -> Kind.CHECK;
            case -407 -> Kind.NOT_NULL;
            case -911, -913 -> deadlockOrTimeout(error.text());
            case -952 -> Kind.QUERY_TIMEOUT;
            case -438 -> Kind.RAISED;
            case -433, -413, -302 -> Kind.DATA;
            case -30081, -4499 -> Kind.CONNECTION_LOST;
            default -> Dialect.standard(error.sqlState());
        };
    }

    /** One code for both; the reason is a number, 2 or 68, among the arguments of the text. */
    private static Kind deadlockOrTimeout(String text) {
        return text.contains("SQLERRMC=68") ? Kind.LOCK_TIMEOUT : Kind.DEADLOCK;
    }

    @Override
    public SchemaNames names(Kind kind, VendorError error) {
        return SchemaNames.NONE;
    }
}
