package dev.conflict.test;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the resource answered to one write of a race.
 *
 * @param status the status code
 * @param currentValidator the validator of the current state, where the answer names one: of a refusal the state that
 *     stood in the way, of a success the state that the write made; otherwise null
 * @param note anything worth showing in the transcript, such as the beginning of the body; may be empty
 */
public record Answer(int status, @Nullable String currentValidator, String note) {

    /**
     * Checks the parts.
     *
     * @param status the status code
     * @param currentValidator the validator that the answer names or null
     * @param note anything worth showing in the transcript
     */
    public Answer {
        Objects.requireNonNull(note, "note");
    }

    /**
     * Makes an answer that says nothing but its status.
     *
     * @param status the status code
     * @return the answer
     */
    public static Answer of(int status) {
        return new Answer(status, null, "");
    }
}
