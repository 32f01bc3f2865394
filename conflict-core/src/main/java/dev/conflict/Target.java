package dev.conflict;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a writer wants to change: one entity, named by its type and its identifier.
 *
 * <p>Targets tell apart whose race was lost: a request that states a version of one document, and loses a race for
 * another row, did not state anything that turned false. A target never leaves the server.
 *
 * @param type the type's name, for an entity the name of its class
 * @param id the identifier as text
 */
public record Target(String type, String id) implements Serializable {
    /**
     * Creates a target from its parts.
     *
     * @param type the type's name
     * @param id the identifier as text
     */
    public Target {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(id, "id");
    }

    /**
     * Returns the target for an entity.
     *
     * @param type the entity's class
     * @param id its identifier
     * @return the target
     */
    public static Target of(Class<?> type, Object id) {
        return new Target(type.getName(), id.toString());
    }
}
