package dev.conflict.databases;

import java.sql.SQLException;

/** A procedure of Derby. */
public final class RefusingProcedure {
    private RefusingProcedure() {}

    /** Refuses. */
    @SuppressWarnings("DoNotCallSuggester") // Derby calls it
    public static void refuse() throws SQLException {
        throw new SQLException("refused", "38001");
    }
}
