package dev.conflict.sql;

/**
 * Marks the exceptions of those who cannot tell whether a transaction was stored: {@link UnknownOutcomeException}, and that of
 * conflict-jpa.
 *
 * <p>Whoever catches one does not do the transaction again, but looks first whether it is there.
 */
public interface UnknownOutcome {}
