package dev.conflict;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The value of a version: a whole number, an instant, a UUID or a text.
 *
 * <p>Whatever type an entity counts in, a revision compares by the value: {@code short} 7 and {@code long} 7 are one
 * revision. A version that came in as text (a JSON string, a query parameter) is read as the kind that it is compared
 * with:
 *
 * <pre>{@code
 * Revision.of(7).matches(Revision.of("7"))                          // true
 * Revision.of(7).equals(Revision.of("7"))                           // false: a number is not a text
 * Revision.from(timestamp).matches(Revision.of("2026-11-23T10:00:00Z"))
 * }</pre>
 *
 * <p>Instances are immutable and safe for use by many threads. A revision does not order: that one number is greater
 * than another says nothing about who may overwrite whom.
 */
public final class Revision implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A Long, an Instant, a UUID or a String; declared by the type that all four share. */
    private final Serializable value;

    private Revision(Serializable value) {
        this.value = value;
    }

    /**
     * Returns the revision with the given number.
     *
     * @param number the version number, also zero or negative
     * @return the revision
     */
    public static Revision of(long number) {
        return new Revision(number);
    }

    /**
     * Returns the revision with the given moment, to the nanosecond.
     *
     * <p>A timestamp tells two versions apart only as finely as its column stores it; two changes in one tick look like
     * one.
     *
     * @param moment when the version came to be
     * @return the revision
     */
    public static Revision of(Instant moment) {
        return new Revision(Objects.requireNonNull(moment, "moment"));
    }

    /**
     * Returns the revision with the given UUID.
     *
     * @param uuid the version's identifier
     * @return the revision
     */
    public static Revision of(UUID uuid) {
        return new Revision(Objects.requireNonNull(uuid, "uuid"));
    }

    /**
     * Returns the revision with the given text, compared character by character.
     *
     * @param text the version's text
     * @return the revision
     */
    public static Revision of(String text) {
        return new Revision(Objects.requireNonNull(text, "text"));
    }

    /**
     * Returns the revision of a {@link Versioned}, or the one that a version attribute's value stands for.
     *
     * @param version a {@code Revision}, a {@code Versioned}, a {@code Byte}, {@code Short}, {@code Integer} or
     *     {@code Long}, an {@code Instant}, a {@code java.util.Date} or subclass with a time, an {@code OffsetDateTime}
     *     or {@code ZonedDateTime}, a {@code LocalDateTime} (taken as UTC), a {@code UUID}, a {@code CharSequence}, or
     *     bytes such as SQL Server's {@code rowversion} (taken as hexadecimal text)
     * @return the revision
     * @throws IllegalArgumentException if the value is of another type
     */
    public static Revision from(Object version) {
        Objects.requireNonNull(version, "version");
        if (version instanceof Revision revision) {
            return revision;
        }
        if (version instanceof Versioned versioned) {
            return versioned.version();
        }
        if (version instanceof Long
                || version instanceof Integer
                || version instanceof Short
                || version instanceof Byte) {
            return of(((Number) version).longValue());
        }
        if (version instanceof CharSequence text) {
            return of(text.toString());
        }
        if (version instanceof UUID uuid) {
            return of(uuid);
        }
        if (version instanceof byte[] bytes) {
            return of(HexFormat.of().formatHex(bytes));
        }
        Instant moment = moment(version);
        if (moment != null) {
            return of(moment);
        }
        throw new IllegalArgumentException("A version is a whole number, a moment, a UUID or a text, not a "
                + version.getClass().getName());
    }

    private static @Nullable Instant moment(Object version) {
        if (version instanceof Instant instant) {
            return instant;
        }
        if (version instanceof Date date) {
            return moment(date);
        }
        if (version instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (version instanceof ZonedDateTime time) {
            return time.toInstant();
        }
        if (version instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC);
        }
        return null;
    }

    private static @Nullable Instant moment(Date date) {
        try {
            return date.toInstant();
        } catch (UnsupportedOperationException halfAMoment) {
            return null; // java.sql.Date has no time, java.sql.Time no date
        }
    }

    /**
     * Returns the value: a {@code Long}, an {@code Instant}, a {@code UUID} or a {@code String}.
     *
     * @return the value
     */
    public Object value() {
        return value;
    }

    /**
     * Tells whether the value is a moment, which cannot tell apart two changes in one tick of its clock or column.
     *
     * @return true for a revision made from a date and time
     */
    public boolean isMoment() {
        return value instanceof Instant;
    }

    /**
     * Tells whether both denote the same version. A text is first read as the other's kind; one that cannot be read so
     * denotes another version.
     *
     * @param other the revision to compare with
     * @return true if both denote the same version
     */
    public boolean matches(Revision other) {
        if (equals(other)) {
            return true;
        }
        if (value instanceof String text) {
            return !(other.value instanceof String) && other.reads(text);
        }
        return other.value instanceof String text && reads(text);
    }

    private boolean reads(String text) {
        try {
            if (value instanceof Long) {
                return value.equals(Long.valueOf(text));
            }
            if (value instanceof Instant) {
                return value.equals(OffsetDateTime.parse(text).toInstant());
            }
            return value.equals(UUID.fromString(text));
        } catch (DateTimeException | IllegalArgumentException unreadable) {
            return false;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Revision that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Returns the value as text: digits, ISO 8601, a UUID, or the text itself. */
    @Override
    public String toString() {
        return value.toString();
    }
}
