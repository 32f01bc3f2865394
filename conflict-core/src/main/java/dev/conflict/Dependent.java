package dev.conflict;

import java.io.Serializable;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that depends on what a caller wants to remove.
 *
 * @param name what a person calls it
 * @param href where it is found, so that the caller can remove or move it, or null
 */
public record Dependent(String name, @Nullable URI href) implements Serializable {
    /**
     * Creates a dependent.
     *
     * @param name what a person calls it
     * @param href where it is found, or null
     */
    public Dependent {
        Objects.requireNonNull(name, "name");
    }
}
