package dev.conflict.file;

import dev.conflict.ConflictException;
import java.util.Objects;

/**
 * Says that a content has more bytes than the store takes, or than it reads into memory.
 *
 * <p>This is no conflict, and nothing was stored. An edge answers it with 413 (RFC 9110 §15.5.14) and the limit. The
 * exception has no stack trace, like a {@link ConflictException}.
 */
public final class FileTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The file as the client named it. */
    private final String name;

    /** The limit. */
    private final long limitBytes;

    /**
     * Creates the exception.
     *
     * @param name the file as the client named it
     * @param limitBytes how many bytes its content may have
     */
    public FileTooLargeException(String name, long limitBytes) {
        super(
                "The content of \"" + name + "\" is larger than the limit of " + limitBytes + " bytes",
                null,
                true,
                false);
        this.name = Objects.requireNonNull(name, "name");
        this.limitBytes = limitBytes;
    }

    /**
     * Returns the file.
     *
     * @return its name as the client gave it
     */
    public String name() {
        return name;
    }

    /**
     * Returns the limit.
     *
     * @return how many bytes a content may have
     */
    public long limitBytes() {
        return limitBytes;
    }
}
