package dev.conflict;

import java.util.Objects;

/**
 * Says that a request must carry the version that its writer saw in a field of its body, and does not, or not as a
 * version.
 *
 * <p>This is no conflict: nothing was compared. It has no stack trace, like a {@link ConflictException}.
 */
public final class VersionMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The field's name. */
    private final String field;

    /**
     * Creates the exception.
     *
     * @param field the field of the body that must carry the version
     */
    public VersionMissingException(String field) {
        super("The field \"" + field + "\" must carry the version that was read", null, true, false);
        this.field = Objects.requireNonNull(field, "field");
    }

    /**
     * Returns the field of the body that must carry the version.
     *
     * @return the field's name
     */
    public String field() {
        return field;
    }
}
