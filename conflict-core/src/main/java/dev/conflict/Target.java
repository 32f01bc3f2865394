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
 * @param id the identifier, which compares by value: a number, a text, the object of a composite identifier
 */
public record Target(String type, Serializable id) implements Serializable {
    /**
     * Creates a target from its parts.
     *
     * @param type the type's name
     * @param id the identifier
     */
    public Target {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(id, "id");
    }

    /**
     * Returns the target for an entity.
     *
     * @param type the entity's class
     * @param id its identifier; one that is not serializable counts by its text
     * @return the target
     */
    public static Target of(Class<?> type, Object id) {
        return of(type.getName(), id);
    }

    /**
     * Returns the target for something that a name tells apart from other types.
     *
     * @param type the type's name
     * @param id its identifier; one that is not serializable counts by its text
     * @return the target
     */
    public static Target of(String type, Object id) {
        if (id instanceof Integer || id instanceof Short || id instanceof Byte) {
            return new Target(type, ((Number) id).longValue()); // one row, however wide its identifier is declared
        }
        return new Target(type, id instanceof Serializable value ? value : id.toString());
    }
}
