package dev.conflict.spring;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an error says to machines and to people. */
final class ErrorText {
    /** What is said where the text of the constraint would show what was refused, or where there is none. */
    static final String NOT_VALID = "The value is not valid.";

    /** Shorter values stand in a text by chance, such as the 0 in "must be greater than 0". */
    private static final int SHOWN_LENGTH = 4;

    private ErrorText() {}

    /** Returns the name of a constraint in upper snake case: {@code NOT_BLANK} for {@code NotBlank}. */
    static String code(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return "INVALID";
        }
        return name.strip()
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .toUpperCase(Locale.ROOT);
    }

    /**
     * Returns a constraint's text, unless it shows the value that was refused.
     *
     * @param text the text as it would be sent
     * @param template what it was made of, null if nobody knows
     * @param refused the value
     */
    static String detail(@Nullable String text, @Nullable String template, @Nullable Object refused) {
        if (text == null || text.isBlank() || (template != null && template.contains("validatedValue"))) {
            return NOT_VALID;
        }
        String value = refused instanceof CharSequence || refused instanceof Number ? refused.toString() : "";
        return value.length() >= SHOWN_LENGTH && text.contains(value) ? NOT_VALID : text;
    }
}
