package dev.conflict.spring;

/** Who answers what Bean Validation finds wrong with a request. */
public enum ValidationAnswer {
    /** 422 with {@code errors[]}, whatever handlers the application has. */
    BEFORE_HANDLERS,
    /** The application's own handler if it has one, else 422 with {@code errors[]}. */
    AFTER_HANDLERS,
    /** Spring and the application, as if this library were not there. */
    OFF
}
