package dev.conflict;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may learn about a conflict, beside its kind: values under names.
 *
 * <p>The names that the library knows are {@link Member}s; an application adds its own with {@link #with(String, Object)}.
 * A name without a value is left out of the answer, never sent as {@code null}. Whatever stands here, but for
 * {@link Member#VARIANT}, is meant for the caller: it is sent as it is.
 *
 * <p>Values are taken as plain data (see {@link #with(Member, Object)}). Instances are immutable and safe for use by many
 * threads.
 */
public final class Details implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What an answer says of itself, whatever the conflict. */
    private static final Set<String> TAKEN = Set.of(
            "type",
            "title",
            "status",
            "detail",
            "instance",
            "code",
            "suggestion",
            "path",
            "timestamp",
            "links",
            "retryable");

    private static final Details NONE = new Details(new EnumMap<>(Member.class), new LinkedHashMap<>());

    /** The names that the library knows, in the order in which an answer gives them. */
    public enum Member {
        /** What happened this time, for people. */
        DETAIL,
        /** The version that the writer saw. */
        REQUESTED_VERSION,
        /** The version that is there now. */
        CURRENT_VERSION,
        /** The entity tag, or list of them, that the request stated. */
        REQUESTED_ETAG,
        /** The entity tag that is there now. */
        CURRENT_ETAG,
        /** Who made the change that won. */
        CHANGED_BY,
        /** When that change was made. */
        CHANGED_AT,
        /** The fields in which both changes differ: field, pointer, base, mine, theirs. */
        CONFLICTS,
        /** The present state of the resource. */
        CURRENT,
        /** The header field that stated the precondition. */
        HEADER,
        /** The header fields that would state one. */
        ACCEPTED_HEADERS,
        /** The field whose value stands in the way. */
        CONFLICTING_FIELD,
        /** The value that stands in the way. */
        CONFLICTING_VALUE,
        /** Values that are free. */
        ALTERNATIVES,
        /** Where the existing resource is. */
        EXISTING,
        /** Who deleted the resource. */
        DELETED_BY,
        /** When it was deleted. */
        DELETED_AT,
        /** The present state. */
        CURRENT_STATUS,
        /** The action that was attempted. */
        ATTEMPTED_ACTION,
        /** The actions that fit the present state. */
        ALLOWED_ACTIONS,
        /** What must be done before the action. */
        PREREQUISITES,
        /** How many others depend on the resource. */
        DEPENDENT_COUNT,
        /** The first of them. */
        DEPENDENTS,
        /** The rule that does not hold. */
        RULE,
        /** The file as the client named it. */
        PATH,
        /** The ways on for a file. */
        WAYS,
        /** How long to wait before the same request may go again. */
        RETRY_AFTER_MILLIS,
        /** Who holds the resource. */
        LOCKED_BY,
        /** Until when. */
        LOCKED_UNTIL,
        /** How an operation with an idempotency key may be tried again. */
        RETRY,
        /** Whether a new idempotency key cannot carry the operation out twice. */
        SAFE_NEW_KEY,
        /** The reference to the first operation. */
        OPERATION_REF,
        /** What became of the first operation. */
        OPERATION_STATE,
        /** What the caller can do now, for people. */
        SUGGESTION,
        /** Links by relation. */
        LINKS,
        /** Whether the same request may succeed when it is sent again. */
        RETRYABLE,
        /** Which texts describe the conflict where its kind and code do not say enough; never sent. */
        VARIANT
    }

    private final EnumMap<Member, Serializable> members;
    private final LinkedHashMap<String, @Nullable Serializable> extensions;

    @SuppressWarnings("NonApiType") // the fields are of serializable types, and nobody else calls this
    private Details(EnumMap<Member, Serializable> members, LinkedHashMap<String, @Nullable Serializable> extensions) {
        this.members = members;
        this.extensions = extensions;
    }

    /**
     * Returns details without any value.
     *
     * @return empty details
     */
    public static Details none() {
        return NONE;
    }

    /**
     * Returns these details with a value under a name.
     *
     * <p>Text, whole and decimal numbers, booleans, enum constants (by name), moments and dates, UUIDs and URIs (as
     * text), optionals, maps with text keys, collections, arrays and records are copied as plain data, to a depth of 64 and
     * up to 10,000 values with their parts; what comes after those is left out.
     * Anything else is left out: what no one declared as data might say more than its owner wants.
     *
     * @param member the name
     * @param value the value, or null to leave the name out
     * @return details with the value
     */
    public Details with(Member member, @Nullable Object value) {
        EnumMap<Member, Serializable> changed = new EnumMap<>(members);
        Serializable data = PlainData.of(value);
        if (data == null) {
            changed.remove(member);
        } else {
            changed.put(member, data);
        }
        return new Details(changed, extensions);
    }

    /**
     * Returns these details with a value under a name of the application's own.
     *
     * @param name a letter, then letters, digits or underscores; none of the names that an answer has anyway:
     *     {@code type}, {@code title}, {@code status}, {@code detail}, {@code instance}, {@code code},
     *     {@code suggestion}, {@code path}, {@code timestamp}, {@code links}, {@code retryable}
     * @param value the value, taken as in {@link #with(Member, Object)}; null is kept and sent as {@code null}
     * @return details with the value
     * @throws IllegalArgumentException if the name has other characters, or is one that an answer has anyway
     */
    public Details with(String name, @Nullable Object value) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "A member's name is a letter followed by letters, digits or underscores, not \"" + name + "\"");
        }
        if (TAKEN.contains(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is a name that an answer has anyway; choose another");
        }
        LinkedHashMap<String, @Nullable Serializable> changed = new LinkedHashMap<>(extensions);
        Serializable data = PlainData.of(value);
        if (value == null || data != null) {
            changed.put(name, data);
        } else {
            changed.remove(name);
        }
        return new Details(members, changed);
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (i == 0 || !(c == '_' || (c >= '0' && c <= '9')))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /**
     * Returns the value under a name.
     *
     * @param member the name
     * @return the value as plain data: text, number, boolean, list or map; empty if there is none
     */
    public Optional<Object> get(Member member) {
        return Optional.ofNullable(members.get(member));
    }

    /**
     * Returns the text under a name.
     *
     * @param member the name
     * @return the text; empty if there is none, or if the value is no text
     */
    public Optional<String> text(Member member) {
        return members.get(member) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /**
     * Returns the application's own values by name, in the order in which they were added.
     *
     * @return an unmodifiable map
     */
    public Map<String, @Nullable Object> extensions() {
        return Collections.unmodifiableMap(extensions);
    }

    /**
     * Returns these details with every value of others; where both have one, the others' stands.
     *
     * @param others details to add
     * @return both together
     */
    public Details and(Details others) {
        EnumMap<Member, Serializable> both = new EnumMap<>(members);
        both.putAll(others.members);
        LinkedHashMap<String, @Nullable Serializable> named = new LinkedHashMap<>(extensions);
        named.putAll(others.extensions);
        return new Details(both, named);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Details that && members.equals(that.members) && extensions.equals(that.extensions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(members, extensions);
    }

    /** Returns the names that have a value, without the values, so that it may be logged. */
    @Override
    public String toString() {
        return "Details" + members.keySet() + extensions.keySet();
    }
}
