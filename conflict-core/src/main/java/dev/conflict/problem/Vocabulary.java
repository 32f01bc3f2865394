package dev.conflict.problem;

/**
 * The words that clients act on: types, codes and member names as they stand on the wire.
 *
 * <p>They are promised: none is renamed or given another meaning within a major version. A test pins every one.
 */
public final class Vocabulary {
    private Vocabulary() {}

    /** Names of problem types; the type's URI is the base followed by the name. */
    public static final class Types {
        /** The base of type URIs until an application configures another. */
        public static final String BASE = "urn:problem-type:conflict:";

        /** The type that says no more than the status (RFC 9457 §4.2.1). */
        public static final String ABOUT_BLANK = "about:blank";

        /** The state moved on since the client read it. */
        public static final String VERSION_MISMATCH = "version-mismatch";

        /** What a header field stated is false. */
        public static final String PRECONDITION_FAILED = "precondition-failed";

        /** The write must state what it is based on. */
        public static final String PRECONDITION_REQUIRED = "precondition-required";

        /** The body must carry the version that was read. */
        public static final String VERSION_MISSING = "version-missing";

        /** A precondition has too many or too long tags. */
        public static final String PRECONDITION_TOO_LARGE = "precondition-too-large";

        /** A precondition cannot be read. */
        public static final String PRECONDITION_MALFORMED = "precondition-malformed";

        /** The content is not valid. */
        public static final String VALIDATION = "validation";

        /** A value that must be unique is taken. */
        public static final String UNIQUENESS = "uniqueness";

        /** The resource to create exists. */
        public static final String ALREADY_EXISTS = "already-exists";

        /** The resource to change is gone. */
        public static final String GONE_MEANWHILE = "gone-meanwhile";

        /** The action does not fit the present state. */
        public static final String STATE_CONFLICT = "state-conflict";

        /** Others depend on the resource. */
        public static final String DEPENDENCY = "dependency";

        /** A reference to something missing, or a rule that does not hold. */
        public static final String INTEGRITY = "integrity";

        /** Two ranges overlap that may not. */
        public static final String EXCLUSION = "exclusion";

        /** A file or folder stands in the way. */
        public static final String FILE_CONFLICT = "file-conflict";

        /** Transactions got in each other's way. */
        public static final String CONCURRENCY = "concurrency";

        /** Somebody holds the resource on purpose. */
        public static final String LOCKED = "locked";

        /** The operation needs an idempotency key. */
        public static final String IDEMPOTENCY_KEY_MISSING = "idempotency-key-missing";

        /** The idempotency key cannot be read. */
        public static final String IDEMPOTENCY_KEY_INVALID = "idempotency-key-invalid";

        /** The idempotency key was used for another request. */
        public static final String IDEMPOTENCY_KEY_REUSED = "idempotency-key-reused";

        /** The first request with the key is running. */
        public static final String OPERATION_IN_PROGRESS = "operation-in-progress";

        /** Nobody knows whether the first request took effect. */
        public static final String OPERATION_OUTCOME_UNKNOWN = "operation-outcome-unknown";

        /** The first request had no effect. */
        public static final String OPERATION_NOT_APPLIED = "operation-not-applied";

        /** The first request's answer was not kept. */
        public static final String OPERATION_RESULT_UNAVAILABLE = "operation-result-unavailable";

        /** The first request's answer is no longer kept. */
        public static final String OPERATION_RESULT_EXPIRED = "operation-result-expired";

        /** The first request was given up. */
        public static final String OPERATION_ABANDONED = "operation-abandoned";

        /** The store of idempotency keys does not answer. */
        public static final String IDEMPOTENCY_STORE_UNAVAILABLE = "idempotency-store-unavailable";

        /** More than one conflict in one request. */
        public static final String SEVERAL_CONFLICTS = "several-conflicts";

        private Types() {}
    }

    /** Codes of the types that have one of their own; the others take the application's. */
    public static final class Codes {
        /** The code of both answers to a stale version. */
        public static final String VERSION_MISMATCH = "VERSION_MISMATCH";

        /** The code of {@link Types#PRECONDITION_FAILED} where no version is compared. */
        public static final String PRECONDITION_FAILED = "PRECONDITION_FAILED";

        /** The code of {@link Types#PRECONDITION_REQUIRED}. */
        public static final String PRECONDITION_REQUIRED = "PRECONDITION_REQUIRED";

        /** The code of {@link Types#VERSION_MISSING}. */
        public static final String VERSION_MISSING = "VERSION_MISSING";

        /** The code of {@link Types#PRECONDITION_TOO_LARGE}. */
        public static final String PRECONDITION_TOO_LARGE = "PRECONDITION_TOO_LARGE";

        /** The code of {@link Types#PRECONDITION_MALFORMED}. */
        public static final String PRECONDITION_MALFORMED = "PRECONDITION_MALFORMED";

        /** The code of {@link Types#VALIDATION}. */
        public static final String VALIDATION = "VALIDATION";

        /** What follows a field's name in the code of {@link Types#UNIQUENESS}. */
        public static final String TAKEN_SUFFIX = "_TAKEN";

        /** What follows a resource's name in the code of {@link Types#ALREADY_EXISTS}. */
        public static final String EXISTS_SUFFIX = "_EXISTS";

