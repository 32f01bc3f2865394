package dev.conflict;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a writer and the state that he wants: one of a closed family of kinds, or the application's own.
 *
 * <p>A conflict says what happened and to what; it knows no HTTP status, no text for people and no exception. What a
 * caller may learn beside it stands in {@link Details}, both travel in a {@link ConflictException}, and the table of
 * {@code dev.conflict.problem} gives them a status and a body.
 *
 * <p>The records are immutable, serializable, equal by value and safe for use by many threads. New kinds may join the
 * family in any minor release: a switch over {@link #kind()} needs a {@code default}.
 */
public sealed interface Conflict extends Serializable {
    /** What happened. */
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
        /** A file or folder of that name is there, moved on, or is not empty. */
        FILE,
        /** A deadlock, a serialization failure or a lock timeout. */
        CONCURRENCY,
        /** Somebody holds the resource on purpose. */
        LOCKED,
        /** A repeated request whose first run decides. */
        IDEMPOTENCY,
        /** More than one of the others in one request. */
        SEVERAL,
        /** A conflict whose kind nobody can tell or may tell. */
        UNSPECIFIED,
        /** The application's own. */
        CUSTOM
    }

    /**
     * Returns the kind.
     *
     * @return the kind, the same for every instance of a record
     */
    Kind kind();

    /**
     * The state moved on since the writer read it.
     *
     * @param target what he wanted to change, or null where nobody knows
     * @param requested the version that he saw, or null if he named it by an entity tag or nobody knows
     * @param current the version that is there now, or null where nobody knows
     * @param statedIn the header field that stated the version ({@code If-Match}), or null if no header did
     */
    record VersionMismatch(
            @Nullable Target target,
            @Nullable Revision requested,
            @Nullable Revision current,
            @Nullable String statedIn)
            implements Conflict {
        @Override
        public Kind kind() {
            return Kind.VERSION;
        }
    }

    /**
     * A stated precondition other than a version is false: {@code If-None-Match: *} on something that exists,
     * {@code If-Match: *} on nothing.
     *
     * @param target what the request wanted to change, or null where nobody knows
     * @param header the header field that stated it
     */
    record PreconditionFailed(@Nullable Target target, String header) implements Conflict {
        /**
         * Creates the conflict.
         *
         * @param target what the request wanted to change, or null
         * @param header the header field
         */
        public PreconditionFailed {
            Objects.requireNonNull(header, "header");
        }

        @Override
        public Kind kind() {
            return Kind.PRECONDITION;
        }
    }

    /**
     * A guarded write states no precondition.
     *
     * @param acceptedHeaders the header fields that would state one
     */
    record PreconditionRequired(List<String> acceptedHeaders) implements Conflict {
        /**
         * Creates the conflict.
         *
         * @param acceptedHeaders the header fields that would state one
         */
        public PreconditionRequired {
            acceptedHeaders = List.copyOf(acceptedHeaders);
        }

        @Override
        public Kind kind() {
            return Kind.PRECONDITION_REQUIRED;
        }
    }

    /**
     * A value that must be unique is taken.
     *
     * @param code the application's code, or null for the one made from the field ({@code EMAIL_TAKEN})
     * @param field the field whose value is taken
     * @param disclosure who may learn it
     */
    record Uniqueness(@Nullable String code, String field, Disclosure disclosure) implements Conflict {
        /**
         * Creates the conflict.
         *
         * @param code the application's code, or null
         * @param field the field whose value is taken
         * @param disclosure who may learn it
         */
        public Uniqueness {
            Objects.requireNonNull(field, "field");
            Objects.requireNonNull(disclosure, "disclosure");
        }

        @Override
        public Kind kind() {
            return Kind.UNIQUENESS;
        }
    }

    /**
     * The resource to create exists.
     *
     * @param code the application's code, or null for the one made from the name ({@code SKU_EXISTS})
     * @param name what exists, as the application calls it
     */
    record Existence(@Nullable String code, String name) implements Conflict {
        /**
         * Creates the conflict.
         *
         * @param code the application's code, or null
         * @param name what exists
         */
        public Existence {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public Kind kind() {
            return Kind.EXISTENCE;
        }
    }

    /**
     * The resource to change is gone, and is known to have existed.
     *
     * @param target what the writer wanted to change, or null where nobody knows
     */
    record Absence(@Nullable Target target) implements Conflict {
        @Override
        public Kind kind() {
            return Kind.ABSENCE;
        }
    }

    /**
     * The action does not fit the present state.
     *
     * @param code the transition's own code ({@code ORDER_ALREADY_SHIPPED})
     * @param current the present state, or null if it may not be told
     * @param attempted the action that was attempted, or null if there is no name for it
     */
    record State(
            String code, @Nullable String current, @Nullable String attempted) implements Conflict {
        /**
         * Creates the conflict.
         *
         * @param code the transition's own code
         * @param current the present state, or null
         * @param attempted the action that was attempted, or null
         */
        public State {
            Objects.requireNonNull(code, "code");
        }

        @Override
        public Kind kind() {
            return Kind.STATE;
        }
    }

    /**
     * Others depend on the resource.
     *
     * @param code the application's code, or null for {@code HAS_ACTIVE_CHILDREN}
     */
    record Dependency(@Nullable String code) implements Conflict {
        @Override
        public Kind kind() {
            return Kind.DEPENDENCY;
        }
    }

    /**
     * A reference to something missing, or a declared rule of the store that does not hold.
     *
     * @param code the rule's own code, or null for {@code INTEGRITY_VIOLATION}
     * @param field the field that breaks the rule, or null where no single one does
     * @param rule the rule's name as callers know it ({@code exists}, {@code positive}), or null
     */
    record Integrity(
            @Nullable String code,
            @Nullable String field,
            @Nullable String rule) implements Conflict {
        @Override
        public Kind kind() {
            return Kind.INTEGRITY;
        }
    }

    /**
     * Two ranges overlap that may not, such as two bookings of one room.
     *
     * @param code the constraint's own code
     * @param field the field that overlaps, or null where no single one does
     */
    record Exclusion(String code, @Nullable String field) implements Conflict {
        /**
         * Creates the conflict.
         *
         * @param code the constraint's own code
         * @param field the field that overlaps, or null
         */
        public Exclusion {
            Objects.requireNonNull(code, "code");
        }

        @Override
        public Kind kind() {
            return Kind.EXCLUSION;
        }
    }

    /**
     * A file or folder of that name is there, moved on, or is not empty.
     *
     * @param reason which of the three
     * @param path the name as the client gave it, never a path of the server
     * @param statedIn the header field that stated what should be there, or null if no header did
     */
    record File(FileReason reason, String path, @Nullable String statedIn) implements Conflict {
        /**
         * Creates the conflict.
         *
         * @param reason what stands in the way
         * @param path the name as the client gave it
         * @param statedIn the header field that stated what should be there, or null
         */
        public File {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(path, "path");
        }

        @Override
        public Kind kind() {
            return Kind.FILE;
        }
    }

    /** Why a file cannot be written, moved or deleted. */
    enum FileReason {
        /** Something of that name exists. */
        EXISTS,
        /** The content is not the one that the writer saw. */
        CHANGED,
        /** The folder is not empty. */
        NOT_EMPTY
    }

    /**
     * Transactions got in each other's way; the same request may succeed when it is sent again.
     *
     * @param reason in which way
     */
    record Concurrency(ConcurrencyReason reason) implements Conflict {
        /**
         * Creates the conflict.
         *
         * @param reason in which way the transactions got in each other's way
         */
        public Concurrency {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Kind kind() {
            return Kind.CONCURRENCY;
        }
    }

    /** How transactions got in each other's way. */
    enum ConcurrencyReason {
        /** Each waited for the other; the database ended one. */
        DEADLOCK,
        /** No serial order of the transactions gives what this one read. */
        SERIALIZATION_FAILURE,
        /** A lock was not given in time. */
        LOCK_TIMEOUT
    }

    /** Somebody holds the resource on purpose; who and until when stands in the details, if it may be told. */
    record Locked() implements Conflict {
        @Override
        public Kind kind() {
            return Kind.LOCKED;
        }
    }

    /**
     * A request that repeats another cannot be answered with what the other did, or with its own run.
     *
     * @param reason why
     */
    record Idempotency(IdempotencyReason reason) implements Conflict {
        /**
         * Creates the conflict.
         *
         * @param reason why the repeated request is refused
         */
        public Idempotency {
            Objects.requireNonNull(reason, "reason");
        }

        @Override
        public Kind kind() {
            return Kind.IDEMPOTENCY;
        }
    }

    /** Why a request with, or without, an idempotency key is refused. */
    enum IdempotencyReason {
        /** The operation needs a key and none was sent. */
        KEY_MISSING,
        /** The key cannot be read. */
        KEY_INVALID,
        /** The key was used for another request. */
        KEY_REUSED,
        /** The first request with this key is running. */
        IN_PROGRESS,
        /** Nobody knows whether the first request took effect. */
        OUTCOME_UNKNOWN,
        /** The first request is known to have had no effect. */
        NOT_APPLIED,
        /** The first request took effect, but its answer was not kept. */
        RESULT_UNAVAILABLE,
        /** The first request's answer is no longer kept. */
        RESULT_EXPIRED,
        /** The first request was given up. */
        ABANDONED,
        /** The store of keys does not answer. */
        STORE_UNAVAILABLE
    }

    /**
     * More than one conflict in one request.
     *
     * @param conflicts the conflicts in the order in which they were found, at least two
     */
    record Several(List<Conflict> conflicts) implements Conflict {
        /**
         * Creates the conflict.
         *
         * @param conflicts the conflicts, at least two
         * @throws IllegalArgumentException if there are fewer than two
         */
        public Several {
            conflicts = List.copyOf(conflicts);
            if (conflicts.size() < 2) {
                throw new IllegalArgumentException("Several conflicts are at least two, not " + conflicts.size());
            }
        }

        @Override
        public Kind kind() {
            return Kind.SEVERAL;
        }
    }

    /**
     * A conflict whose kind nobody can tell, or nobody may tell.
     *
     * @param undeclared the rule of a store that the application did not declare, or null if that is not the reason
     */
    record Unspecified(@Nullable Undeclared undeclared) implements Conflict {
        @Override
        public Kind kind() {
            return Kind.UNSPECIFIED;
        }
    }

    /** Rules of a store whose violation is answered even when nobody declared them. */
    enum Undeclared {
        /** A unique constraint or index. */
        UNIQUE,
        /** A foreign key from elsewhere to the row that was to be removed. */
        CHILD_EXISTS
    }

    /**
     * A conflict of a kind that only the application knows.
     *
     * <p>Implementations are immutable and serializable, best a record.
     */
    non-sealed interface Custom extends Conflict {
        /**
         * Returns the code that clients act on.
         *
         * @return the code in upper snake case
         */
        String code();

        @Override
        default Kind kind() {
            return Kind.CUSTOM;
        }
    }
}
