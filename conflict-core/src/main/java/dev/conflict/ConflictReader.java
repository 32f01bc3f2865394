package dev.conflict;

import java.util.Optional;

/**
 * Reads the conflict out of an exception that a store or framework threw.
 *
 * <p>Modules and applications provide readers through {@link java.util.ServiceLoader} or by hand; {@link ConflictReaders}
 * loads them where an edge starts. A reader is asked for each exception of a chain of causes, the outermost first. It
 * answers only for what it knows, keeps no state of a request, and is called by many threads at once.
 */
@FunctionalInterface
public interface ConflictReader {
    /**
     * Reads an exception.
     *
     * @param thrown one exception of the chain, its causes included
     * @return the conflict that it stands for; empty if it stands for none, or for one that this reader does not know
     */
    Optional<ConflictException> read(Throwable thrown);

    /**
     * Returns where this reader stands among the loaded ones; the lower is asked first.
     *
     * @return the order, 0 unless a reader says otherwise
     */
    default int order() {
        return 0;
    }
}
