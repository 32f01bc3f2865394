package dev.conflict.sql;

import java.sql.SQLException;

/**
 * How one product words its failures.
 *
 * <p>The usual products are known. For another one, a class that implements this is announced for
 * {@link java.util.ServiceLoader} beside conflict-jdbc and is asked before those that are known:
 *
 * <pre>{@code
 * public final class FirebirdDialect implements SqlDialect {
 *     public boolean knows(SQLException thrown) {
 *         return thrown.getClass().getName().startsWith("org.firebirdsql.");
 *     }
 *
 *     public SqlFailure read(SQLException thrown) {
 *         return SqlFailure.of(thrown.getErrorCode() == 335544665 ? Kind.UNIQUE : Kind.UNKNOWN, thrown);
 *     }
 * }
 * }</pre>
 *
 * <p>Implementations keep no state and are called by many threads at once. Names may only be read where no value can
 * stand: a value may look like the rest of the text.
 */
public interface SqlDialect {
    /**
     * Tells whether an exception is this product's. Codes do not tell: they mean different things elsewhere.
     *
     * @param thrown an exception, not what it is linked to
     * @return true if {@link #read} understands it
     */
    boolean knows(SQLException thrown);

    /**
     * Reads one exception of this product, without its causes and what it is linked to.
     *
     * @param thrown an exception that this dialect knows
     * @return what the database said
     */
    SqlFailure read(SQLException thrown);
}
