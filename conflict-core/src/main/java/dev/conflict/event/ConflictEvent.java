package dev.conflict.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that an operator wants to count, log or watch.
 *
 * <p>Events carry no value of a user's: codes, kinds and statuses have few values and may become tags of a metric;
 * {@link Refused#instance()} is unique and belongs into a log or trace only. New events may join the family in any minor
 * release.
 */
public sealed interface ConflictEvent {
    /** What kind of conflict was answered. */
    enum Kind {
        /** The state moved on since the writer read it. */
        VERSION,
        /** A stated precondition other than a version is false. */
        PRECONDITION,
        /** A guarded write states no precondition. */
        PRECONDITION_REQUIRED,
        /** A value that must be unique is taken. */
        UNIQUENESS,
        /** The resource to create exists. */
        EXISTENCE,
        /** The resource to change is gone. */
        ABSENCE,
        /** The action does not fit the present state. */
        STATE,
        /** Others depend on the resource. */
        DEPENDENCY,
        /** A reference to something missing, or a declared rule of the store. */
        INTEGRITY,
        /** Two ranges overlap that may not. */
        EXCLUSION,
        /** A file or folder stands in the way. */
        FILE,
        /** Transactions got in each other's way. */
        CONCURRENCY,
        /** Somebody holds the resource on purpose. */
        LOCKED,
        /** A repeated request. */
        IDEMPOTENCY,
        /** More than one in one request. */
        SEVERAL,
        /** A conflict whose kind nobody can tell, or may tell. */
        UNSPECIFIED,
        /** The application's own. */
        CUSTOM
    }

    /**
     * A conflict was answered.
     *
     * @param kind what kind
     * @param code the code in the answer, or null if the answer has none
     * @param status the status of the answer
     * @param method the request's method
     * @param instance the id of this occurrence, which the answer carries too
     */
    record Refused(Kind kind, @Nullable String code, int status, String method, String instance)
            implements ConflictEvent {
        /**
         * Creates the event.
         *
         * @param kind what kind
         * @param code the code in the answer, or null
         * @param status the status of the answer
         * @param method the request's method
         * @param instance the id of this occurrence
         */
        public Refused {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(instance, "instance");
        }
    }

    /**
     * A write whose precondition was evaluated succeeded: the denominator of every rate of conflicts.
     *
     * @param method the request's method
     */
    record GuardedWrite(String method) implements ConflictEvent {
        /**
         * Creates the event.
         *
         * @param method the request's method
         */
        public GuardedWrite {
            Objects.requireNonNull(method, "method");
        }
    }

    /**
     * A write succeeded that stated a precondition which nobody evaluated: its writer believes to be protected and is
     * not.
     *
     * @param method the request's method
     * @param header the header field that was not heeded
     */
    record UnguardedWrite(String method, String header) implements ConflictEvent {
        /**
         * Creates the event.
         *
         * @param method the request's method
         * @param header the header field that was not heeded
         */
        public UnguardedWrite {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(header, "header");
        }
    }

    /**
     * A request would have been refused, and was let through because its edge only reports: what enforcing would cost.
     *
     * @param kind what kind of refusal it would have been
     * @param method the request's method
     */
    record WouldRefuse(Kind kind, String method) implements ConflictEvent {
        /**
         * Creates the event.
         *
         * @param kind what kind of refusal it would have been
         * @param method the request's method
         */
        public WouldRefuse {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(method, "method");
        }
    }

    /**
     * A store refused a write by a rule that the application did not declare, so its caller got an answer that says
     * nothing. Declare the constraint, and the next caller learns enough to go on.
     *
     * @param rule what kind of rule it was
     */
    record Unmapped(Rule rule) implements ConflictEvent {
        /**
         * Creates the event.
         *
         * @param rule what kind of rule it was
         */
        public Unmapped {
            Objects.requireNonNull(rule, "rule");
        }
    }

    /**
     * A transaction that may be tried again came to its end; most do at the first attempt.
     *
     * @param outcome how it ended
     * @param attempts how many attempts there were, at least one
     */
    record Attempted(Outcome outcome, int attempts) implements ConflictEvent {
        /**
         * Creates the event.
         *
         * @param outcome how it ended
         * @param attempts how many attempts there were
         */
        public Attempted {
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /** How a transaction that may be tried again came to its end. */
    enum Outcome {
        /** An attempt was committed. */
        COMMITTED,
        /** Something ended it that another attempt would not mend: nothing was stored. */
        REFUSED,
        /** Each attempt lost, until the time, the attempts or the budget were used up: nothing was stored. */
        GAVE_UP,
        /** The answer to a commit did not arrive: nobody knows whether it was stored. */
        UNKNOWN
    }

    /** The kinds of rules whose violation is answered even when nobody declared them. */
    enum Rule {
        /** A unique constraint or index. */
        UNIQUE,
        /** A foreign key from elsewhere to the row that was to be removed. */
        CHILD_EXISTS
    }
}
