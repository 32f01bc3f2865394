package dev.conflict.http;

import dev.conflict.EntityTag;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a server knows of the selected representation: whether there is one, and which entity tag it has, if any
 * (RFC 9110 §8.8).
 *
 * <p>That a resource exists and that it has a tag are two facts: {@code If-Match: *} asks for the first alone. Instances
 * are immutable and safe for use by many threads.
 */
public final class Validators {
    private static final Validators ABSENT = new Validators(false, null);
    private static final Validators UNTAGGED = new Validators(true, null);

    private final boolean exists;
    private final @Nullable EntityTag tag;

    private Validators(boolean exists, @Nullable EntityTag tag) {
        this.exists = exists;
        this.tag = tag;
    }

    /**
     * Returns the validators of a resource that has no current representation.
     *
     * @return validators that say so
     */
    public static Validators absent() {
        return ABSENT;
    }

    /**
     * Returns the validators of a representation without an entity tag.
     *
     * @return validators that say that it exists, and no more
     */
    public static Validators untagged() {
        return UNTAGGED;
    }

    /**
     * Returns the validators of a representation with an entity tag.
     *
     * @param tag the present tag
     * @return validators with the tag
     */
    public static Validators of(EntityTag tag) {
        return new Validators(true, Objects.requireNonNull(tag, "tag"));
    }

    /**
     * Tells whether there is a current representation.
     *
     * @return true if there is one, with or without a tag
     */
    public boolean exists() {
        return exists;
    }

    /**
     * Returns the present tag.
     *
     * @return the tag, or null if there is none
     */
    public @Nullable EntityTag tag() {
        return tag;
    }

    @Override
    public String toString() {
        return tag != null ? tag.toString() : exists ? "exists" : "absent";
    }
}