        /** The code of {@link Types#GONE_MEANWHILE}. */
        public static final String RESOURCE_GONE = "RESOURCE_GONE";

        /** The code of {@link Types#DEPENDENCY} unless the application has its own. */
        public static final String HAS_ACTIVE_CHILDREN = "HAS_ACTIVE_CHILDREN";

        /** The code of {@link Types#INTEGRITY} unless the rule has its own. */
        public static final String INTEGRITY_VIOLATION = "INTEGRITY_VIOLATION";

        /** A file of that name exists. */
        public static final String FILE_EXISTS = "FILE_EXISTS";

        /** The file has another content than the writer saw. */
        public static final String FILE_CHANGED = "FILE_CHANGED";

        /** The folder is not empty. */
        public static final String DIRECTORY_NOT_EMPTY = "DIRECTORY_NOT_EMPTY";

        /** The code of {@link Types#CONCURRENCY}. */
        public static final String TRY_AGAIN = "TRY_AGAIN";

        /** The code of {@link Types#LOCKED}. */
        public static final String LOCKED = "LOCKED";

        /** The code of {@link Types#SEVERAL_CONFLICTS}. */
        public static final String SEVERAL_CONFLICTS = "SEVERAL_CONFLICTS";

        private Codes() {}
    }

    /** Names of members, beside the standard ones of RFC 9457 §3.1. */
    public static final class Members {
        /** The code that machines act on. */
        public static final String CODE = "code";

        /** What the caller can do now, for people. */
        public static final String SUGGESTION = "suggestion";

        /** The request's path without its query; for a file, its name as the client gave it. */
        public static final String PATH = "path";

        /** When this happened. */
        public static final String TIMESTAMP = "timestamp";

        /** The id under which the request can be traced. */
        public static final String TRACE_ID = "traceId";

        /** Links by relation. */
        public static final String LINKS = "links";

        /** Whether the same request may succeed when it is sent again. */
        public static final String RETRYABLE = "retryable";

        /** The single problems of an answer that collects several. */
        public static final String ERRORS = "errors";

        /** The version that the writer saw, where the body carried it. */
        public static final String REQUESTED_VERSION = "requestedVersion";

        /** The version that is there now, where the body carried the requested one. */
        public static final String CURRENT_VERSION = "currentVersion";

        /** The entity tag, or list of them, that a header field stated. */
        public static final String REQUESTED_ETAG = "requestedEtag";

        /** The entity tag that is there now. */
        public static final String CURRENT_ETAG = "currentEtag";

        /** Who made the change that won. */
        public static final String CHANGED_BY = "changedBy";

        /** When that change was made. */
        public static final String CHANGED_AT = "changedAt";

        /** The fields in which both changes differ. */
        public static final String CONFLICTS = "conflicts";

        /** The present state of the resource. */
        public static final String CURRENT = "current";

        /** The header field that the problem is about. */
        public static final String HEADER = "header";

        /** The header fields that would state a precondition. */
        public static final String ACCEPTED_HEADERS = "acceptedHeaders";

        /** The field of the body that the problem is about. */
        public static final String FIELD = "field";

        /** The JSON Pointer to that field. */
        public static final String POINTER = "pointer";

        /** The limit that was exceeded. */
        public static final String LIMIT = "limit";

        /** The index at which a header field cannot be read. */
        public static final String POSITION = "position";

        /** The field whose value stands in the way. */
        public static final String CONFLICTING_FIELD = "conflictingField";

        /** The value that stands in the way. */
        public static final String CONFLICTING_VALUE = "conflictingValue";

        /** Values that are free. */
        public static final String ALTERNATIVES = "alternatives";

        /** Where the existing resource is. */
        public static final String EXISTING = "existing";

        /** Who deleted the resource. */
        public static final String DELETED_BY = "deletedBy";

        /** When it was deleted. */
        public static final String DELETED_AT = "deletedAt";

        /** The present state. */
        public static final String CURRENT_STATUS = "currentStatus";

        /** The action that was attempted. */
        public static final String ATTEMPTED_ACTION = "attemptedAction";

        /** The actions that fit the present state. */
        public static final String ALLOWED_ACTIONS = "allowedActions";

        /** What must be done before the action. */
        public static final String PREREQUISITES = "prerequisites";

        /** How many others depend on the resource. */
        public static final String DEPENDENT_COUNT = "dependentCount";

        /** The first of them. */
        public static final String DEPENDENTS = "dependents";

        /** The rule that does not hold. */
        public static final String RULE = "rule";

        /** The ways on for a file. */
        public static final String WAYS = "ways";

        /** How long to wait before the same request may go again. */
        public static final String RETRY_AFTER_MILLIS = "retryAfterMillis";

        /** Who holds the resource. */
        public static final String LOCKED_BY = "lockedBy";

        /** Until when. */
        public static final String LOCKED_UNTIL = "lockedUntil";

        /** How a request with an idempotency key may go again: new-key, same-key, after-refetch or never. */
        public static final String RETRY = "retry";

        /** Whether a new idempotency key cannot carry the operation out twice. */
        public static final String SAFE_NEW_KEY = "safeNewKey";

        /** The reference to the first operation. */
        public static final String OPERATION_REF = "operationRef";

        /** What became of the first operation. */
        public static final String OPERATION_STATE = "operationState";

        private Members() {}
    }
}
