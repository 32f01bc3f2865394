package dev.conflict.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request, what the server knows, and what it has to do.
 *
 * @param id its name
 * @param level {@code must}, {@code should} or {@code recommended}
 * @param method the request's method
 * @param lines the request's field lines
 * @param state the selected representation
 * @param now the server's clock, null if it does not matter
 * @param expect the outcome
 * @param permits the other outcomes that the RFC allows
 * @param position where a malformed value goes wrong, -1 if the case does not say
 */
public record ConformanceCase(
        String id,
        String level,
        String method,
        List<String> lines,
        State state,
        @Nullable Instant now,
        String expect,
        List<String> permits,
        int position) {
    /**
     * What the server knows of the selected representation.
     *
     * @param exists whether there is one
     * @param etag its entity tag, null if it has none
     * @param lastModified its modification date, null if nobody knows
     * @param lastModifiedIsStrong whether it did not change twice in that second
     * @param otherwise the status of the answer without preconditions, 0 if that is a success
     */
    public record State(
            boolean exists,
            @Nullable String etag,
            @Nullable Instant lastModified,
            boolean lastModifiedIsStrong,
            int otherwise) {
        static State of(JsonNode state) {
            return new State(
                    state.required("exists").booleanValue(),
                    state.path("etag").textValue(),
                    instant(state.path("lastModified")),
                    state.path("lastModifiedIsStrong").booleanValue(),
                    state.path("otherwise").intValue());
        }
    }

    static ConformanceCase of(JsonNode json) {
        return new ConformanceCase(
                json.required("id").textValue(),
                json.required("level").textValue(),
                json.required("request").required("method").textValue(),
                texts(json.required("request").required("fields")),
                State.of(json.required("state")),
                instant(json.path("now")),
                json.required("expect").textValue(),
                texts(json.path("permits")),
                json.path("position").asInt(-1));
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    private static @Nullable Instant instant(JsonNode text) {
        return text.isMissingNode() ? null : Instant.parse(text.textValue());
    }

    /**
     * Returns the values of a field's lines, as a server hands them to its application: without the white space around them.
     *
     * @param name the field's name, without regard to case
     * @return the values in the order of the lines
     */
    public List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (line.substring(0, colon).equalsIgnoreCase(name)) {
                values.add(trimmed(line, colon + 1));
            }
        }
        return values;
    }

    private static String trimmed(String line, int start) {
        int from = start;
        int to = line.length();
        while (from < to && isWhite(line.charAt(from))) {
            from++;
        }
        while (to > from && isWhite(line.charAt(to - 1))) {
            to--;
        }
        return line.substring(from, to);
    }

    private static boolean isWhite(char c) {
        return c == ' ' || c == '\t';
    }

    /**
     * Tells whether an outcome is what the case expects, or something else that the RFC allows.
     *
     * @param outcome the outcome; if it names no field, neither is that of the case regarded
     * @return true if it does not contradict the RFC
     */
    public boolean allows(String outcome) {
        return is(outcome, expect) || permits.stream().anyMatch(permitted -> is(outcome, permitted));
    }

    /**
     * Tells whether an outcome is what the case expects.
     *
     * @param outcome the outcome; if it names no field, neither is that of the case regarded
     * @return true if it is
     */
    public boolean expects(String outcome) {
        return is(outcome, expect);
    }

    private static boolean is(String outcome, String stated) {
        return outcome.equals(outcome.indexOf(' ') < 0 ? stated.split(" ", 2)[0] : stated);
    }

    @Override
    public String toString() {
        return id;
    }
}
