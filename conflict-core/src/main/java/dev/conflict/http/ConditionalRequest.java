package dev.conflict.http;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.Details;
import dev.conflict.Details.Member;
import dev.conflict.EntityTag;
import dev.conflict.Target;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
    private static final Optional<String> BY_MATCH = Optional.of(Preconditions.IF_MATCH);
    private static final Optional<String> BY_NONE_MATCH = Optional.of(Preconditions.IF_NONE_MATCH);
    private static final Optional<String> BY_DATE = Optional.of(Preconditions.IF_UNMODIFIED_SINCE);

    private static final Details DATE = Details.none().with(Member.VARIANT, "DATE");
    private static final int LOOKS = 5;
    private static final long PAUSE_NANOS = 2_000_000;

    private final String method;
    private final FieldLines fields;

    private volatile Preconditions rules;
    private volatile @Nullable Verdict verdict;
    private volatile @Nullable Validators selected;
    private volatile boolean withholding;
    private volatile @Nullable Supplier<Details> explanation;
    private volatile @Nullable UnaryOperator<ConflictException> armed;
    private volatile @Nullable Supplier<Optional<EntityTag>> responseTag;
    private volatile boolean storedAsSent;
    private volatile @Nullable Runnable unrequired;

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
     * @return {@code If-Match}, else {@code If-None-Match}, else {@code If-Unmodified-Since}, whichever the request has;
     *     empty if it has none
     */
    public Optional<String> statedIn() {
        if (isPresent(Preconditions.IF_MATCH)) {
            return BY_MATCH;
        }
        if (isPresent(Preconditions.IF_NONE_MATCH)) {
            return BY_NONE_MATCH;
        }
        return isPresent(Preconditions.IF_UNMODIFIED_SINCE) ? BY_DATE : Optional.empty();
    }

    private boolean isPresent(String header) {
        return fields.first(header) != null;
    }

    /**
     * Has this request evaluated under other rules from now on.
     *
     * @param rules the rules
     * @return this ledger
     */
    public ConditionalRequest under(Preconditions rules) {
        this.rules = Objects.requireNonNull(rules, "rules");
        return this;
    }

    /**
     * Has refusals leave out the present tag, for a caller who may write the resource and not read it.
     *
     * @return this ledger
     */
    public ConditionalRequest withholdCurrent() {
        withholding = true;
        return this;
    }

    /**
     * Tells whether refusals leave out the present version.
     *
     * @return true after {@link #withholdCurrent()}
     */
    public boolean isWithholdingCurrent() {
        return withholding;
    }

    /**
     * Has the refusal of a stated version say more, such as the present values of fields that this caller may read. It is not
     * asked where the present tag is {@linkplain #withholdCurrent() withheld}.
     *
     * @param details gives what to say when the refusal is made: where a precondition is found false, or after the failed
     *     transaction was unwound and the present validators were read anew. What it throws counts as nothing; the one that
     *     was given last is asked
     * @return this ledger
     */
    public ConditionalRequest explain(Supplier<Details> details) {
        explanation = Objects.requireNonNull(details, "details");
        return this;
    }

    /**
     * Has a write pass that states nothing although it must, where it would be refused with 428: for as long as clients
     * learn to state what their writes are based on. A precondition that is stated and false ends the request all the same.
     *
     * @param report hears of such a write whenever {@link #require} or {@link #requireOrApplied} lets it pass
     * @return this ledger
     */
    public ConditionalRequest reportRequired(Runnable report) {
        unrequired = Objects.requireNonNull(report, "report");
        return this;
    }

    /**
     * Tells whether somebody has evaluated the preconditions.
     *
     * @return true after the first {@link #evaluate} or {@link #require}
     */
    public boolean isEvaluated() {
        return verdict != null;
    }

    /**
     * Tells whether the reader has the current representation already, so that the answer is 304.
     *
     * @return true if the last evaluation said so
     */
    public boolean isNotModified() {
        return verdict instanceof Verdict.NotModified;
    }

    /**
     * Tells whether what the request states was found true, so that a success is no accident.
     *
     * @return true if the last evaluation said to proceed, or {@link #requireOrApplied} that the change was made already
     */
    public boolean isGuarded() {
        return verdict instanceof Verdict.Proceed || verdict instanceof Verdict.NotModified;
    }

    /**
     * Tells whether {@code Range} is to be ignored, because {@code If-Range} is false: the reader has a part of another
     * representation (RFC 9110 §13.1.5).
     *
     * @return true if the last evaluation said so
     */
    public boolean ignoresRange() {
        return verdict instanceof Verdict.Proceed proceed && proceed.ignoresRange();
    }

    /**
     * Returns what the preconditions were held against.
     *
     * @return the validators of the last evaluation; empty if there was none
     */
    public Optional<Validators> selected() {
        return Optional.ofNullable(selected);
    }

    /**
     * Evaluates the preconditions against the selected representation.
     *
     * @param current what is known of it
     * @return what to do
     */
    public Verdict evaluate(Validators current) {
        Verdict reached = rules.evaluate(method, fields, current);
        selected = current;
        verdict = reached;
        return reached;
    }

    /**
     * Requires that the preconditions are true of a resource.
     *
     * <p>{@link Verdict.NotModified} counts as true: whether to answer 304 is for the edge that sends the
     * representation, see {@link #isNotModified()}.
     *
     * @param target the resource; never sent
     * @param current what is known of its selected representation
     * @throws ConflictException.VersionMismatch if {@code If-Match} names tags, none of them the present one, or the
     *     resource was modified after the date of {@code If-Unmodified-Since}
     * @throws ConflictException.PreconditionFailed if another precondition is false
     * @throws ConflictException.PreconditionRequired if the write must state what it is based on, and does not, unless that
     *     is {@linkplain #reportRequired only reported}
     * @throws PreconditionFieldException if a precondition cannot be read, or is too large
     */
    public void require(Target target, Validators current) {
        require(target, current, evaluate(current));
    }

    private void require(Target target, Validators current, Verdict verdict) {
        if (verdict instanceof Verdict.Failed failed) {
            throw refusal(failed, target, current);
        }
        if (verdict instanceof Verdict.Required required) {
            Runnable report = unrequired;
            if (report == null) {
                throw refusal(required);
            }
            report.run();
        }
        if (verdict instanceof Verdict.Malformed || verdict instanceof Verdict.TooLarge) {
            throw new PreconditionFieldException(verdict);
        }
    }

    /**
     * Requires the same as {@link #require}, unless the change appears to have been made already: then the answer may be a
     * success all the same (RFC 9110 §13.1.1, §13.1.4), so that a writer whose first answer was lost on the way need not be
     * told that he lost to himself.
     *
     * <pre>{@code
     * if (!conditional.requireOrApplied(target, current, () -> document.title().equals(title))) {
     *     response.setStatus(204);
     *     return;
     * }
     * }</pre>
     *
     * <p>It suits a change whose result can be recognised, and no counter or payment: whether <em>this</em> request made the
     * change, nobody can tell.
     *
     * @param target the resource; never sent
     * @param current what is known of its selected representation
     * @param appearsApplied tells whether the resource is as the request would leave it; asked only if {@code If-Match} or
     *     {@code If-Unmodified-Since} of a write is false
     * @return true if the request is to be carried out; false if it is to be answered with a success, and not carried out
     * @throws ConflictException as {@link #require} does
     * @throws PreconditionFieldException if a precondition cannot be read, or is too large
     */
    public boolean requireOrApplied(Target target, Validators current, BooleanSupplier appearsApplied) {
        Verdict reached = evaluate(current);
        if (reached instanceof Verdict.Failed failed
                && !failed.header().equals(Preconditions.IF_NONE_MATCH)
                && current.exists()
                && !method.equals("GET")
                && !method.equals("HEAD")
                && appearsApplied.getAsBoolean()) {
            verdict = Verdict.Proceed.INSTANCE; // what was stated stands for a state that this change has followed
            return false;
        }
        require(target, current, reached);
        return true;
    }

    private static ConflictException refusal(Verdict.Required required) {
        ConflictException.PreconditionRequired refusal = ConflictException.preconditionRequired(
                required.acceptedHeaders().toArray(String[]::new));
        return required.acceptedHeaders().contains(Preconditions.IF_UNMODIFIED_SINCE) ? refusal.with(DATE) : refusal;
    }

    private ConflictException refusal(Verdict.Failed failed, Target target, Validators current) {
        ConflictException refusal =
                refusal(failed.header(), failed.expected(), target, failed.current(), explained(), null);
        boolean weakened = refusal instanceof ConflictException.VersionMismatch
                && failed.header().equals(Preconditions.IF_MATCH)
                && failed.current() != null
                && !failed.current().isWeak()
                && rules.namesWeakly(fields, current);
        return weakened ? weakened((ConflictException.VersionMismatch) refusal) : refusal;
    }

    /** A version was stated by a list of tags or by a date; "*" and If-None-Match state something else. */
    private ConflictException refusal(
            String header,
            String expected,
            Target target,
            @Nullable EntityTag current,
            Details told,
            @Nullable ConflictException lost) {
        EntityTag shown = withholding ? null : current;
        Details details = lost == null ? Details.none() : lost.details();
        ConflictException refusal;
        if (header.equals(Preconditions.IF_NONE_MATCH) || isAny(expected)) {
            refusal = ConflictException.precondition(header).with(details).current(target, shown);
        } else {
            String tags = header.equals(Preconditions.IF_MATCH) ? expected : null;
            Details stated = header.equals(Preconditions.IF_UNMODIFIED_SINCE) ? details.and(DATE) : details;
            refusal = ConflictException.version()
                    .with(stated.and(told))
                    .target(target)
                    .statedIn(header, tags, shown);
        }
        if (lost != null) {
            refusal.initCause(lost);
        }
        return refusal;
    }

    private Details explained() {
        Supplier<Details> details = explanation;
        return details == null || withholding ? Details.none() : asked(details, Details.none());
    }

    private static boolean isAny(String expected) {
        return expected.strip().equals("*");
    }

    /** The version is right and only marked weak, often by a proxy that compressed the answer; to read again is no help. */
    private ConflictException weakened(ConflictException.VersionMismatch refusal) {
        return refusal.with(Details.none().with(Member.VARIANT, withholding ? "WEAK_TAG_WITHHELD" : "WEAK_TAG"));
    }

    /**
     * Remembers which resource the stated preconditions were true of, until the commit decides.
     *
     * <p>Does nothing if the request states nothing about it: then nobody was promised anything.
     *
     * @param target the resource
     * @param reread reads the present validators anew, on a connection of its own and within bounded time: the same that
     *     were evaluated, with equivalents and date. It is called a few times at most, after the failed transaction was
     *     unwound; what it throws counts as not there
     */
    public void arm(Target target, Supplier<Validators> reread) {
        if (statedIn().isPresent()) {
            armed = lost -> attribute(target, reread, lost);
        }
    }

    /**
     * Remembers a version that came in the content, which no field of the request states: whoever held it against a resource
     * attributes a lost race to it himself.
     *
     * <p>Does nothing if the request states something: that is attributed, see {@link #arm(Target, Supplier)}.
     *
     * @param attribution takes a conflict that surfaced below the edge, and returns it as it is, or says which version was
     *     stated and what is there now. It is called after the failed transaction was unwound, perhaps more than once; what it
     *     throws counts as nothing
     */
    public void arm(UnaryOperator<ConflictException> attribution) {
        if (statedIn().isEmpty()) {
            armed = lost -> asked(() -> attribution.apply(lost), lost);
        }
    }

    /**
     * Attributes a lost race to what the request stated, if that is no longer true of the armed resource.
     *
     * <ul>
     *   <li>The version of the armed resource, or of nobody knows which, moved on: {@code If-Match} or
     *       {@code If-Unmodified-Since} turned false. {@code If-Match: *} states that the resource exists, which a race for a
     *       version does not make false.
     *   <li>A unique value is taken: {@code If-None-Match: *} turned false if the armed resource exists now. If it does not,
     *       some other value was taken, and nobody had stated anything about that.
     * </ul>
     *
     * <p>Of several conflicts each is attributed by itself.
     *
     * @param lost a conflict that surfaced somewhere below the edge
     * @return the same conflict, or one that says what was stated and which tag is there now
     */
    public ConflictException attribute(ConflictException lost) {
        UnaryOperator<ConflictException> promise = armed;
        if (promise == null) {
            return lost;
        }
        return lost instanceof ConflictException.Several several ? attributeParts(several) : promise.apply(lost);
    }

    private ConflictException attributeParts(ConflictException.Several several) {
        List<ConflictException> parts =
                several.parts().stream().map(this::attribute).toList();
        if (parts.equals(several.parts())) {
            return several;
        }
        ConflictException attributed = ConflictException.several(parts).with(several.details());
        attributed.initCause(several);
        return attributed;
    }

    private ConflictException attribute(Target target, Supplier<Validators> reread, ConflictException lost) {
        if (isVersionRace(target, lost.conflict())) {
            return attributeVersionRace(target, reread, lost);
        }
        return isCreationRace(lost.conflict()) ? attributeCreationRace(target, reread, lost) : lost;
    }

    private ConflictException attributeVersionRace(Target target, Supplier<Validators> reread, ConflictException lost) {
        String header = statedVersionIn();
        boolean tags = Preconditions.IF_MATCH.equals(header);
        boolean loserKnown = isLoserKnown(lost.conflict());
        Validators current = present(target, reread, tags && loserKnown);
        if (verdict(current) instanceof Verdict.Failed failed) {
            return refusal(failed.header(), failed.expected(), target, failed.current(), explained(), lost);
        }
        if (header == null || !loserKnown) {
            return lost; // another resource lost, or what was stated is true of whatever came
        }
        // A database may show the loser's state for a moment after it refused it; then the present one is not known.
        EntityTag known = tags ? null : current.tag();
        Details told = tags ? Details.none() : explained();
        return refusal(header, Preconditions.value(header, fields), target, known, told, lost);
    }

    /** What was taken besides the identifier, and who may know it, is not this answer's business: no detail is taken over. */
    private ConflictException attributeCreationRace(
            Target target, Supplier<Validators> reread, ConflictException lost) {
        if (verdict(present(target, reread, false)) instanceof Verdict.Failed failed
                && failed.header().equals(Preconditions.IF_NONE_MATCH)) {
            ConflictException refusal =
                    refusal(failed.header(), failed.expected(), target, failed.current(), Details.none(), null);
            refusal.initCause(lost);
            return refusal;
        }
        return lost;
    }

    private Verdict verdict(Validators present) {
        return rules.evaluate(method, fields, present);
    }

    /** The field that states a version: a list of tags, or a date; null if none does. */
    private @Nullable String statedVersionIn() {
        if (isPresent(Preconditions.IF_MATCH)) {
            return isAny(Preconditions.value(Preconditions.IF_MATCH, fields)) ? null : Preconditions.IF_MATCH;
        }
        return isPresent(Preconditions.IF_UNMODIFIED_SINCE) ? Preconditions.IF_UNMODIFIED_SINCE : null;
    }

    private static boolean isVersionRace(Target armed, Conflict conflict) {
        if (conflict instanceof Conflict.VersionMismatch mismatch) {
            return mismatch.statedIn() == null && (mismatch.target() == null || armed.equals(mismatch.target()));
        }
        return conflict instanceof Conflict.Absence absence && armed.equals(absence.target());
    }

    private static boolean isLoserKnown(Conflict conflict) {
        return !(conflict instanceof Conflict.VersionMismatch mismatch && mismatch.target() == null);
    }

    private static boolean isCreationRace(Conflict conflict) {
        return conflict instanceof Conflict.Uniqueness
                || conflict instanceof Conflict.Existence
                || (conflict instanceof Conflict.Unspecified unspecified
                        && unspecified.undeclared() == Conflict.Undeclared.UNIQUE);
    }

    /**
     * Reads the present validators, once for all later attributions.
     *
     * @param patiently whether to look again for a moment if the row, which is known to have moved, still shows a version
     *     of which the preconditions are true
     */
    private Validators present(Target target, Supplier<Validators> reread, boolean patiently) {
        Validators current = read(reread);
        for (int look = 1;
                patiently && look < LOOKS && current.exists() && !(verdict(current) instanceof Verdict.Failed);
                look++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            current = read(reread);
        }
        Validators read = current;
        arm(target, () -> read);
        return read;
    }

    private static Validators read(Supplier<Validators> reread) {
        return asked(reread, Validators.absent());
    }

    /** Asks for what is a help: the answer stands without it. */
    private static <V> V asked(Supplier<V> source, V otherwise) {
        try {
            return Objects.requireNonNull(source.get(), "nothing given");
        } catch (RuntimeException | LinkageError | AssertionError unreadable) {
            return otherwise;
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
        return asked(offered, Optional.empty());
    }
}
