package dev.conflict;

/**
 * Something that tells its version, so that a writer can state which one he saw.
 *
 * <pre>{@code
 * @Entity
 * class Document implements Versioned {
 *     @Version private long version;
 *
 *     public Revision version() {
 *         return Revision.of(version);
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Versioned {
    /**
     * Returns the present version.
     *
     * @return the version, which changes with every change of the state
     */
    Revision version();
}
