package dev.conflict.http;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.Target;
import java.util.Enumeration;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one request: what its preconditions state, which resource they were held against, and which tag the
 * answer carries.
 *
 * <ol>
 *   <li>A guard asks with {@link #require}: a false precondition ends the request with 412, a missing one with 428.
 *   <li>If the preconditions are true, the guard <em>arms</em> the ledger with the resource, since another writer can
 *       still win until the commit.
 *   <li>A lost race surfaces as an exception about some row. The edge asks {@link #attribute}: if it was the armed
 *       resource that lost, what the request stated turned false, and the answer is 412 as well; another row's race is a
 *       conflict that nobody stated.
 *   <li>After the commit, the answer carries the tag that {@link #respondWith} offered.
 * </ol>
 *
 * <p>One instance belongs to one request, and is handed on with it, never kept in a thread. It is safe for use by the
 * threads that serve the request one after the other.
 */
public final class ConditionalRequest {
    private static final int LOOKS = 5;
    private static final long PAUSE_NANOS = 2_000_000;

    private final String method;
    private final FieldLines fields;
    private final Preconditions rules;

    private volatile boolean evaluated;
    private volatile @Nullable Armed armed;
    private volatile @Nullable Supplier<Optional<EntityTag>> responseTag;
    private volatile boolean storedAsSent;

    private record Armed(Target target, String header, Supplier<Optional<EntityTag>> reread) {}

    private ConditionalRequest(String method, FieldLines fields, Preconditions rules) {
        this.method = Objects.requireNonNull(method, "method");
        this.fields = Objects.requireNonNull(fields, "fields");
        this.rules = Objects.requireNonNull(rules, "rules");
    }

    /**
     * Returns the ledger of a request.
     *
     * @param method the request's method in upper case
     * @param fields the request's header fields
     * @param rules how its preconditions are evaluated
     * @return a ledger in which nothing is evaluated yet
     */
    public static ConditionalRequest of(String method, FieldLines fields, Preconditions rules) {
        return new ConditionalRequest(method, fields, rules);
    }

    /**
     * Returns the request's method.
     *
     * @return the method in upper case
     */
    public String method() {
        return method;
    }

    /**
     * Returns the field that states a precondition of a write.
     *
     * @return {@code If-Match}, else {@code If-None-Match}, whichever the request has; empty if it has neither
     */
    public Optional<String> statedIn() {
        if (isPresent(Preconditions.IF_MATCH)) {
            return Optional.of(Preconditions.IF_MATCH);
        }
        return isPresent(Preconditions.IF_NONE_MATCH) ? Optional.of(Preconditions.IF_NONE_MATCH) : Optional.empty();
    }

    private boolean isPresent(String header) {
        Enumeration<String> lines = fields.of(header);
        return lines != null && lines.hasMoreElements();
    }

    /**
     * Tells whether somebody has evaluated the preconditions.
     *
     * @return true after the first {@link #evaluate} or {@link #require}
     */
    public boolean isEvaluated() {
        return evaluated;
    }

    /**
     * Evaluates the preconditions against the selected representation.
     *
     * @param current what is known of it
     * @return what to do
     */
    public Verdict evaluate(Validators current) {
        evaluated = true;
        return rules.evaluate(method, fields, current);
    }

    /**
     * Requires that the preconditions are true of a resource.
     *
     * <p>{@link Verdict.NotModified} counts as true: whether to answer 304 is for the edge that sends the
     * representation.
     *
     * @param target the resource; never sent
     * @param current what is known of its selected representation
     * @throws ConflictException.VersionMismatch if {@code If-Match} names tags, none of them the present one
     * @throws ConflictException.PreconditionFailed if another precondition is false
     * @throws ConflictException.PreconditionRequired if the write must state what it is based on, and does not
     * @throws PreconditionFieldException if a precondition cannot be read, or is too large
     */
    public void require(Target target, Validators current) {
        Verdict verdict = evaluate(current);
        if (verdict instanceof Verdict.Failed failed) {
            throw refusal(failed.header(), target, current.tag());
        }
        if (verdict instanceof Verdict.Required required) {
            throw ConflictException.preconditionRequired(
                    required.acceptedHeaders().toArray(String[]::new));
        }
        if (verdict instanceof Verdict.Malformed || verdict instanceof Verdict.TooLarge) {
            throw new PreconditionFieldException(verdict);
        }
    }

    private ConflictException refusal(String header, Target target, @Nullable EntityTag current) {
        if (header.equals(Preconditions.IF_MATCH) && !isAny(header)) {
            ConflictException.VersionMismatch refusal =
                    ConflictException.version().target(target).statedIn(header, value(header), current);
            boolean weakened = current != null && !current.isWeak() && Preconditions.namesWeakly(fields, current);
            return weakened ? weakened(refusal) : refusal;
        }
        return ConflictException.precondition(header).current(target, current);
    }

    /** The version is right and only marked weak, often by a proxy that compressed the answer; to read again is no help. */
    private static ConflictException weakened(ConflictException.VersionMismatch refusal) {
        return refusal.detail("The entity tag in If-Match is weak, and a write needs a strong one."
                        + " Nothing of your request was applied.")
                .suggest(
                        "Send the tag as it stands in currentEtag. If you received it weak, something between you and the"
                                + " server weakens it.");
    }

    private String value(String header) {
        StringJoiner value = new StringJoiner(", ");
        Enumeration<String> lines = fields.of(header);
        while (lines != null && lines.hasMoreElements()) {
            value.add(lines.nextElement());
        }
        return value.toString();
    }

    /**
     * Remembers which resource the stated preconditions were true of, until the commit decides.
     *
     * <p>Does nothing if the request states no {@code If-Match}: then nobody was promised anything.
     *
     * @param target the resource
     * @param reread reads the present tag anew, on a connection of its own and within bounded time; empty if the resource
     *     is gone. It is called a few times at most, after the failed transaction was unwound
     */
    public void arm(Target target, Supplier<Optional<EntityTag>> reread) {
        if (isPresent(Preconditions.IF_MATCH)) {
            armed = new Armed(target, Preconditions.IF_MATCH, reread);
        }
    }

    /**
     * Attributes a lost race: to what the request stated, if the armed resource lost it, or if nobody knows who did and
     * what was stated is no longer known to be true. {@code If-Match: *} states that the resource exists, which a race
     * for a version does not make false.
     *
     * @param lost a conflict that surfaced somewhere below the edge
     * @return the same conflict, or one that says what was stated and which tag is there now
     */
    public ConflictException attribute(ConflictException lost) {
        Armed promise = armed;
        if (promise == null || !isRaceFor(promise.target, lost.conflict())) {
            return lost;
        }
        Optional<EntityTag> current = present(promise, lost);
        armed = new Armed(promise.target, promise.header, () -> current); // read at most once
        boolean outdated = current.isPresent() && isStillTrue(current.get());
        if (outdated && (isLoserUnknown(lost.conflict()) || isAny(promise.header))) {
            return lost; // another resource lost, or "*" was stated and is true
        }
        // A database may show the loser's version for a moment after it refused it; then the present tag is not known.
        return refusal(promise.header, promise.target, outdated ? null : current.orElse(null), lost);
    }

    private ConflictException refusal(
            String header, Target target, @Nullable EntityTag current, ConflictException lost) {
        return isAny(header)
                ? ConflictException.precondition(header)
                        .with(lost.details())
                        .current(target, current)
                        .causedBy(lost)
                : ConflictException.version()
                        .with(lost.details())
                        .target(target)
                        .statedIn(header, value(header), current)
                        .causedBy(lost);
    }

    private boolean isAny(String header) {
        return value(header).trim().equals("*");
    }

    /** Looks again for a moment if the row that is known to have moved still shows the version that lost. */
    private Optional<EntityTag> present(Armed promise, ConflictException lost) {
        Optional<EntityTag> current = ask(promise.reread);
        boolean moved = !isLoserUnknown(lost.conflict()) && !isAny(promise.header);
        for (int look = 1; moved && look < LOOKS && current.isPresent() && isStillTrue(current.get()); look++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            current = ask(promise.reread);
        }
        return current;
    }

    private static boolean isLoserUnknown(Conflict conflict) {
        return conflict instanceof Conflict.VersionMismatch mismatch && mismatch.target() == null;
    }

    private boolean isStillTrue(EntityTag current) {
        return !(rules.evaluate(method, fields, Validators.of(current)) instanceof Verdict.Failed);
    }

    private static boolean isRaceFor(Target armed, Conflict conflict) {
        if (conflict instanceof Conflict.VersionMismatch mismatch) {
            return mismatch.statedIn() == null && (mismatch.target() == null || armed.equals(mismatch.target()));
        }
        return conflict instanceof Conflict.Absence absence && armed.equals(absence.target());
    }

    /** Asks for a tag, which is a help: the answer stands without it. */
    private static Optional<EntityTag> ask(Supplier<Optional<EntityTag>> tag) {
        try {
            return Objects.requireNonNull(tag.get(), "tag");
        } catch (RuntimeException | LinkageError | AssertionError unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Offers the tag of the representation that the answer is about.
     *
     * @param tag gives the tag when the answer's header is about to be sent; empty if it is not known then, or if what it
     *     stands for is not committed
     */
    public void respondWith(Supplier<Optional<EntityTag>> tag) {
        responseTag = Objects.requireNonNull(tag, "tag");
    }

    /**
     * Says that the request's content was stored as it was sent, without any transformation, so that the answer to a PUT
     * may carry a tag (RFC 9110 §9.3.4).
     */
    public void storedAsSent() {
        storedAsSent = true;
    }

    /**
     * Returns the tag for the answer's {@code ETag} field.
     *
     * @return the tag; empty if none was offered, if it is not known or cannot be read, or if the answer may not
     *     carry one: that of a PUT may only if the content was stored as it was sent (RFC 9110 §9.3.4)
     */
    public Optional<EntityTag> responseTag() {
        Supplier<Optional<EntityTag>> offered = responseTag;
        if (offered == null || (method.equals("PUT") && !storedAsSent)) {
            return Optional.empty();
        }
        return ask(offered);
    }
}
