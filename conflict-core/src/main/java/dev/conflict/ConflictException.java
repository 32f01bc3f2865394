package dev.conflict;

import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Conflict.FileReason;
import dev.conflict.Conflict.IdempotencyReason;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.Details.Member;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ends a request because of a {@link Conflict}, and carries what its caller may learn.
 *
 * <pre>{@code
 * throw ConflictException.state("ORDER_ALREADY_SHIPPED")
 *         .current(order.status())
 *         .action("cancel")
 *         .suggest("Open a return instead.");
 * }</pre>
 *
 * <p>Each kind has a nested subclass, so that a framework can dispatch, and a transaction roll back, by class; each is
 * fluent only in what fits its kind. What is not set is left out of the answer. Everything that is set is meant for the
 * caller and will be sent to him; {@link #getMessage()} is for the log and names no value.
 *
 * <p>A conflict is an answer, not a fault: the exception has no stack trace unless {@link Fluent#withStackTrace()} asks
 * for one. It is serializable. Like any exception it belongs to the thread that throws it.
 */
public abstract sealed class ConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What happened. */
    private Conflict conflict;

    /** What the caller may learn. */
    private Details details = Details.none();

    private ConflictException(Conflict conflict) {
        this.conflict = Objects.requireNonNull(conflict, "conflict");
    }

    /**
     * The state moved on since the writer read it.
     *
     * @return an exception to fill and throw
     */
    public static VersionMismatch version() {
        return new VersionMismatch(new Conflict.VersionMismatch(null, null, null, null));
    }

    /**
     * A stated precondition other than a version is false.
     *
     * @param header the header field that stated it
     * @return an exception to fill and throw
     */
    public static PreconditionFailed precondition(String header) {
        return new PreconditionFailed(new Conflict.PreconditionFailed(null, header));
    }

    /**
     * A guarded write states no precondition.
     *
     * @param acceptedHeaders the header fields that would state one
     * @return an exception to fill and throw
     */
    public static PreconditionRequired preconditionRequired(String... acceptedHeaders) {
        return new PreconditionRequired(new Conflict.PreconditionRequired(List.of(acceptedHeaders)));
    }

    /**
     * A value that must be unique is taken. Nobody learns which, until {@link Uniqueness#disclose} says who may.
     *
     * @param field the field whose value is taken
     * @return an exception to fill and throw
     */
    public static Uniqueness unique(String field) {
        return new Uniqueness(new Conflict.Uniqueness(null, field, Disclosure.HIDDEN));
    }

    /**
     * The resource to create exists.
     *
     * @param name what exists, as the application calls it ({@code SKU})
     * @return an exception to fill and throw
     */
    public static Existence exists(String name) {
        return new Existence(new Conflict.Existence(null, name));
    }

    /**
     * The resource to change is gone, and is known to have existed.
     *
     * @return an exception to fill and throw
     */
    public static Absence gone() {
        return new Absence(new Conflict.Absence(null));
    }

    /**
     * The action does not fit the present state.
     *
     * @param code the transition's own code
     * @return an exception to fill and throw
     */
    public static State state(String code) {
        return new State(new Conflict.State(code, null, null));
    }

    /**
     * Others depend on the resource.
     *
     * @return an exception to fill and throw
     */
    public static Dependency dependency() {
        return new Dependency(new Conflict.Dependency(null));
    }

    /**
     * A reference to something missing, or a declared rule that does not hold.
     *
     * @param field the field that breaks the rule
     * @param rule the rule's name as callers know it
     * @return an exception to fill and throw
     */
    public static Integrity integrity(String field, String rule) {
        return new Integrity(new Conflict.Integrity(null, field, rule));
    }

    /**
     * Two ranges overlap that may not.
     *
     * @param code the constraint's own code
     * @return an exception to fill and throw
     */
    public static Exclusion exclusion(String code) {
        return new Exclusion(new Conflict.Exclusion(code, null));
    }

    /**
     * A file or folder of that name is there, moved on, or is not empty.
     *
     * @param reason which of the three
     * @param path the name as the client gave it
     * @return an exception to fill and throw
     */
    public static File file(FileReason reason, String path) {
        return new File(new Conflict.File(reason, path, null));
    }

    /**
     * Transactions got in each other's way.
     *
     * @param reason in which way
     * @return an exception to fill and throw
     */
    public static Concurrency concurrency(ConcurrencyReason reason) {
        return new Concurrency(new Conflict.Concurrency(reason));
    }

    /**
     * Somebody holds the resource on purpose.
     *
     * @return an exception to fill and throw
     */
    public static Locked locked() {
        return new Locked(new Conflict.Locked());
    }

    /**
     * A repeated request is refused.
     *
     * @param reason why
     * @return an exception to fill and throw
     */
    public static Idempotency idempotency(IdempotencyReason reason) {
        return new Idempotency(new Conflict.Idempotency(reason));
    }

    /**
     * More than one conflict in one request.
     *
     * @param parts the conflicts in the order in which they were found, at least two; several among them count singly
     * @return an exception to fill and throw
     * @throws IllegalArgumentException if there are fewer than two parts
     */
    public static Several several(List<? extends ConflictException> parts) {
        return new Several(parts.stream()
                .flatMap(part -> part instanceof Several several ? several.parts().stream() : Stream.of(part))
                .toList());
    }

    /**
     * A conflict whose kind nobody can tell, or may tell.
     *
     * @return an exception to throw; its answer says nothing but that there is a conflict
     */
    public static Unspecified unspecified() {
        return new Unspecified(new Conflict.Unspecified(null));
    }

    /**
     * A store refused a write by a rule that the application did not declare.
     *
     * @param rule what kind of rule
     * @return an exception to throw; its answer says nothing but that there is a conflict
     */
    public static Unspecified undeclared(Undeclared rule) {
        return new Unspecified(new Conflict.Unspecified(rule));
    }

    /**
     * A conflict of a kind that only the application knows.
     *
     * @param conflict the application's conflict
     * @return an exception to fill and throw
     */
    public static Custom custom(Conflict.Custom conflict) {
        return new Custom(conflict);
    }

    /**
     * Returns what happened.
     *
     * @return the conflict as it is now
     */
    public Conflict conflict() {
        return conflict;
    }

    /**
     * Returns what the caller may learn beside it.
     *
     * @return the details as they are now
     */
    public Details details() {
        return details;
    }

    final void become(Conflict changed) {
        conflict = changed;
    }

    final void put(Member member, @Nullable Object value) {
        details = details.with(member, value);
    }

    final void replace(Details changed) {
        details = changed;
    }

    private static long millis(Duration wait) {
        if (wait.isNegative()) {
            throw new IllegalArgumentException("Nobody waits for a negative time: " + wait);
        }
        return wait.plusNanos(999_999).toMillis();
    }

    /** Leaves the stack trace empty. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // nothing is done that another thread could see
    public Throwable fillInStackTrace() {
        return this;
    }

    final void recordStackTrace() {
        super.fillInStackTrace();
    }

    /**
     * Returns a line for the log: the kind, the application's code where it has one, and the names of the details.
     *
     * @return the message, without any value
     */
    @Override
    public String getMessage() {
        String code = code(conflict);
        return conflict.kind() + (code == null ? " " : " " + code + " ") + details;
    }

    private static @Nullable String code(Conflict conflict) {
        if (conflict instanceof Conflict.Custom custom) { // whatever kind it says it is
            return custom.code();
        }
        return switch (conflict.kind()) {
            case UNIQUENESS -> ((Conflict.Uniqueness) conflict).code();
            case EXISTENCE -> ((Conflict.Existence) conflict).code();
            case STATE -> ((Conflict.State) conflict).code();
            case DEPENDENCY -> ((Conflict.Dependency) conflict).code();
            case INTEGRITY -> ((Conflict.Integrity) conflict).code();
            case EXCLUSION -> ((Conflict.Exclusion) conflict).code();
            default -> null;
        };
    }

    /**
     * What can be set on the conflict of every kind.
     *
     * @param <S> the exception's own class, so that what fits its kind can follow
     */
    public sealed interface Fluent<S extends ConflictException> {
        /**
         * Says what happened this time, for people; instead of the text that the type has.
         *
         * @param text the text, sent as it is
         * @return this exception
         */
        default S detail(String text) {
            return set(Member.DETAIL, text);
        }

        /**
         * Says what the caller can do now, for people.
         *
         * @param text the text, sent as it is
         * @return this exception
         */
        default S suggest(String text) {
            return set(Member.SUGGESTION, text);
        }

        /**
         * Adds a link that leads on.
         *
         * @param relation what it leads to ({@code recover})
         * @param href where, absolute or relative to the request
         * @return this exception
         */
        default S link(String relation, URI href) {
            S self = self();
            Map<String, Object> links = new LinkedHashMap<>();
            if (self.details().get(Member.LINKS).orElse(null) instanceof Map<?, ?> before) {
                before.forEach((name, uri) -> links.put(String.valueOf(name), uri));
            }
            links.put(relation, href);
            return set(Member.LINKS, links);
        }

        /**
         * Adds a member of the application's own.
         *
         * @param name the member's name, see {@link Details#with(String, Object)}
         * @param value the value, sent as plain data
         * @return this exception
         * @throws IllegalArgumentException if the name may not be a member's
         */
        default S with(String name, @Nullable Object value) {
            S self = self();
            ((ConflictException) self).replace(self.details().with(name, value));
            return self;
        }

        /**
         * Sets every value of the given details.
         *
         * @param details the values; they stand over those that were set before
         * @return this exception
         */
        default S with(Details details) {
            S self = self();
            ((ConflictException) self).replace(self.details().and(details));
            return self;
        }

        /**
         * Names what brought the conflict to light; for the log, never sent.
         *
         * @param cause the exception that a store or framework threw
         * @return this exception
         * @throws IllegalStateException if a cause was named before
         */
        default S causedBy(Throwable cause) {
            S self = self();
            self.initCause(cause);
            return self;
        }

        /**
         * Records the stack trace of the present thread, as other exceptions do.
         *
         * @return this exception
         */
        default S withStackTrace() {
            S self = self();
            ((ConflictException) self).recordStackTrace();
            return self;
        }

        private S set(Member member, @Nullable Object value) {
            S self = self();
            ((ConflictException) self).put(member, value);
            return self;
        }

        @SuppressWarnings("unchecked") // each subclass names itself as S
        private S self() {
            return (S) this;
        }
    }

    /** The state moved on since the writer read it. */
    public static final class VersionMismatch extends ConflictException implements Fluent<VersionMismatch> {
        private static final long serialVersionUID = 1L;

        private VersionMismatch(Conflict.VersionMismatch conflict) {
            super(conflict);
        }

        /**
         * Names what the writer wanted to change; never sent.
         *
         * @param target the target
         * @return this exception
         */
        public VersionMismatch target(@Nullable Target target) {
            Conflict.VersionMismatch now = now();
            become(new Conflict.VersionMismatch(target, now.requested(), now.current(), now.statedIn()));
            return this;
        }

        /**
         * Names the versions. They are sent unless a header field stated the version: then its entity tags are.
         *
         * @param requested the version that the writer saw, or null where nobody knows
         * @param current the version that is there now, or null where nobody knows
         * @return this exception
         */
        public VersionMismatch versions(@Nullable Revision requested, @Nullable Revision current) {
            become(new Conflict.VersionMismatch(now().target(), requested, current, now().statedIn()));
            boolean stated = now().statedIn() != null;
            put(Member.REQUESTED_VERSION, stated ? null : requested);
            put(Member.CURRENT_VERSION, stated ? null : current);
            return this;
        }

        /**
         * Says that a header field of the request stated the version, and names the entity tags.
         *
         * @param header the field's name ({@code If-Match})
         * @param requested the field's value as it was sent, or null to leave it out
         * @param current the present tag, or null where nobody knows
         * @return this exception
         */
        public VersionMismatch statedIn(String header, @Nullable String requested, @Nullable EntityTag current) {
            Objects.requireNonNull(header, "header");
            become(new Conflict.VersionMismatch(now().target(), null, null, header));
            put(Member.REQUESTED_VERSION, null);
            put(Member.CURRENT_VERSION, null);
            put(Member.REQUESTED_ETAG, requested);
            put(Member.CURRENT_ETAG, current);
            return this;
        }

        /**
         * Says who made the change that won, and when.
         *
         * @param by a name that callers may see, or null
         * @param at when, or null
         * @return this exception
         */
        public VersionMismatch changed(@Nullable String by, @Nullable Instant at) {
            put(Member.CHANGED_BY, by);
            put(Member.CHANGED_AT, at);
            return this;
        }

        /**
         * Shows the present state, so that the caller need not read it again.
         *
         * @param state the state as data; everything in it is sent
         * @return this exception
         */
        public VersionMismatch current(Object state) {
            put(Member.CURRENT, state);
            return this;
        }

        private Conflict.VersionMismatch now() {
            return (Conflict.VersionMismatch) conflict();
        }
    }

    /** A stated precondition other than a version is false. */
    public static final class PreconditionFailed extends ConflictException implements Fluent<PreconditionFailed> {
        private static final long serialVersionUID = 1L;

        private PreconditionFailed(Conflict.PreconditionFailed conflict) {
            super(conflict);
            put(Member.HEADER, conflict.header());
        }

        /**
         * Names the resource as it is now.
         *
         * @param target what the request wanted to change; never sent
         * @param current the present tag, or null where there is none or nobody knows
         * @return this exception
         */
        public PreconditionFailed current(@Nullable Target target, @Nullable EntityTag current) {
            become(new Conflict.PreconditionFailed(target, ((Conflict.PreconditionFailed) conflict()).header()));
            put(Member.CURRENT_ETAG, current);
            return this;
        }
    }

    /** A guarded write states no precondition. */
    public static final class PreconditionRequired extends ConflictException implements Fluent<PreconditionRequired> {
        private static final long serialVersionUID = 1L;

        private PreconditionRequired(Conflict.PreconditionRequired conflict) {
            super(conflict);
            put(Member.ACCEPTED_HEADERS, conflict.acceptedHeaders());
        }
    }

    /** A value that must be unique is taken. */
    public static final class Uniqueness extends ConflictException implements Fluent<Uniqueness> {
        private static final long serialVersionUID = 1L;

        private Uniqueness(Conflict.Uniqueness conflict) {
            super(conflict);
            put(Member.CONFLICTING_FIELD, conflict.field());
        }

        /**
         * Gives the conflict the application's own code.
         *
         * @param code the code, in place of the one made from the field
         * @return this exception
         */
        public Uniqueness code(String code) {
            become(new Conflict.Uniqueness(code, now().field(), now().disclosure()));
            return this;
        }

        /**
         * Says who may learn that the value is taken.
         *
         * @param disclosure who
         * @return this exception
         */
        public Uniqueness disclose(Disclosure disclosure) {
            become(new Conflict.Uniqueness(now().code(), now().field(), disclosure));
            return this;
        }

        /**
         * Names the value; it is sent to those to whom the conflict is disclosed.
         *
         * @param value the value that is taken
         * @return this exception
         */
        public Uniqueness value(Object value) {
            put(Member.CONFLICTING_VALUE, value);
            return this;
        }

        /**
         * Offers values that are free; sent to those to whom the conflict is disclosed.
         *
         * @param values free values, the best first
         * @return this exception
         */
        public Uniqueness alternatives(Collection<?> values) {
            put(Member.ALTERNATIVES, values.isEmpty() ? null : values);
            return this;
        }

        private Conflict.Uniqueness now() {
            return (Conflict.Uniqueness) conflict();
        }
    }

    /** The resource to create exists. */
    public static final class Existence extends ConflictException implements Fluent<Existence> {
        private static final long serialVersionUID = 1L;

        private Existence(Conflict.Existence conflict) {
            super(conflict);
        }

        /**
         * Gives the conflict the application's own code.
         *
         * @param code the code, in place of the one made from the name
         * @return this exception
         */
        public Existence code(String code) {
            become(new Conflict.Existence(code, ((Conflict.Existence) conflict()).name()));
            return this;
        }

        /**
         * Leads to the existing resource.
         *
         * @param resource where it is, absolute or relative to the request
         * @return this exception
         */
        public Existence at(URI resource) {
            put(Member.EXISTING, resource);
            return this;
        }

        /**
         * Names the field that tells the resources apart.
         *
         * @param field the field of the request
         * @return this exception
         */
        public Existence field(String field) {
            put(Member.CONFLICTING_FIELD, field);
            return this;
        }
    }

    /** The resource to change is gone. */
    public static final class Absence extends ConflictException implements Fluent<Absence> {
        private static final long serialVersionUID = 1L;

        private Absence(Conflict.Absence conflict) {
            super(conflict);
        }

        /**
         * Names what the writer wanted to change; never sent.
         *
         * @param target the target
         * @return this exception
         */
        public Absence target(@Nullable Target target) {
            become(new Conflict.Absence(target));
            return this;
        }

        /**
         * Says who deleted it, and when.
         *
         * @param by a name that callers may see, or null
         * @param at when, or null
         * @return this exception
         */
        public Absence deleted(@Nullable String by, @Nullable Instant at) {
            put(Member.DELETED_BY, by);
            put(Member.DELETED_AT, at);
            return this;
        }
    }

    /** The action does not fit the present state. */
    public static final class State extends ConflictException implements Fluent<State> {
        private static final long serialVersionUID = 1L;

        private State(Conflict.State conflict) {
            super(conflict);
        }

        /**
         * Names the present state.
         *
         * @param state an enum constant, taken by its name, or any other object, taken by its text
         * @return this exception
         */
        public State current(Object state) {
            String name = state instanceof Enum<?> constant ? constant.name() : state.toString();
            become(new Conflict.State(now().code(), name, now().attempted()));
            put(Member.CURRENT_STATUS, name);
            return this;
        }

        /**
         * Names the action that was attempted.
         *
         * @param action the action, as callers know it
         * @return this exception
         */
        public State action(String action) {
            become(new Conflict.State(now().code(), now().current(), action));
            put(Member.ATTEMPTED_ACTION, action);
            return this;
        }

        /**
         * Names the actions that fit the present state.
         *
         * @param actions the actions; an empty collection says that none does
         * @return this exception
         */
        public State allowed(Collection<String> actions) {
            put(Member.ALLOWED_ACTIONS, actions);
            return this;
        }

        /**
         * Names what must be done before the action.
         *
         * @param prerequisites what is missing
         * @return this exception
         */
        public State prerequisites(Collection<String> prerequisites) {
            put(Member.PREREQUISITES, prerequisites.isEmpty() ? null : prerequisites);
            return this;
        }

        private Conflict.State now() {
            return (Conflict.State) conflict();
        }
    }

    /** Others depend on the resource. */
    public static final class Dependency extends ConflictException implements Fluent<Dependency> {
        private static final long serialVersionUID = 1L;

        /** How many dependents are named in an answer. */
        private static final int NAMED = 20;

        private Dependency(Conflict.Dependency conflict) {
            super(conflict);
        }

        /**
         * Gives the conflict the application's own code.
         *
         * @param code the code, in place of {@code HAS_ACTIVE_CHILDREN}
         * @return this exception
         */
        public Dependency code(String code) {
            become(new Conflict.Dependency(code));
            return this;
        }

        /**
         * Says how many others depend on the resource and names the first of them.
         *
         * @param count how many there are
         * @param first the first of them, of which at most 20 are sent
         * @return this exception
         */
        public Dependency dependents(long count, List<Dependent> first) {
            put(Member.DEPENDENT_COUNT, count);
            put(Member.DEPENDENTS, first.isEmpty() ? null : first.subList(0, Math.min(first.size(), NAMED)));
            return this;
        }
    }

    /** A reference to something missing, or a declared rule that does not hold. */
    public static final class Integrity extends ConflictException implements Fluent<Integrity> {
        private static final long serialVersionUID = 1L;

        private Integrity(Conflict.Integrity conflict) {
            super(conflict);
            put(Member.CONFLICTING_FIELD, conflict.field());
            put(Member.RULE, conflict.rule());
        }

        /**
         * Gives the conflict the rule's own code.
         *
         * @param code the code, in place of {@code INTEGRITY_VIOLATION}
         * @return this exception
         */
        public Integrity code(String code) {
            Conflict.Integrity now = (Conflict.Integrity) conflict();
            become(new Conflict.Integrity(code, now.field(), now.rule()));
            return this;
        }
    }

    /** Two ranges overlap that may not. */
    public static final class Exclusion extends ConflictException implements Fluent<Exclusion> {
        private static final long serialVersionUID = 1L;

        private Exclusion(Conflict.Exclusion conflict) {
            super(conflict);
        }

        /**
         * Names the field that overlaps.
         *
         * @param field the field of the request
         * @return this exception
         */
        public Exclusion field(String field) {
            become(new Conflict.Exclusion(((Conflict.Exclusion) conflict()).code(), field));
            put(Member.CONFLICTING_FIELD, field);
            return this;
        }
    }

    /** A file or folder of that name is there, moved on, or is not empty. */
    public static final class File extends ConflictException implements Fluent<File> {
        private static final long serialVersionUID = 1L;

        private File(Conflict.File conflict) {
            super(conflict);
            put(Member.PATH, conflict.path());
        }

        /**
         * Says that a header field of the request stated what should be there, and names the entity tags.
         *
         * @param header the field's name ({@code If-Match}, {@code If-None-Match})
         * @param requested the field's value as it was sent, or null to leave it out
         * @param current the present tag, or null where there is none or nobody knows
         * @return this exception
         */
        public File statedIn(String header, @Nullable String requested, @Nullable EntityTag current) {
            Conflict.File now = (Conflict.File) conflict();
            become(new Conflict.File(now.reason(), now.path(), Objects.requireNonNull(header, "header")));
            put(Member.REQUESTED_ETAG, requested);
            put(Member.CURRENT_ETAG, current);
            return this;
        }

        /**
         * Offers a way on; ways are sent in the order in which they were offered.
         *
         * @param way what to do ({@code rename}, {@code overwrite}, {@code elsewhere})
         * @param how what it takes, under names: a free name, a header field
         * @return this exception
         */
        public File way(String way, Map<String, ?> how) {
            List<Object> ways = new ArrayList<>();
            if (details().get(Member.WAYS).orElse(null) instanceof List<?> before) {
                ways.addAll(before);
            }
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("way", way);
            entry.putAll(how);
            ways.add(entry);
            put(Member.WAYS, ways);
            return this;
        }
    }

    /** Transactions got in each other's way. */
    public static final class Concurrency extends ConflictException implements Fluent<Concurrency> {
        private static final long serialVersionUID = 1L;

        private Concurrency(Conflict.Concurrency conflict) {
            super(conflict);
            put(Member.RETRYABLE, true);
        }

        /**
         * Says how long to wait before the same request may go again.
         *
         * @param wait the time to wait, sent in milliseconds, in the header field in seconds, each rounded up
         * @return this exception
         * @throws IllegalArgumentException if the time is negative
         */
        public Concurrency retryAfter(Duration wait) {
            put(Member.RETRY_AFTER_MILLIS, millis(wait));
            return this;
        }
    }

    /** Somebody holds the resource on purpose. */
    public static final class Locked extends ConflictException implements Fluent<Locked> {
        private static final long serialVersionUID = 1L;

        private Locked(Conflict.Locked conflict) {
            super(conflict);
        }

        /**
         * Says who holds it, and until when.
         *
         * @param by a name that callers may see, or null
         * @param until when it is free again, or null
         * @return this exception
         */
        public Locked held(@Nullable String by, @Nullable Instant until) {
            put(Member.LOCKED_BY, by);
            put(Member.LOCKED_UNTIL, until);
            return this;
        }
    }

    /** A repeated request is refused. */
    public static final class Idempotency extends ConflictException implements Fluent<Idempotency> {
        private static final long serialVersionUID = 1L;

        private Idempotency(Conflict.Idempotency conflict) {
            super(conflict);
            String retry = retry(conflict.reason());
            put(Member.RETRY, retry);
            put(Member.SAFE_NEW_KEY, retry.equals("new-key"));
        }

        /** How to go on. A new key is safe only where the operation surely had no effect under the old one. */
        private static String retry(IdempotencyReason reason) {
            return switch (reason) {
                case KEY_MISSING, KEY_INVALID, KEY_REUSED, NOT_APPLIED -> "new-key";
                case IN_PROGRESS, STORE_UNAVAILABLE -> "same-key";
                case OUTCOME_UNKNOWN, ABANDONED -> "after-refetch";
                case RESULT_UNAVAILABLE, RESULT_EXPIRED -> "never";
            };
        }

        /**
         * Names the first operation, for a caller who may know of it.
         *
         * @param reference what identifies it, or null
         * @param state what became of it, or null
         * @return this exception
         */
        public Idempotency operation(@Nullable String reference, @Nullable String state) {
            put(Member.OPERATION_REF, reference);
            put(Member.OPERATION_STATE, state);
            return this;
        }

        /**
         * Says how long to wait before the same request may go again.
         *
         * @param wait the time to wait, sent in milliseconds, in the header field in seconds, each rounded up
         * @return this exception
         * @throws IllegalArgumentException if the time is negative
         */
        public Idempotency retryAfter(Duration wait) {
            put(Member.RETRY_AFTER_MILLIS, millis(wait));
            return this;
        }
    }

    /** More than one conflict in one request. */
    public static final class Several extends ConflictException implements Fluent<Several> {
        private static final long serialVersionUID = 1L;

        /** The conflicts with their details. */
        @SuppressWarnings("serial") // List.copyOf gives a serializable list
        private final List<ConflictException> parts;

        private Several(List<ConflictException> parts) {
            super(new Conflict.Several(
                    parts.stream().map(ConflictException::conflict).toList()));
            this.parts = parts;
        }

        /**
         * Returns the conflicts with their details.
         *
         * @return an unmodifiable list of at least two
         */
        public List<ConflictException> parts() {
            return parts;
        }
    }

    /** A conflict whose kind nobody can tell, or may tell. */
    public static final class Unspecified extends ConflictException implements Fluent<Unspecified> {
        private static final long serialVersionUID = 1L;

        private Unspecified(Conflict.Unspecified conflict) {
            super(conflict);
        }
    }

    /** A conflict of a kind that only the application knows. */
    public static final class Custom extends ConflictException implements Fluent<Custom> {
        private static final long serialVersionUID = 1L;

        private Custom(Conflict.Custom conflict) {
            super(conflict);
        }
    }
}
