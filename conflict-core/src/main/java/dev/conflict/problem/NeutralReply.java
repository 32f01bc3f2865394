package dev.conflict.problem;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an application answers in place of a conflict that nobody may learn of: exactly what it answers when there is none.
 *
 * <pre>{@code
 * ProblemTranslator.builder().neutral((occurrence, taken) -> {
 *     mail.tellTheOwner(taken);
 *     return Optional.of(NeutralReply.of(202).body("application/json", "{\"next\":\"confirm\"}"));
 * });
 * }</pre>
 *
 * <p>Nothing is added to it: no problem, no language, no {@code Cache-Control}. Whether it can be told from the success by
 * the time that it takes, is for the application to see. Instances are immutable and safe for use by many threads.
 */
public final class NeutralReply {
    private final int status;
    private final Map<String, String> fields;
    private final @Nullable String mediaType;
    private final String body;

    private NeutralReply(int status, Map<String, String> fields, @Nullable String mediaType, String body) {
        this.status = status;
        this.fields = fields;
        this.mediaType = mediaType;
        this.body = body;
    }

    /**
     * Returns a reply without a body.
     *
     * @param status the HTTP status, that of the success
     * @return a reply
     * @throws IllegalArgumentException if the status is not between 200 and 599
     */
    public static NeutralReply of(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("A reply has a status between 200 and 599, not " + status);
        }
        return new NeutralReply(status, Map.of(), null, "");
    }

    /**
     * Returns the same reply with a body.
     *
     * @param type the media type
     * @param text the body, sent in UTF-8
     * @return a reply with that body
     */
    public NeutralReply body(String type, String text) {
        return new NeutralReply(status, fields, Objects.requireNonNull(type, "type"), Objects.requireNonNull(text));
    }

    /**
     * Returns the same reply with a header field.
     *
     * @param name the field's name
     * @param value the field's value
     * @return a reply with that field
     */
    public NeutralReply field(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new NeutralReply(status, Map.copyOf(more), mediaType, body);
    }

    int status() {
        return status;
    }

    Map<String, String> fields() {
        return fields;
    }

    @Nullable String mediaType() {
        return mediaType;
    }

    String body() {
        return body;
    }
}
