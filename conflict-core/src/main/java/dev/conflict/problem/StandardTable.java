package dev.conflict.problem;

import dev.conflict.Conflict;
import dev.conflict.Conflict.FileReason;
import dev.conflict.Conflict.IdempotencyReason;
import dev.conflict.problem.ProblemTable.Row;
import dev.conflict.problem.Vocabulary.Codes;
import dev.conflict.problem.Vocabulary.Types;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table that holds unless the application brings its own. A pure function; a golden file pins every row. */
final class StandardTable {
    private StandardTable() {}

    static Row row(Conflict conflict) {
        if (conflict instanceof Conflict.Custom custom) { // whatever kind it says it is
            return new Row(ProblemType.aboutBlank(409), custom.code());
        }
        return switch (conflict.kind()) {
            case VERSION -> version((Conflict.VersionMismatch) conflict);
            case PRECONDITION -> Row.of(Types.PRECONDITION_FAILED, 412, Codes.PRECONDITION_FAILED);
            case PRECONDITION_REQUIRED -> Row.of(Types.PRECONDITION_REQUIRED, 428, Codes.PRECONDITION_REQUIRED);
            case UNIQUENESS -> uniqueness((Conflict.Uniqueness) conflict);
            case EXISTENCE -> existence((Conflict.Existence) conflict);
            case ABSENCE -> Row.of(Types.GONE_MEANWHILE, 404, Codes.RESOURCE_GONE);
            case STATE -> Row.of(Types.STATE_CONFLICT, 409, ((Conflict.State) conflict).code());
            case DEPENDENCY ->
                Row.of(Types.DEPENDENCY, 409, or(((Conflict.Dependency) conflict).code(), Codes.HAS_ACTIVE_CHILDREN));
            case INTEGRITY ->
                Row.of(Types.INTEGRITY, 422, or(((Conflict.Integrity) conflict).code(), Codes.INTEGRITY_VIOLATION));
            case EXCLUSION -> Row.of(Types.EXCLUSION, 409, ((Conflict.Exclusion) conflict).code());
            case FILE -> file((Conflict.File) conflict);
            case CONCURRENCY -> Row.of(Types.CONCURRENCY, 409, Codes.TRY_AGAIN);
            case LOCKED -> Row.of(Types.LOCKED, 423, Codes.LOCKED);
            case IDEMPOTENCY -> idempotency(((Conflict.Idempotency) conflict).reason());
            case SEVERAL -> several(ProblemTable.standard(), (Conflict.Several) conflict);
            case UNSPECIFIED -> new Row(ProblemType.aboutBlank(409), null);
            case CUSTOM ->
                throw new IllegalStateException("Only Conflict.Custom is custom, not " + conflict.getClass());
        };
    }

    private static Row version(Conflict.VersionMismatch conflict) {
        return conflict.statedIn() == null
                ? Row.of(Types.VERSION_MISMATCH, 409, Codes.VERSION_MISMATCH)
                : Row.of(Types.PRECONDITION_FAILED, 412, Codes.VERSION_MISMATCH);
    }

    private static Row uniqueness(Conflict.Uniqueness conflict) {
        return Row.of(Types.UNIQUENESS, 409, or(conflict.code(), upperSnake(conflict.field()) + Codes.TAKEN_SUFFIX));
    }

    private static Row existence(Conflict.Existence conflict) {
        return Row.of(
                Types.ALREADY_EXISTS, 409, or(conflict.code(), upperSnake(conflict.name()) + Codes.EXISTS_SUFFIX));
    }

    private static Row file(Conflict.File conflict) {
        String code = switch (conflict.reason()) {
            case EXISTS -> Codes.FILE_EXISTS;
            case CHANGED -> Codes.FILE_CHANGED;
            case NOT_EMPTY -> Codes.DIRECTORY_NOT_EMPTY;
        };
        boolean stated = conflict.statedIn() != null && conflict.reason() != FileReason.NOT_EMPTY;
        return stated ? Row.of(Types.PRECONDITION_FAILED, 412, code) : Row.of(Types.FILE_CONFLICT, 409, code);
    }

    private static Row idempotency(IdempotencyReason reason) {
        return switch (reason) {
            case KEY_MISSING -> named(Types.IDEMPOTENCY_KEY_MISSING, 400);
            case KEY_INVALID -> named(Types.IDEMPOTENCY_KEY_INVALID, 400);
            case KEY_REUSED -> named(Types.IDEMPOTENCY_KEY_REUSED, 422);
            case IN_PROGRESS -> named(Types.OPERATION_IN_PROGRESS, 409);
            case OUTCOME_UNKNOWN -> named(Types.OPERATION_OUTCOME_UNKNOWN, 409);
            case NOT_APPLIED -> named(Types.OPERATION_NOT_APPLIED, 409);
            case RESULT_UNAVAILABLE -> named(Types.OPERATION_RESULT_UNAVAILABLE, 409);
            case RESULT_EXPIRED -> named(Types.OPERATION_RESULT_EXPIRED, 409);
            case ABANDONED -> named(Types.OPERATION_ABANDONED, 409);
            case STORE_UNAVAILABLE -> named(Types.IDEMPOTENCY_STORE_UNAVAILABLE, 503);
        };
    }

    private static Row named(String type, int status) {
        return Row.of(type, status, upperSnake(type));
    }

    /** The gravest of several: a false precondition, else a conflict with the state, else whatever came first. */
    static Row several(ProblemTable table, Conflict.Several conflict) {
        int gravest = 0;
        for (Conflict part : conflict.conflicts()) {
            int status = (part instanceof Conflict.Several parts ? several(table, parts) : table.row(part))
                    .type()
                    .status();
            if (gravest == 0 || status == 412 || (status == 409 && gravest != 412)) {
                gravest = status;
            }
        }
        return Row.of(Types.SEVERAL_CONFLICTS, gravest, Codes.SEVERAL_CONFLICTS);
    }

    private static String or(@Nullable String own, String otherwise) {
        return own != null ? own : otherwise;
    }

    /**
     * Writes a name as codes are written: {@code userName} and {@code user-name} become {@code USER_NAME}. Other letters
     * than those of ASCII become underscores, since a code is compared in programs.
     */
    static String upperSnake(String name) {
        StringBuilder snake = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean hump =
                    isUpper(c) && i > 0 && !isUpper(name.charAt(i - 1)) && snake.charAt(snake.length() - 1) != '_';
            if (hump) {
                snake.append('_');
            }
            snake.append(isUpper(c) || isLowerOrDigit(c) ? c : '_');
        }
        return snake.toString().toUpperCase(Locale.ROOT);
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLowerOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
