package dev.conflict.problem;

import dev.conflict.problem.Vocabulary.Members;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape in which a problem is sent. Writing cannot fail in any.
 *
 * <p>Unless the application {@linkplain ProblemTranslator.Builder#shape chooses}, a request that
 * {@linkplain Occurrence#prefersHtml() prefers a page} gets {@link #HTML}, and every other one {@link #RFC_9457}.
 */
public enum ProblemShape {
    /** {@code application/problem+json}: {@code {"type", "title", "status", "detail", "instance", …}}. */
    RFC_9457(ProblemDetail.MEDIA_TYPE) {
        @Override
        void write(ProblemDetail problem, JsonWriter writer) {
            ProblemJson.write(problem, writer);
        }
    },

    /**
     * {@code application/json} for clients that were there before:
     * {@code {"timestamp", "status", "error", "message", "path", "details": {"code", …, "suggestion"}}}.
     *
     * <p>It has no place for type, title and instance; {@code error} is the phrase of the status.
     */
    OLDER("application/json") {
        @Override
        void write(ProblemDetail problem, JsonWriter writer) {
            writer.object(members(problem));
        }

        private Map<String, @Nullable Object> members(ProblemDetail problem) {
            Map<String, @Nullable Object> details = new LinkedHashMap<>(problem.extensions());
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            move(Members.TIMESTAMP, details, members);
            problem.status().ifPresent(status -> {
                members.put("status", status);
                members.put(OlderMembers.ERROR, Messages.ENGLISH.phrase(status));
            });
            problem.detail().or(problem::title).ifPresent(message -> members.put(OlderMembers.MESSAGE, message));
            move(Members.PATH, details, members);
            move(Members.SUGGESTION, details, details);
            members.put(OlderMembers.DETAILS, details);
            return members;
        }
    },

    /**
     * {@code text/html} for people: a small page with title, detail, suggestion, code and id, in the language of its texts,
     * without script and without anything from elsewhere.
     *
     * <p>Its answer says {@code Content-Security-Policy: default-src 'none'} and more, in place of another policy.
     */
    HTML(ProblemPage.MEDIA_TYPE) {
        @Override
        void write(ProblemDetail problem, JsonWriter writer) {
            throw new UnsupportedOperationException("A page is no JSON");
        }

        @Override
        byte[] write(ProblemDetail problem, @Nullable String language, boolean asciiOnly) {
            return ProblemPage.write(problem, language, asciiOnly);
        }
    };

    private final String mediaType;

    ProblemShape(String mediaType) {
        this.mediaType = mediaType;
    }

    /**
     * Returns the media type of the shape.
     *
     * @return the value of {@code Content-Type}
     */
    public String mediaType() {
        return mediaType;
    }

    /**
     * Writes a problem in this shape.
     *
     * @param problem the problem
     * @return the bytes, in UTF-8
     */
    public byte[] write(ProblemDetail problem) {
        return write(problem, null, false);
    }

    String writeAscii(ProblemDetail problem, @Nullable String language) {
        return new String(write(problem, language, true), StandardCharsets.US_ASCII);
    }

    /** Writes a problem whose texts are in a language, null if nobody knows in which. */
    byte[] write(ProblemDetail problem, @Nullable String language, boolean asciiOnly) {
        JsonWriter writer = new JsonWriter(asciiOnly, ProblemJson.expectedBytes(problem));
        write(problem, writer);
        return writer.toByteArray();
    }

    abstract void write(ProblemDetail problem, JsonWriter writer);

    /** Puts a member that there is at the end. */
    private static void move(String name, Map<String, @Nullable Object> from, Map<String, @Nullable Object> to) {
        if (from.containsKey(name)) {
            Object value = from.remove(name);
            to.put(name, value);
        }
    }

    /** Names that only the older shape has. */
    static final class OlderMembers {
        static final String ERROR = "error";
        static final String MESSAGE = "message";
        static final String DETAILS = "details";

        private OlderMembers() {}
    }
}
