package dev.conflict.http;

import dev.conflict.EntityTag;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the preconditions of a request say about carrying it out (RFC 9110 §13.2).
 *
 * <p>Verdicts are values to switch on; nothing is thrown until an edge decides to.
 */
public sealed interface Verdict extends Serializable {
    /**
     * Every precondition is true, or none is stated and none is required: carry the request out.
     *
     * @param ignoresRange true if {@code If-Range} is false, so that {@code Range} is to be ignored and the whole
     *     representation sent (§13.1.5)
     */
    record Proceed(boolean ignoresRange) implements Verdict {
        static final Verdict INSTANCE = new Proceed(false);
        static final Verdict WHOLE = new Proceed(true);
    }

    /** The reader has the current representation: answer a GET or HEAD with 304. */
    record NotModified() implements Verdict {
        static final Verdict INSTANCE = new NotModified();
    }

    /**
     * A precondition is false: do not carry the request out, answer 412.
     *
     * @param header the field that stated it
     * @param expected what the field states, its lines joined by {@code ", "}
     * @param current the present tag, null if there is none
     */
    record Failed(String header, String expected, @Nullable EntityTag current) implements Verdict {
        /**
         * Creates the verdict.
         *
         * @param header the field that stated the precondition
         * @param expected what the field states
         * @param current the present tag, or null
         */
        public Failed {
            Objects.requireNonNull(header, "header");
            Objects.requireNonNull(expected, "expected");
        }
    }

    /**
     * A precondition cannot be read, so nobody knows what the writer wanted to be protected from: do not carry the
     * request out, answer 400.
     *
     * @param header the field that cannot be read
     * @param position the index of the first wrong character in the lines of the field, joined by {@code ", "}
     * @param reason what would be right there
     */
    record Malformed(String header, int position, String reason) implements Verdict {
        /**
         * Creates the verdict.
         *
         * @param header the field that cannot be read
         * @param position the index of the first wrong character
         * @param reason what would be right there
         */
        public Malformed {
            Objects.requireNonNull(header, "header");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * A precondition has more tags or characters than are read: do not carry the request out, answer 431.
     *
     * @param header the field that is too large
     * @param limit the limit that it exceeds
     * @param unit what the limit counts
     */
    record TooLarge(String header, int limit, Unit unit) implements Verdict {
        /**
         * Creates the verdict.
         *
         * @param header the field that is too large
         * @param limit the limit that it exceeds
         * @param unit what the limit counts
         */
        public TooLarge {
            Objects.requireNonNull(header, "header");
            Objects.requireNonNull(unit, "unit");
        }
    }

    /** What a limit counts. */
    enum Unit {
        /** Characters of a field, over all its lines. */
        CHARACTERS,
        /** Entity tags of a field, over all its lines. */
        TAGS
    }

    /**
     * The write must state what it is based on, and does not: do not carry it out, answer 428 (RFC 6585 §3).
     *
     * @param acceptedHeaders the fields that would state it
     */
    record Required(List<String> acceptedHeaders) implements Verdict {
        /**
         * Creates the verdict.
         *
         * @param acceptedHeaders the fields that would state it
         */
        public Required {
            acceptedHeaders = List.copyOf(acceptedHeaders);
        }
    }
}
