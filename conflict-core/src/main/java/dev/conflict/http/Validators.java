package dev.conflict.http;

import dev.conflict.EntityTag;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server knows of the selected representation: whether there is one, which entity tag it has, if any, and when it
 * was modified last, if anybody knows (RFC 9110 §8.8).
 *
 * <pre>{@code
 * Validators.of(EntityTag.from(document.version())).lastModified(document.changedAt())
 * }</pre>
 *
 * <p>These are three facts: {@code If-Match: *} asks for the first alone. Instances are immutable and safe for use by
 * many threads.
 */
public final class Validators {
    private static final Validators ABSENT = new Validators(false, null, List.of(), null, false);
    private static final Validators UNTAGGED = new Validators(true, null, List.of(), null, false);

    private final boolean exists;
    private final @Nullable EntityTag tag;

    /** The tag as it stands in a field, null unless it is strong. */
    private final @Nullable String strongTag;

    private final List<EntityTag> equivalents;
    private final @Nullable Instant lastModified;
    private final boolean strongDate;

    private Validators(
            boolean exists,
            @Nullable EntityTag tag,
            List<EntityTag> equivalents,
            @Nullable Instant lastModified,
            boolean strongDate) {
        this.exists = exists;
        this.tag = tag;
        this.strongTag = tag == null || tag.isWeak() ? null : tag.toString();
        this.equivalents = equivalents;
        this.lastModified = lastModified;
        this.strongDate = strongDate;
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
        return new Validators(true, Objects.requireNonNull(tag, "tag"), List.of(), null, false);
    }

    /**
     * Returns the same validators with a date, as seen by a server that cannot rule out a second change in that second.
     *
     * @param moment when the representation was modified last; parts of a second are left out, towards the past
     * @return validators with a weak date, which never satisfies {@code If-Range} (RFC 9110 §8.8.2.2)
     * @throws IllegalStateException if the representation is absent
     */
    public Validators lastModified(Instant moment) {
        return dated(moment, false);
    }

    /**
     * Returns the same validators with the date of a representation that is known not to change twice in one second.
     *
     * @param moment when the representation was modified last; parts of a second are left out, towards the past
     * @return validators with a strong date (RFC 9110 §8.8.2.2)
     * @throws IllegalStateException if the representation is absent
     */
    public Validators strongLastModified(Instant moment) {
        return dated(moment, true);
    }

    private Validators dated(Instant moment, boolean strong) {
        requireExists();
        return new Validators(true, tag, equivalents, Objects.requireNonNull(moment, "moment"), strong);
    }

    /**
     * Returns the same validators with more tags that satisfy the {@code If-Match} of a write: those that the present
     * state bears in another representation (JSON and XML of one version), or bore in the format of an earlier release.
     *
     * <p>No other precondition takes them: a reader who has the XML has not got the JSON.
     *
     * @param tags the tags; a weak one satisfies nothing
     * @return validators with these tags beside the present one
     * @throws IllegalStateException if the representation has no tag
     */
    public Validators equivalents(EntityTag... tags) {
        if (tag == null) {
            throw new IllegalStateException("Only beside a present tag can there be equivalent ones");
        }
        return new Validators(true, tag, List.of(tags), lastModified, strongDate);
    }

    private void requireExists() {
        if (!exists) {
            throw new IllegalStateException("What does not exist was never modified");
        }
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

    /**
     * Returns when the representation was modified last.
     *
     * @return the moment as it was given; empty if nobody knows
     */
    public Optional<Instant> lastModified() {
        return Optional.ofNullable(lastModified);
    }

    @Nullable String strongTag() {
        return strongTag;
    }

    /** The tags beside the present one that satisfy the If-Match of a write. */
    List<EntityTag> equivalents() {
        return equivalents;
    }

    boolean isDated() {
        return lastModified != null;
    }

    /** To be asked only if {@link #isDated()}. */
    long lastModifiedSecond() {
        return Objects.requireNonNull(lastModified).getEpochSecond();
    }

    boolean isDateStrong() {
        return strongDate;
    }

    @Override
    public String toString() {
        String what = tag != null ? tag.toString() : exists ? "exists" : "absent";
        return lastModified == null ? what : what + ", modified " + lastModified;
    }
}
