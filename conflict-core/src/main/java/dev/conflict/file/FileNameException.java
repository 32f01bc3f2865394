package dev.conflict.file;

import dev.conflict.ConflictException;
import java.util.Objects;

/**
 * Says that a file cannot have the name that a client gave it, or that the name leads through something that is neither
 * a file nor a folder, such as a symbolic link.
 *
 * <p>This is no conflict: the same name is refused whatever stands in the store. An edge answers it with 400,
 * where the name is wrong, and what is right, in the language of the request; it repeats nothing of the name. The exception
 * has no stack trace, like a {@link ConflictException}.
 */
public final class FileNameException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** The name as it was given. */
    private final String name;

    /** Where it is wrong. */
    private final int index;

    /**
     * Creates the exception.
     *
     * @param name the name as it was given; it may hold anything, and is not part of the message
     * @param index where it is wrong
     * @param reason what would be right there, without anything of the name
     */
    public FileNameException(String name, int index, String reason) {
        super("The file name cannot be used, at index " + index + ": " + Objects.requireNonNull(reason, "reason"));
        this.name = Objects.requireNonNull(name, "name");
        this.index = index;
    }

    /**
     * Returns the name as it was given.
     *
     * @return the name, with whatever characters it has: not fit for a log
     */
    public String name() {
        return name;
    }

    /**
     * Returns where the name is wrong.
     *
     * @return the index of the first wrong character, or of the part that is wrong as a whole
     */
    public int index() {
        return index;
    }

    /** Leaves the stack trace empty. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // nothing is done that another thread could see
    public Throwable fillInStackTrace() {
        return this;
    }
}
