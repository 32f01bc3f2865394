package dev.conflict.servlet;

import org.jspecify.annotations.Nullable;

/** What a filter does only if it is told to. */
enum Option {
    /** A write that stated a precondition which nobody evaluated is an error. */
    STRICT("strict"),
    /** The answer to a PUT carries a tag even if nobody said that the content was stored as sent. */
    TAG_ON_PUT("tagOnPut"),
    /** Refusals that the filter starts, rather than the application or a false precondition, are reported only. */
    REPORT_ONLY("reportOnly"),
    /** An error that is told by a status alone is answered with a problem. */
    PROBLEMS_FOR_ERRORS("problemsForErrors"),
    /** Such a problem tells the message that was given to {@code sendError}. */
    ERROR_MESSAGES("errorMessages"),
    /** An exception that nobody knows is answered with a problem that tells nothing of it. */
    PROBLEMS_FOR_EXCEPTIONS("problemsForExceptions");

    private final String parameter;

    Option(String parameter) {
        this.parameter = parameter;
    }

    /** The name of its init-param. */
    String parameter() {
        return parameter;
    }

    static @Nullable Option named(String parameter) {
        for (Option option : values()) {
            if (option.parameter.equals(parameter)) {
                return option;
            }
        }
        return null;
    }
}
