package dev.conflict.http;

import dev.conflict.EntityTag;
import dev.conflict.http.TagList.Found;
import java.util.List;
import java.util.Set;

/**
 * Evaluates the entity tag preconditions of a request to the letter of RFC 9110 §13.
 *
 * <pre>{@code
 * Verdict verdict = Preconditions.required().evaluate("PUT", request::getHeaders, Validators.of(tag));
 * }</pre>
 *
 * <p>A pure function of method, header lines and validators. It is strict: a present {@code If-Match} that cannot be
 * read never lets a write through, several lines of a field are one list, {@code W/} is upper case, a backslash is a
 * character like any other. {@code If-Match} compares strongly (§13.1.1), {@code If-None-Match} weakly (§13.1.2), in the
 * order of §13.2.2. CONNECT, OPTIONS and TRACE have no preconditions (§13.2.1).
 *
 * <p>Preconditions that state a time are not evaluated by this class. A write that states nothing else counts as one
 * that states nothing.
 *
 * <p>Instances are immutable and safe for use by many threads.
 */
public final class Preconditions {
    /** The field that states which version a write is based on. */
    public static final String IF_MATCH = "If-Match";

    /** The field that states which version a read has, or that a write creates. */
    public static final String IF_NONE_MATCH = "If-None-Match";

    /** More characters in one field, over all its lines, are refused. */
    private static final int MAX_LENGTH = 8192;

    /** More tags in one field, over all its lines, are refused. */
    private static final int MAX_TAGS = 256;

    private static final Set<String> WITHOUT = Set.of("CONNECT", "OPTIONS", "TRACE");
    private static final Set<String> GUARDED = Set.of("PUT", "PATCH", "DELETE");

    private static final Verdict IF_MATCH_FAILED = new Verdict.Failed(IF_MATCH);
    private static final Verdict IF_NONE_MATCH_FAILED = new Verdict.Failed(IF_NONE_MATCH);
    private static final Verdict IF_MATCH_REQUIRED = new Verdict.Required(List.of(IF_MATCH));

    private static final Preconditions REQUIRED = new Preconditions(GUARDED);
    private static final Preconditions OPTIONAL = new Preconditions(Set.of());

    private final Set<String> guarded;

    private Preconditions(Set<String> guarded) {
        this.guarded = guarded;
    }

    /**
     * Returns rules under which PUT, PATCH and DELETE of something that exists must state {@code If-Match}.
     *
     * @return the rules
     */
    public static Preconditions required() {
        return REQUIRED;
    }

    /**
     * Returns rules under which no request must state anything; what it states is evaluated all the same.
     *
     * @return the rules
     */
    public static Preconditions optional() {
        return OPTIONAL;
    }

    /**
     * Evaluates a request.
     *
     * <p>To be called when the request is known to be carried out otherwise: RFC 9110 §13.2.1 has preconditions ignored
     * where the answer would be an error anyway, such as a 404 for a method that cannot create.
     *
     * @param method the request's method in upper case, also one that no standard knows
     * @param fields the request's header fields
     * @param current what is known of the selected representation
     * @return what to do
     */
    public Verdict evaluate(String method, FieldLines fields, Validators current) {
        if (WITHOUT.contains(method)) {
            return Verdict.Proceed.INSTANCE;
        }
        boolean read = method.equals("GET") || method.equals("HEAD");
        try {
            Found stated = TagList.find(fields, IF_MATCH, current.tag(), false, MAX_LENGTH, MAX_TAGS);
            if (stated == Found.NO_MATCH || (stated != Found.ABSENT && !current.exists())) {
                return IF_MATCH_FAILED;
            }
            Verdict noneMatch = evaluateNoneMatch(read, fields, current);
            if (!(noneMatch instanceof Verdict.Proceed)) {
                return noneMatch;
            }
            return stated == Found.ABSENT && current.exists() && guarded.contains(method)
                    ? IF_MATCH_REQUIRED
                    : Verdict.Proceed.INSTANCE;
        } catch (TagList.Fault fault) {
            return fault.verdict;
        }
    }

    /** Tells whether {@code If-Match} names a tag that is marked weak and would match otherwise. */
    static boolean namesWeakly(FieldLines fields, EntityTag current) {
        try {
            return TagList.find(fields, IF_MATCH, current, true, MAX_LENGTH, MAX_TAGS) == Found.MATCH
                    && TagList.find(fields, IF_MATCH, current, false, MAX_LENGTH, MAX_TAGS) == Found.NO_MATCH;
        } catch (TagList.Fault malformed) {
            return false;
        }
    }

    private static Verdict evaluateNoneMatch(boolean read, FieldLines fields, Validators current) throws TagList.Fault {
        Found stated;
        try {
            stated = TagList.find(fields, IF_NONE_MATCH, current.tag(), true, MAX_LENGTH, MAX_TAGS);
        } catch (TagList.Fault fault) {
            if (read) {
                return Verdict.Proceed.INSTANCE; // a reader who cannot say what he has gets everything
            }
            throw fault;
        }
        boolean matches = current.exists() && (stated == Found.ANY || stated == Found.MATCH);
        if (!matches) {
            return Verdict.Proceed.INSTANCE;
        }
        return read ? Verdict.NotModified.INSTANCE : IF_NONE_MATCH_FAILED;
    }
}
