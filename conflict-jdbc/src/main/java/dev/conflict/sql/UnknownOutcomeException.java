package dev.conflict.sql;

import java.sql.SQLNonTransientException;

/**
 * The answer to a commit did not arrive, so that nobody knows whether the transaction was stored.
 *
 * <p>Doing it again may do it twice. Look first whether it is there: by a key that the caller chose, by a mark that the
 * transaction stored with its work, or let the person look. The cause is what the driver threw; the SQLState is
 * {@code 08007}, the standard's <em>transaction resolution unknown</em>.
 */
public final class UnknownOutcomeException extends SQLNonTransientException implements UnknownOutcome {
    private static final long serialVersionUID = 1L;

    UnknownOutcomeException(Throwable cause) {
        super(
                "The answer to the commit did not arrive: the transaction may be stored, or not. Look before doing it again",
                "08007",
                cause);
    }
}
