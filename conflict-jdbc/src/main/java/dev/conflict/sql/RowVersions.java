package dev.conflict.sql;

import dev.conflict.ConflictException;
import dev.conflict.Conflicts;
import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.PreconditionFieldException;
import dev.conflict.http.Validators;
import dev.conflict.problem.ProblemException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The versions of a table's rows, for statements written by hand.
 *
 * <pre>{@code
 * static final RowVersions DOCUMENTS = RowVersions.of(dataSource, "document", "id", "version");
 *
 * transactions.run(conditional, connection -> {
 *     Revision read = DOCUMENTS.find(connection, id, conditional);                  // 404, 412 or 428
 *     int rows = update(connection, title, id, read.value());                       // … WHERE id = ? AND version = ?
 *     DOCUMENTS.requireUpdated(connection, id, read, rows);                         // a lost race is 412 as well
 *     return rows;
 * });
 * }</pre>
 *
 * <p>The statement that writes has the version that was read in its {@code WHERE} clause and changes it: that comparison
 * decides. What was stated is held against the version first, so that the caller is told well; and the ledger is armed, so
 * that a race lost in between is answered with the tag that is there then.
 *
 * <p>A version column is a whole number, a UUID or a text. A moment makes no strong tag, and methods that need one refuse it:
 * two changes within one tick would bear one tag. Instances are immutable and safe for use by many threads.
 */
public final class RowVersions {
    private static final int REREAD_SECONDS = 2;

    private final DataSource source;
    private final String table;
    private final String query;

    private RowVersions(DataSource source, String table, String query) {
        this.source = source;
        this.table = table;
        this.query = query;
    }

    /**
     * Returns the versions of a table.
     *
     * @param source where a connection comes from to read the present version after a transaction has failed
     * @param table the table's name, plain or quoted, with or without its schema
     * @param key the column that identifies a row
     * @param version the column that every change of the row changes
     * @return its versions
     * @throws IllegalArgumentException if a name is none
     */
    public static RowVersions of(DataSource source, String table, String key, String version) {
        String query = "SELECT " + Identifier.checked(version) + " FROM " + Identifier.checked(table) + " WHERE "
                + Identifier.checked(key) + " = ?";
        return new RowVersions(Objects.requireNonNull(source, "source"), table, query);
    }

    /**
     * Reads a row's version and holds the request's preconditions against it.
     *
     * @param connection the transaction's connection
     * @param id the row's key
     * @param request the request's ledger
     * @return the version, of which every stated precondition is true
     * @throws ProblemException with status 404 if there is no such row, whatever the request states
     * @throws ConflictException if a precondition is false, or must be stated and is not
     * @throws PreconditionFieldException if a precondition cannot be read, or is too large
     * @throws IllegalStateException if the version is a moment
     * @throws SQLException if the query fails
     */
    public Revision find(Connection connection, Object id, ConditionalRequest request) throws SQLException {
        Revision present = read(connection, id).orElseThrow(ProblemException::notFound);
        check(id, validators(present), request);
        return present;
    }

    /**
     * Reads the version of the row that a PUT replaces, if there is one, and else lets it create one.
     *
     * <p>If nothing is there, what the request states must be true of that: {@code If-None-Match: *} is, {@code If-Match} is
     * not. Another writer may still create the row first; then the primary key refuses the insertion, and a request that
     * stated {@code If-None-Match: *} gets 412.
     *
     * @param connection the transaction's connection
     * @param id the row's key
     * @param request the request's ledger
     * @return the version, of which every stated precondition is true; empty if the request may create the row
     * @throws ConflictException if a precondition is false, or must be stated and is not
     * @throws PreconditionFieldException if a precondition cannot be read, or is too large
     * @throws IllegalStateException if the version is a moment
     * @throws SQLException if the query fails
     */
    public Optional<Revision> findForPut(Connection connection, Object id, ConditionalRequest request)
            throws SQLException {
        Optional<Revision> present = read(connection, id);
        check(id, present.map(RowVersions::validators).orElseGet(Validators::absent), request);
        return present;
    }

    private void check(Object id, Validators present, ConditionalRequest request) {
        Target target = Target.of(table, id);
        request.require(target, present);
        request.arm(target, () -> reread(id));
    }

    /**
     * Requires that a write with the version in its {@code WHERE} clause hit its row, and says else what became of it.
     *
     * <p>The conflict does not name the version that was read, since this transaction read it and not the client, so that
     * {@link SqlTransactions} runs the work again. The present version is left out where an isolation hides it. What became
     * of the row is asked with a query; work that is run again anyway, and by many at once, saves it with
     * {@link Conflicts#requireUpdated}.
     *
     * @param connection the transaction's connection
     * @param id the row's key
     * @param read the version in the {@code WHERE} clause
     * @param rows how many rows the statement changed
     * @throws ConflictException.VersionMismatch if it changed none and the row is there
     * @throws ConflictException.Absence if it changed none and the row is gone
     * @throws IllegalStateException if it changed more than one, or the count is unknown
     * @throws SQLException if the query fails
     */
    public void requireUpdated(Connection connection, Object id, Revision read, long rows) throws SQLException {
        if (rows != 0) {
            Conflicts.requireUpdated(rows);
            return;
        }
        Target target = Target.of(table, id);
        Revision present =
                read(connection, id).orElseThrow(() -> ConflictException.gone().target(target));
        throw ConflictException.version().target(target).versions(null, present.matches(read) ? null : present);
    }

    private Validators reread(Object id) {
        try (Connection connection = source.getConnection();
                PreparedStatement select = connection.prepareStatement(query)) {
            select.setQueryTimeout(REREAD_SECONDS); // an answer waits for it
            return read(select, id).map(RowVersions::validators).orElseGet(Validators::absent);
        } catch (SQLException unreadable) {
            throw new IllegalStateException("The present version cannot be read", unreadable);
        }
    }

    private Optional<Revision> read(Connection connection, Object id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(query)) {
            return read(select, id);
        }
    }

    private Optional<Revision> read(PreparedStatement select, Object id) throws SQLException {
        select.setObject(1, id);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(revision(row.getObject(1))) : Optional.empty();
        }
    }

    private Revision revision(Object version) {
        if (version == null) {
            throw new IllegalStateException("A row of " + table + " has no version; declare the column not null");
        }
        return Revision.from(version instanceof BigDecimal number ? number.longValueExact() : version);
    }

    private static Validators validators(Revision revision) {
        if (revision.isMoment()) {
            throw new IllegalStateException(
                    "The version is a moment: two changes within one tick of its clock or column"
                            + " would bear one tag, and If-Match would let the second overwrite the first. Use a whole number");
        }
        return Validators.of(EntityTag.from(revision));
    }
}
