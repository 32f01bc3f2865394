package dev.conflict.problem;

import dev.conflict.problem.Vocabulary.Types;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A class of problems: its name, the one status that answers of this type have (RFC 9457 §4), and what the catalogue says
 * of it.
 *
 * <pre>{@code
 * static final ProblemType OUT_OF_CREDIT = new ProblemType("out-of-credit", 402)
 *         .withCodes("OUT_OF_CREDIT")
 *         .withMembers("balance", "costs");
 * }</pre>
 *
 * @param name the name, which the base of type URIs precedes, or {@code about:blank}
 * @param status the HTTP status
 * @param codes the codes that its problems have; none if they are not the same for all
 * @param members the names of its members, beside those that every problem has
 * @param help a page for people, or null
 */
public record ProblemType(
        String name,
        int status,
        List<String> codes,
        List<String> members,
        @Nullable URI help) {
    /**
     * Creates a type.
     *
     * @param name the name, which the base of type URIs precedes, or {@code about:blank}
     * @param status the HTTP status, an error between 400 and 599
     * @param codes the codes that its problems have
     * @param members the names of its members
     * @param help a page for people, or null
     * @throws IllegalArgumentException if the status is no error, or the name has other characters than letters, digits,
     *     hyphens, dots and underscores
     */
    public ProblemType {
        Objects.requireNonNull(name, "name");
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("A problem has an error status between 400 and 599, not " + status);
        }
        if (!isName(name) && !name.equals(Types.ABOUT_BLANK)) {
            throw new IllegalArgumentException(
                    "A type's name is a letter followed by letters, digits, hyphens, dots or underscores, not \"" + name
                            + "\"");
        }
        codes = List.copyOf(codes);
        members = List.copyOf(members);
    }

    /**
     * Creates a type of which the catalogue says no more.
     *
     * @param name the name, which the base of type URIs precedes, or {@code about:blank}
     * @param status the HTTP status, an error between 400 and 599
     * @throws IllegalArgumentException if the status is no error
     */
    public ProblemType(String name, int status) {
        this(name, status, List.of(), List.of(), null);
    }

    /**
     * Returns the type that says no more than its status (RFC 9457 §4.2.1).
     *
     * @param status the HTTP status
     * @return the type {@code about:blank} with that status
     */
    public static ProblemType aboutBlank(int status) {
        return new ProblemType(Types.ABOUT_BLANK, status);
    }

    /**
     * Returns the same type with another status.
     *
     * @param other the HTTP status
     * @return a type with that status
     * @throws IllegalArgumentException if the status is no error
     */
    public ProblemType withStatus(int other) {
        return new ProblemType(name, other, codes, members, help);
    }

    /**
     * Returns the same type with codes. A problem of a type that has one code gets that; an application's conflict that
     * has one of them gets this type.
     *
     * @param all the codes in upper snake case
     * @return a type with those codes
     */
    public ProblemType withCodes(String... all) {
        return new ProblemType(name, status, List.of(all), members, help);
    }

    /**
     * Returns the same type with members.
     *
     * @param names the names of its members, beside those that every problem has
     * @return a type with those members
     */
    public ProblemType withMembers(String... names) {
        return new ProblemType(name, status, codes, List.of(names), help);
    }

    /**
     * Returns the same type with a page for people, to which its problems then link.
     *
     * @param page where the page is
     * @return a type with that page
     */
    public ProblemType withHelp(URI page) {
        return new ProblemType(name, status, codes, members, Objects.requireNonNull(page, "page"));
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
        return name.equals(Types.ABOUT_BLANK);
    }

    /** Tells a name from a URI: it has neither a scheme nor a path. */
    static boolean isName(String text) {
        return !text.isEmpty()
                && isLetter(text.charAt(0))
                && text.chars().allMatch(c -> isLetter(c) || (c >= '0' && c <= '9') || "-._".indexOf(c) >= 0);
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
