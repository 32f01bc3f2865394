package dev.conflict.jpa;

import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.http.Validators;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the validators of an entity are made from its version.
 *
 * @param <T> the entity's type
 * @param type the entity's class
 * @param version returns the version's value
 * @param weakly whether a version that is a moment makes a weak tag rather than none
 * @param modified returns the moment of the last change; null if nobody knows it
 * @param tagging makes the application's own validators; null for those of the version
 */
record VersionTags<T>(
        Class<T> type,
        Function<? super T, ? extends @Nullable Object> version,
        boolean weakly,
        @Nullable Function<? super T, ? extends @Nullable Instant> modified,
        @Nullable Function<? super T, Validators> tagging) {
    VersionTags {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(version, "version");
    }

    VersionTags<T> modifiedAt(Function<? super T, ? extends @Nullable Instant> moment) {
        return new VersionTags<>(type, version, weakly, Objects.requireNonNull(moment, "modified"), tagging);
    }

    VersionTags<T> taggedBy(Function<? super T, Validators> validators) {
        return new VersionTags<>(type, version, weakly, modified, Objects.requireNonNull(validators, "validators"));
    }

    VersionTags<T> allowingWeak() {
        return new VersionTags<>(type, version, true, modified, tagging);
    }

    /** Whether the tag says the version and nothing else that the entity has. */
    boolean isOfVersionAlone() {
        return tagging == null && modified == null;
    }

    boolean isWritten(T entity) {
        return version.apply(entity) != null;
    }

    Revision revision(T entity) {
        Object value = version.apply(entity);
        if (value == null) {
            throw new IllegalStateException(
                    type.getName() + " has no version yet; an entity gets one when it is written");
        }
        return Revision.from(value);
    }

    Validators validators(T entity) {
        Validators validators = tagging == null ? Validators.of(versionTag(entity, weakly)) : tagging.apply(entity);
        Instant moment = modified == null ? null : modified.apply(entity);
        return moment == null ? validators : validators.lastModified(moment);
    }

    /** The tag for the answer to a read. */
    EntityTag tag(T entity) {
        return weakly && tagging == null ? versionTag(entity, true) : strongTag(entity);
    }

    EntityTag strongTag(T entity) {
        if (tagging == null) {
            return versionTag(entity, false);
        }
        EntityTag tag = tagging.apply(entity).tag();
        if (tag == null || tag.isWeak()) {
            throw new IllegalStateException("The validators of " + type.getName()
                    + " have no strong tag, so that no If-Match is ever true of them");
        }
        return tag;
    }

    private EntityTag versionTag(T entity, boolean weak) {
        Revision revision = revision(entity);
        if (revision.isMoment() && !weak) {
            throw moment(OptionalInt.empty());
        }
        return EntityTag.from(revision);
    }

    /** Whether the version of this entity is one that a header cannot state. */
    boolean isMoment(T entity) {
        return tagging == null && revision(entity).isMoment();
    }

    /** Refuses a moment as a tag; {@code digits} are those of a second that the column keeps, if that was measured. */
    IllegalStateException moment(OptionalInt digits) {
        return new IllegalStateException("The version of " + type.getName() + " is a moment"
                + (digits.isPresent() ? ", of which its column keeps " + tick(digits.getAsInt()) : "")
                + ": two changes within one tick of its clock or column would bear one tag, and If-Match"
                + " would let the second overwrite the first. Give the entity a whole number as @Version, or take"
                + " the version in the body and call check(em, entity, revision)");
    }

    private static String tick(int digits) {
        return digits == 0 ? "whole seconds" : digits + (digits == 1 ? " digit" : " digits") + " of a second";
    }
}
