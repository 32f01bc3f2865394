package dev.conflict;

/**
 * Who may learn that a unique value is taken.
 *
 * <p>Telling a stranger that an e-mail address is taken tells him who has an account. Nothing is told until the
 * application declares it.
 */
public enum Disclosure {
    /** Nobody: the answer is a bare 409 without code, field or value. */
    HIDDEN,
    /** Callers whom the application knows; everybody else gets the bare answer. */
    AUTHENTICATED,
    /** Everybody: the answer names the field and the value. */
    PUBLIC
}
