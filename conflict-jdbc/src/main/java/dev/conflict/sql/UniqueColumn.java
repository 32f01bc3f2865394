package dev.conflict.sql;

import dev.conflict.ConflictException;
import dev.conflict.Disclosure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Values of which each may be there once, asked for before they are written.
 *
 * <pre>{@code
 * static final UniqueColumn USERNAMES =
 *         UniqueColumn.of("username", "users", "lower(username) = lower(?)").disclose(Disclosure.PUBLIC);
 *
 * USERNAMES.requireFree(connection, name, List.of(name + "1", name + "_", name + year));
 * }</pre>
 *
 * <p>Values are compared by the database, as its unique index compares them: where that is on {@code lower(username)}, so is
 * the condition here. It is a hint for people, told in one query; the index has the last word, since between a look and a
 * write another writer fits. Instances are immutable and safe for use by many threads.
 */
public final class UniqueColumn {
    private static final int OFFERED = 5;

    private final String field;
    private final String query;
    private final Disclosure disclosure;

    private UniqueColumn(String field, String query, Disclosure disclosure) {
        this.field = field;
        this.query = query;
        this.disclosure = disclosure;
    }

    /**
     * Returns the column's values; nobody learns that one is taken, until {@link #disclose} says who may.
     *
     * @param field the field that holds them, as callers know it
     * @param table the table's name, plain or quoted, with or without its schema
     * @param condition SQL of the application's own that is true of a row with the value {@code ?}, such as
     *     {@code "lower(username) = lower(?)"}; never anything that a caller sent
     * @return the values
     * @throws IllegalArgumentException if the table's name is none, or the condition has not one {@code ?}
     */
    public static UniqueColumn of(String field, String table, String condition) {
        if (condition.chars().filter(character -> character == '?').count() != 1) {
            throw new IllegalArgumentException("A condition compares with one value, ?, unlike: " + condition);
        }
        return new UniqueColumn(
                Objects.requireNonNull(field, "field"),
                " FROM " + Identifier.checked(table) + " WHERE " + condition,
                Disclosure.HIDDEN);
    }

    /**
     * Returns the same values, told to others.
     *
     * @param disclosure who may learn that a value is taken, and which are free
     * @return the values
     */
    public UniqueColumn disclose(Disclosure disclosure) {
        return new UniqueColumn(field, query, Objects.requireNonNull(disclosure, "disclosure"));
    }

    /**
     * Requires that a value is free.
     *
     * @param connection the transaction's connection
     * @param value the value that the caller wants
     * @throws ConflictException.Uniqueness if it is taken
     * @throws SQLException if the query fails
     */
    public void requireFree(Connection connection, String value) throws SQLException {
        requireFree(connection, value, List.of());
    }

    /**
     * Requires that a value is free, and offers others that are.
     *
     * @param connection the transaction's connection
     * @param value the value that the caller wants
     * @param candidates what to offer in its place if it is free, the best first; five of them are looked at
     * @throws ConflictException.Uniqueness if the value is taken
     * @throws SQLException if the query fails
     */
    public void requireFree(Connection connection, String value, List<String> candidates) throws SQLException {
        List<String> values = new ArrayList<>();
        values.add(value);
        values.addAll(candidates.subList(0, Math.min(OFFERED, candidates.size())));
        Set<Integer> taken = taken(connection, values);
        if (!taken.contains(0)) {
            return;
        }
        List<String> free = new ArrayList<>();
        for (int i = 1; i < values.size(); i++) {
            if (!taken.contains(i)) {
                free.add(values.get(i));
            }
        }
        throw ConflictException.unique(field).value(value).disclose(disclosure).alternatives(free);
    }

    /** Returns which of the values are taken, by their index. */
    private Set<Integer> taken(Connection connection, List<String> values) throws SQLException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            all.append(i == 0 ? "SELECT " : " UNION ALL SELECT ").append(i).append(query);
        }
        Set<Integer> taken = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(all.toString())) {
            for (int i = 0; i < values.size(); i++) {
                select.setString(i + 1, values.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    taken.add(rows.getInt(1));
                }
            }
        }
        return taken;
    }
}
