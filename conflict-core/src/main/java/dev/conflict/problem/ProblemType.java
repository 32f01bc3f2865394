package dev.conflict.problem;

import java.util.Objects;

/**
 * A class of problems: its name, and the one status that answers of this type have (RFC 9457 §4).
 *
 * @param name the name, which the base of type URIs precedes, or {@code about:blank}
 * @param status the HTTP status
 */
public record ProblemType(String name, int status) {
    /**
     * Creates a type.
     *
     * @param name the name, which the base of type URIs precedes, or {@code about:blank}
     * @param status the HTTP status, an error between 400 and 599
     * @throws IllegalArgumentException if the status is no error
     */
    public ProblemType {
        Objects.requireNonNull(name, "name");
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("A problem has an error status between 400 and 599, not " + status);
        }
    }

    /**
     * Returns the type that says no more than its status (RFC 9457 §4.2.1).
     *
     * @param status the HTTP status
     * @return the type {@code about:blank} with that status
     */
    public static ProblemType aboutBlank(int status) {
        return new ProblemType(Vocabulary.Types.ABOUT_BLANK, status);
    }

    /**
     * Returns the URI that identifies the type.
     *
     * @param base what precedes names
     * @return the URI
     */
    public String uri(String base) {
        return isAboutBlank() ? name : base + name;
    }

    /**
     * Tells whether this type says no more than its status.
     *
     * @return true for {@code about:blank}
     */
    public boolean isAboutBlank() {
        return name.equals(Vocabulary.Types.ABOUT_BLANK);
    }
}
