package dev.conflict.problem;

import dev.conflict.Conflict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The table that gives a conflict its type, status and code, from its kind and from whether a header field stated what
 * turned out false. An application may bring its own.
 *
 * <pre>{@code
 * ProblemTranslator.builder().table(ProblemTable.standard()
 *         .withStatus(Types.INTEGRITY, 400)
 *         .withStatus(Types.GONE_MEANWHILE, 410)
 *         .withStatus(Types.CONCURRENCY, 503))
 * }</pre>
 *
 * <p>A table is a pure function. One type has one status in an application; {@link ProblemTranslator.Builder#build}
 * asks for every row and refuses a table that breaks this.
 */
@FunctionalInterface
public interface ProblemTable {
    /**
     * Looks a conflict up.
     *
     * <p>Whom a conflict may be disclosed to is not decided here: the row is the one for a caller who may know. Several
     * conflicts are not looked up: they get the gravest status of their parts, which is 412 where one has it, else 409,
     * else that of the first.
     *
     * @param conflict the conflict
     * @return its row
     */
    Row row(Conflict conflict);

    /**
     * Looks a problem up that is no conflict: a request that cannot be read, a body that is not valid, a type of the
     * application's. Only the status of what is returned counts.
     *
     * @param type the type with its usual status
     * @return the type with its status
     */
    default ProblemType type(ProblemType type) {
        return type;
    }

    /**
     * Returns the same table with another status for one type, wherever the type stands in it. Where the edge starts, it
     * refuses a type that is neither ours nor registered, and {@code several-conflicts}, whose status is that of its parts.
     *
     * @param type the type's name
     * @param status the status, an error between 400 and 599
     * @return a table with that status
     * @throws IllegalArgumentException if the status is no error
     */
    default ProblemTable withStatus(String type, int status) {
        return new ChangedTable(this, new ProblemType(type, status));
    }

    /**
     * Returns the table that holds unless the application brings its own; a golden file pins every row.
     *
     * @return the standard table
     */
    static ProblemTable standard() {
        return StandardTable::row;
    }

    /**
     * What stands in the table for a conflict.
     *
     * @param type the problem's type with its status
     * @param code the code that machines act on, or null where the answer has none
     */
    record Row(ProblemType type, @Nullable String code) {
        /**
         * Creates a row.
         *
         * @param type the problem's type with its status
         * @param code the code that machines act on, or null
         */
        public Row {
            Objects.requireNonNull(type, "type");
        }

        /**
         * Returns a row.
         *
         * @param type the type's name
         * @param status the HTTP status
         * @param code the code that machines act on, or null
         * @return the row
         * @throws IllegalArgumentException if the status is no error
         */
        public static Row of(String type, int status, @Nullable String code) {
            return new Row(new ProblemType(type, status), code);
        }
    }
}
