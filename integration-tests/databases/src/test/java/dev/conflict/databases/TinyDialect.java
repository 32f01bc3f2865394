package dev.conflict.databases;

import dev.conflict.sql.SqlDialect;
import dev.conflict.sql.SqlFailure;
import dev.conflict.sql.SqlFailure.Kind;
import java.sql.SQLException;

/** The dialect of a product that nobody knows, found by its announcement. */
public final class TinyDialect implements SqlDialect {
    @Override
    public boolean knows(SQLException thrown) {
        return thrown.getClass().getName().startsWith("com.example.tiny.");
    }

    @Override
    public SqlFailure read(SQLException thrown) {
        return SqlFailure.of(thrown.getErrorCode() == 7 ? Kind.UNIQUE : Kind.NO_CONFLICT, thrown);
    }
}
