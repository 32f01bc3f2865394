package dev.conflict.problem;

import dev.conflict.Conflict;
import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Conflict.FileReason;
import dev.conflict.Conflict.IdempotencyReason;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.Disclosure;
import dev.conflict.problem.Vocabulary.Codes;
import dev.conflict.problem.Vocabulary.Members;
import dev.conflict.problem.Vocabulary.Types;
import java.util.ArrayList;
import java.util.List;

/** Our types as the catalogue shows them. A test holds them against the golden file. */
final class StandardTypes {
    static final ProblemType VERSION_MISSING =
            type(Types.VERSION_MISSING, 400, Codes.VERSION_MISSING).withMembers(Members.FIELD);
    static final ProblemType PRECONDITION_TOO_LARGE = type(
                    Types.PRECONDITION_TOO_LARGE, 431, Codes.PRECONDITION_TOO_LARGE)
            .withMembers(Members.HEADER, Members.LIMIT);
    static final ProblemType PRECONDITION_MALFORMED = type(
                    Types.PRECONDITION_MALFORMED, 400, Codes.PRECONDITION_MALFORMED)
            .withMembers(Members.HEADER, Members.POSITION);
    static final ProblemType VALIDATION =
            type(Types.VALIDATION, 422, Codes.VALIDATION).withMembers(Members.ERRORS);

    /** Stands for every kind that an application adds. */
    private record OfTheApplication(String code) implements Conflict.Custom {}

    private StandardTypes() {}

    static List<ProblemType> all() {
        List<ProblemType> all = new ArrayList<>(List.of(
                type(Types.VERSION_MISMATCH, 409, Codes.VERSION_MISMATCH)
                        .withMembers(
                                Members.REQUESTED_VERSION,
                                Members.CURRENT_VERSION,
                                Members.CHANGED_BY,
                                Members.CHANGED_AT,
                                Members.CONFLICTS,
                                Members.CURRENT),
                type(
                                Types.PRECONDITION_FAILED,
                                412,
                                Codes.VERSION_MISMATCH,
                                Codes.PRECONDITION_FAILED,
                                Codes.FILE_EXISTS,
                                Codes.FILE_CHANGED)
                        .withMembers(
                                Members.REQUESTED_ETAG,
                                Members.CURRENT_ETAG,
                                Members.CHANGED_BY,
                                Members.CHANGED_AT,
                                Members.CONFLICTS,
                                Members.CURRENT,
                                Members.HEADER,
                                Members.WAYS),
                type(Types.PRECONDITION_REQUIRED, 428, Codes.PRECONDITION_REQUIRED)
                        .withMembers(Members.ACCEPTED_HEADERS),
                VERSION_MISSING,
                PRECONDITION_TOO_LARGE,
                PRECONDITION_MALFORMED,
                VALIDATION,
                type(Types.UNIQUENESS, 409)
                        .withMembers(Members.CONFLICTING_FIELD, Members.CONFLICTING_VALUE, Members.ALTERNATIVES),
                type(Types.ALREADY_EXISTS, 409).withMembers(Members.CONFLICTING_FIELD, Members.EXISTING),
                type(Types.GONE_MEANWHILE, 404, Codes.RESOURCE_GONE)
                        .withMembers(Members.DELETED_BY, Members.DELETED_AT),
                type(Types.STATE_CONFLICT, 409)
                        .withMembers(
                                Members.CURRENT_STATUS,
                                Members.ATTEMPTED_ACTION,
                                Members.ALLOWED_ACTIONS,
                                Members.PREREQUISITES),
                type(Types.DEPENDENCY, 409).withMembers(Members.DEPENDENT_COUNT, Members.DEPENDENTS),
                type(Types.INTEGRITY, 422).withMembers(Members.CONFLICTING_FIELD, Members.RULE),
                type(Types.EXCLUSION, 409).withMembers(Members.CONFLICTING_FIELD),
                type(Types.FILE_CONFLICT, 409, Codes.FILE_EXISTS, Codes.FILE_CHANGED, Codes.DIRECTORY_NOT_EMPTY)
                        .withMembers(Members.REQUESTED_ETAG, Members.CURRENT_ETAG, Members.WAYS),
                type(Types.CONCURRENCY, 409, Codes.TRY_AGAIN).withMembers(Members.RETRY_AFTER_MILLIS),
                type(Types.LOCKED, 423, Codes.LOCKED).withMembers(Members.LOCKED_BY, Members.LOCKED_UNTIL)));
        for (IdempotencyReason reason : IdempotencyReason.values()) {
            ProblemTable.Row row = StandardTable.row(new Conflict.Idempotency(reason));
            all.add(row.type()
                    .withCodes(StandardTable.upperSnake(row.type().name()))
                    .withMembers(
                            Members.RETRY_AFTER_MILLIS,
                            Members.RETRY,
                            Members.SAFE_NEW_KEY,
                            Members.OPERATION_REF,
                            Members.OPERATION_STATE));
        }
        all.add(type(Types.SEVERAL_CONFLICTS, 409, Codes.SEVERAL_CONFLICTS).withMembers(Members.ERRORS));
        return all;
    }

    private static ProblemType type(String name, int status, String... codes) {
        return new ProblemType(name, status).withCodes(codes);
    }

    /** A conflict for every row of the table: every kind, every reason, stated and not. */
    static List<Conflict> everyRow() {
        List<Conflict> rows = new ArrayList<>(List.of(
                new Conflict.VersionMismatch(null, null, null, null),
                new Conflict.VersionMismatch(null, null, null, "If-Match"),
                new Conflict.PreconditionFailed(null, "If-None-Match"),
                new Conflict.PreconditionRequired(List.of("If-Match")),
                new Conflict.Uniqueness(null, "field", Disclosure.PUBLIC),
                new Conflict.Existence(null, "name"),
                new Conflict.Absence(null),
                new Conflict.State("CODE", null, null),
                new Conflict.Dependency(null),
                new Conflict.Integrity(null, null, null),
                new Conflict.Exclusion("CODE", null),
                new Conflict.Locked(),
                new OfTheApplication("CODE"),
                new Conflict.Unspecified(null)));
        for (FileReason reason : FileReason.values()) {
            rows.add(new Conflict.File(reason, "path", null));
            rows.add(new Conflict.File(reason, "path", "If-Match"));
        }
        for (ConcurrencyReason reason : ConcurrencyReason.values()) {
            rows.add(new Conflict.Concurrency(reason));
        }
        for (IdempotencyReason reason : IdempotencyReason.values()) {
            rows.add(new Conflict.Idempotency(reason));
        }
        for (Undeclared rule : Undeclared.values()) {
            rows.add(new Conflict.Unspecified(rule));
        }
        return rows;
    }
}
