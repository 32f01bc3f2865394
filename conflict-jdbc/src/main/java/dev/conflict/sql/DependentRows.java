package dev.conflict.sql;

import dev.conflict.ConflictException;
import dev.conflict.Conflicts;
import dev.conflict.Dependent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The rows that depend on another one: how many, and the first of them, in one query.
 *
 * <pre>{@code
 * static final DependentRows ORDERS = DependentRows.of(
 *         "SELECT COUNT(*) OVER (), number, id FROM orders WHERE customer_id = ? AND open ORDER BY number",
 *         row -> new Dependent(row.getString("number"), URI.create("/orders/" + row.getLong("id"))));
 *
 * ORDERS.requireNone(connection, customerId);
 * }</pre>
 *
 * <p>It tells the caller what to move or remove first. The foreign key has the last word, since between a look and the
 * deletion another row fits. Instances are safe for use by many threads if their reader is.
 */
public final class DependentRows {
    private static final int NAMED = 20;

    /** Reads one row. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads the row at which the result stands.
         *
         * @param row the result, not to be moved
         * @return what depends, as callers may see it
         * @throws SQLException if a column cannot be read
         */
        Dependent read(ResultSet row) throws SQLException;
    }

    private final String query;
    private final Reader reader;

    private DependentRows(String query, Reader reader) {
        this.query = query;
        this.reader = reader;
    }

    /**
     * Returns the rows that a query finds.
     *
     * @param query SQL of the application's own, whose first column is the number of all rows that it finds and whose one
     *     parameter is the key of the row they depend on; where there is no {@code COUNT(*) OVER ()} (Derby, HSQLDB), a
     *     subquery in its place counts
     * @param reader makes a dependent of a row
     * @return the rows
     */
    public static DependentRows of(String query, Reader reader) {
        return new DependentRows(Objects.requireNonNull(query, "query"), Objects.requireNonNull(reader, "reader"));
    }

    /**
     * Requires that nothing depends on a row.
     *
     * @param connection the transaction's connection
     * @param id the row's key
     * @throws ConflictException.Dependency if something does; it names at most 20
     * @throws SQLException if the query fails
     */
    public void requireNone(Connection connection, Object id) throws SQLException {
        long count = 0;
        List<Dependent> first = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setMaxRows(NAMED);
            select.setObject(1, id);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    count = rows.getLong(1);
                    first.add(reader.read(rows));
                }
            }
        }
        Conflicts.requireNoDependents(Math.max(count, first.size()), () -> first);
    }
}
