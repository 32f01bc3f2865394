package dev.conflict.spring.boot;

import java.io.Serial;

/** A property has a value with which the application cannot start. */
final class InvalidPropertyException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String property;
    private final String right;

    /**
     * Creates an exception.
     *
     * @param property the property's name
     * @param wrong what is wrong with it, a sentence without subject
     * @param right what would be right, a sentence
     */
    InvalidPropertyException(String property, String wrong, String right) {
        super("The property " + property + " " + wrong);
        this.property = property;
        this.right = right;
    }

    String property() {
        return property;
    }

    String right() {
        return right;
    }
}
