package dev.conflict.http;

import java.util.Objects;

/**
 * Ends a request whose precondition cannot be read, or is larger than is read.
 *
 * <p>This is no conflict: nothing was compared. It has no stack trace, as the fault is the caller's.
 */
public final class PreconditionFieldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A {@link Verdict.Malformed} or a {@link Verdict.TooLarge}. */
    private final Verdict verdict;

    PreconditionFieldException(Verdict verdict) {
        super(verdict.toString(), null, true, false);
        this.verdict = Objects.requireNonNull(verdict, "verdict");
    }

    /**
     * Returns what is wrong.
     *
     * @return a {@link Verdict.Malformed} or a {@link Verdict.TooLarge}
     */
    public Verdict verdict() {
        return verdict;
    }
}
