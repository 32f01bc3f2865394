package dev.conflict.jpa;

import dev.conflict.sql.UnknownOutcome;
import jakarta.persistence.PersistenceException;

/**
 * The answer to a commit did not arrive, so that nobody knows whether the transaction was stored.
 *
 * <p>Doing it again may do it twice. Look first whether it is there: by a key that the caller chose, by a mark that the
 * transaction stored with its work, or let the person look. The cause is what the provider threw.
 */
public final class UnknownOutcomeException extends PersistenceException implements UnknownOutcome {
    private static final long serialVersionUID = 1L;

    UnknownOutcomeException(Throwable cause) {
        super(
                "The answer to the commit did not arrive: the transaction may be stored, or not. Look before doing it again",
                cause);
    }
}
