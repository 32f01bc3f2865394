package dev.conflict.test;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One state of the raced resource, as a client read it.
 *
 * <p>The count is what makes a race checkable: every write of a race adds exactly one to it, so what is missing at the
 * end was lost. A view counter, the length of a list or a version number kept in the body all serve.
 *
 * @param count the value that every write raises by one
 * @param body the representation, from which the write is made
 * @param validator the validator of this state, as the resource gave it (usually the ETag field value); null where it
 *     gave none
 */
public record Reading(long count, String body, @Nullable String validator) {

    /**
     * Checks the parts.
     *
     * @param count the value that every write raises by one
     * @param body the representation
     * @param validator the validator of this state or null
     */
    public Reading {
        Objects.requireNonNull(body, "body");
    }
}
