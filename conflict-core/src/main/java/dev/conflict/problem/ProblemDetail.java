package dev.conflict.problem;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.conflict.Details;
import dev.conflict.Details.Member;
import dev.conflict.JsonCodec;
import java.io.Serializable;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A problem as RFC 9457 has it: the body of an answer that says what went wrong, for machines and for people.
 *
 * <pre>{@code
 * ProblemDetail problem = ProblemDetail.builder(409)
 *         .type(URI.create("https://api.example.org/problems/out-of-credit"))
 *         .title("Not enough credit")
 *         .extension("balance", 30)
 *         .build();
 * problem.toJson();   // {"type":"https://…","title":"Not enough credit","status":409,"balance":30}
 * }</pre>
 *
 * <p>Members are written in the order type, title, status, detail, instance, extensions; an absent member is left out.
 * Writing cannot fail. {@link #parse} reads what anybody sent and never throws on content: a member of the wrong type
 * counts as absent (RFC 9457 §3.1). In an application's own mapper, Jackson 2 or 3, it is a bean like any other: written and read
 * as {@link #toMap()}, in this order, whatever the mapper does to properties.
 *
 * <p>Instances are immutable and safe for use by many threads. Do not mistake it for Spring's class of the same name.
 */
public final class ProblemDetail implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The type as it stands on the wire. */
    final @Nullable String type;

    /** The title. */
    final @Nullable String title;

    /** The status of the body, 0 if it says none. */
    final int status;

    /** The detail. */
    final @Nullable String detail;

    /** The instance as it stands on the wire. */
    final @Nullable String instance;

    /** The extension members; nobody changes them any more, though a builder may hold them too. */
    @SuppressWarnings("serial") // plain data in maps and lists that are serializable
    final LinkedHashMap<String, @Nullable Object> extensions;

    private ProblemDetail(Builder builder) {
        type = builder.type;
        title = builder.title;
        status = builder.status;
        detail = builder.detail;
        instance = builder.instance;
        extensions = builder.extensions;
    }

    /**
     * Starts a problem for an answer.
     *
     * @param status the HTTP status of the answer; body and answer have one (RFC 9457 §3.1.2)
     * @return a builder
     * @throws IllegalArgumentException if the status is not between 100 and 599
     */
    public static Builder builder(int status) {
        return new Builder().status(status);
    }

    /**
     * Starts a problem of a type of ours or the application's: with its status, its name in place of the URI, which the
     * edge completes as it does the texts, and its code if it has one.
     *
     * @param type the type
     * @return a builder
     */
    public static Builder builder(ProblemType type) {
        Builder builder = new Builder().status(type.status()).type(URI.create(type.name()));
        return type.codes().size() == 1
                ? builder.member(Vocabulary.Members.CODE, type.codes().get(0))
                : builder;
    }

    /**
     * Reads a problem from the body of an answer.
     *
     * <p>Read are at most 64 KiB and 64 levels; a byte order mark is skipped; of a name that comes twice the last stands;
     * numbers keep every digit. A member is null, never a part of what was sent, if an object in it has more than 256
     * members or a number more than a thousand digits; members of the problem beyond the 256th are left out.
     * {@link ReceivedProblem#ignored()} names them all.
     *
     * @param body the body's bytes, in UTF-8
     * @return the problem; empty if the body is no JSON object, or larger than is read
     */
    public static Optional<ProblemDetail> parse(byte[] body) {
        return ReceivedProblem.parse(body).map(ReceivedProblem::problem);
    }

    /**
     * Takes a problem from its members, as a mapper reads them; the reverse of {@link #toMap()}. A standard member of the
     * wrong type counts as absent (RFC 9457 §3.1); an extension member is copied as plain data.
     *
     * <p>A member is null, never a part of what was there, if it is no data, has more than 65,536 values with their parts
     * (more than {@link #parse} reads) or more than 64 levels, contains itself, or throws when it is read.
     * {@link ReceivedProblem#fromMap} names them all.
     *
     * @param members the members by name
     * @return the problem
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ProblemDetail fromMap(Map<String, ? extends @Nullable Object> members) {
        return ReceivedProblem.fromMap(members).problem();
    }

    static Builder received() {
        return new Builder();
    }

    /**
     * Starts a problem that has every member of this one.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.type = type;
        builder.title = title;
        builder.status = status;
        builder.detail = detail;
        builder.instance = instance;
        builder.extensions = extensions;
        builder.shared = true;
        return builder;
    }

    /**
     * Returns the URI reference that identifies the type.
     *
     * @return the reference; {@code about:blank} if the problem has none
     */
    public String type() {
        return type == null ? Vocabulary.Types.ABOUT_BLANK : type;
    }

    /**
     * Returns the URI that identifies the type, made absolute (RFC 9457 §3.1.1, RFC 3986 §5.2).
     *
     * @param base where the answer came from: the URI of the request after redirects
     * @return the type; the reference as it came if the base is not hierarchical. Never fetch it: it is a name
     */
    public URI typeAt(URI base) {
        return Reference.resolve(base, URI.create(type()));
    }

    boolean hasType() {
        return type != null;
    }

    /**
     * Returns the short summary of the type.
     *
     * @return the title; empty if the problem has none
     */
    public Optional<String> title() {
        return Optional.ofNullable(title);
    }

    /**
     * Returns the HTTP status.
     *
     * @return the status; empty if the problem that was read has none
     */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /**
     * Returns what happened this time.
     *
     * @return the detail; empty if the problem has none
     */
    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }

    /**
     * Returns the URI reference that identifies this occurrence.
     *
     * @return the reference; empty if the problem has none
     */
    public Optional<String> instance() {
        return Optional.ofNullable(instance);
    }

    /**
     * Returns the code that machines act on.
     *
     * @return the member {@code code}; empty if there is none, or if it is no text
     */
    public Optional<String> code() {
        return text(Vocabulary.Members.CODE);
    }

    /**
     * Returns an extension member that is a text.
     *
     * @param name the member's name
     * @return the text; empty if there is none, or if the member is no text
     */
    public Optional<String> text(String name) {
        return extensions.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /**
     * Returns an extension member as a type of the application's.
     *
     * <pre>{@code
     * Optional<Document> theirs = problem.read("current", Document.class, codec);
     * }</pre>
     *
     * @param <T> the type
     * @param name the member's name
     * @param type the type's class
     * @param codec the application's mapper
     * @return the value; empty if there is none, or if the mapper does not take it for that type
     */
    public <T> Optional<T> read(String name, Class<T> type, JsonCodec codec) {
        if (extensions.get(name) == null) {
            return Optional.empty();
        }
        JsonWriter writer = new JsonWriter(false, JsonWriter.expectedBytes(name, extensions.get(name)));
        writer.value(extensions.get(name));
        try {
            return Optional.ofNullable(codec.read(writer.toByteArray(), type));
        } catch (RuntimeException otherType) {
            return Optional.empty();
        }
    }

    /**
     * Returns the extension members by name, in their order.
     *
     * @return an unmodifiable map of text, numbers, booleans, lists, maps and nulls
     */
    public Map<String, @Nullable Object> extensions() {
        return Collections.unmodifiableMap(extensions);
    }

    /**
     * Returns every member by name, in the order in which they are written. Mappers write a problem as this map.
     *
     * @return an unmodifiable map
     */
    @JsonValue
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        putIfPresent(members, "type", type);
        putIfPresent(members, "title", title);
        putIfPresent(members, "status", status == 0 ? null : status);
        putIfPresent(members, "detail", detail);
        putIfPresent(members, "instance", instance);
        members.putAll(extensions);
        return Collections.unmodifiableMap(members);
    }

    private static void putIfPresent(Map<String, @Nullable Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    /**
     * Writes the problem as JSON.
     *
     * @return the bytes, in UTF-8
     */
    public byte[] toJson() {
        return ProblemShape.RFC_9457.write(this);
    }

    /**
     * Writes the problem as JSON in ASCII, for a transport whose character set is not ours to choose.
     *
     * @return the text; every other character is escaped
     */
    public String toAsciiJson() {
        return ProblemShape.RFC_9457.writeAscii(this, null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProblemDetail that && toMap().equals(that.toMap());
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, title, status, detail, instance, extensions);
    }

    /** Returns type, status and instance, which tell no value, so that it may be logged. */
    @Override
    public String toString() {
        return "ProblemDetail[" + type() + " " + (status == 0 ? null : status) + " " + instance + "]";
    }

    /** Collects the members of a problem. Not safe for use by many threads. */
    public static final class Builder {
        private @Nullable String type;
        private @Nullable String title;
        private int status;
        private @Nullable String detail;
        private @Nullable String instance;
        private LinkedHashMap<String, @Nullable Object> extensions = new LinkedHashMap<>();
        private boolean shared;

        private Builder() {}

        /**
         * Sets the type.
         *
         * @param reference the URI reference that identifies it; best absolute
         * @return this builder
         */
        public Builder type(URI reference) {
            type = reference.toString();
            return this;
        }

        /**
         * Sets the short summary of the type.
         *
         * @param text the title, the same for every problem of the type
         * @return this builder
         */
        public Builder title(String text) {
            title = text;
            return this;
        }

        /**
         * Sets the HTTP status.
         *
         * @param code the status
         * @return this builder
         * @throws IllegalArgumentException if the status is not between 100 and 599
         */
        public Builder status(int code) {
            if (code < 100 || code > 599) {
                throw new IllegalArgumentException("An HTTP status is between 100 and 599, not " + code);
            }
            status = code;
            return this;
        }

        /**
         * Sets what happened this time.
         *
         * @param text the text for people
         * @return this builder
         */
        public Builder detail(String text) {
            detail = text;
            return this;
        }

        /**
         * Sets what identifies this occurrence.
         *
         * @param reference the URI reference
         * @return this builder
         */
        public Builder instance(URI reference) {
            instance = reference.toString();
            return this;
        }

        /**
         * Adds an extension member; one of the same name is replaced.
         *
         * @param name the member's name
         * @param value the value, copied as {@link Details#with(Member, Object)} copies it; null is written as
         *     {@code null}, and so is what is no data
         * @return this builder
         * @throws IllegalArgumentException if the name is that of a standard member, or no letter followed by letters, digits
         *     or underscores (RFC 9457 §3.2)
         */
        public Builder extension(String name, @Nullable Object value) {
            MemberName.requireExtension(name);
            return member(name, MapReader.data(value));
        }

        /**
         * Adds an extension member of a type of the application's, as its mapper writes it; everything that the mapper writes
         * is sent, however much it is.
         *
         * @param name the member's name
         * @param value the value; what the mapper cannot write, or nests deeper than 63 levels, is sent as
         *     {@code null}
         * @param codec the application's mapper
         * @return this builder
         * @throws IllegalArgumentException if {@link #extension(String, Object)} does not take the name
         */
        public Builder extension(String name, @Nullable Object value, JsonCodec codec) {
            MemberName.requireExtension(name);
            return member(name, JsonReader.own(codec, value));
        }

        /** Adds a member whose value is plain data, of which nobody holds a part that could change. */
        Builder member(String name, @Nullable Object value) {
            if (shared) {
                extensions = new LinkedHashMap<>(extensions);
                shared = false;
            }
            extensions.put(name, value);
            return this;
        }

        boolean has(String name) {
            return MemberName.isStandard(name) || extensions.containsKey(name);
        }

        /**
         * Returns the problem.
         *
         * @return an immutable problem
         */
        public ProblemDetail build() {
            shared = true;
            return new ProblemDetail(this);
        }
    }
}
