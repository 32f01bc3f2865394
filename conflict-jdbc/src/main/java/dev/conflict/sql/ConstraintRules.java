package dev.conflict.sql;

import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.ConflictException;
import dev.conflict.sql.SqlFailure.Kind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the declaration that a failure stands for. */
final class ConstraintRules {
    private ConstraintRules() {}

    static Optional<ConflictException> read(List<ConstraintRule> rules, SqlFailure failure) {
        return switch (failure.kind()) {
            case DEADLOCK -> Optional.of(ConflictException.concurrency(ConcurrencyReason.DEADLOCK));
            case SERIALIZATION_FAILURE ->
                Optional.of(ConflictException.concurrency(ConcurrencyReason.SERIALIZATION_FAILURE));
            case LOCK_TIMEOUT -> Optional.of(ConflictException.concurrency(ConcurrencyReason.LOCK_TIMEOUT));
            default -> declared(rules, failure).or(() -> undeclared(failure.kind()));
        };
    }

    private static Optional<ConflictException> declared(List<ConstraintRule> rules, SqlFailure failure) {
        SchemaNames names = failure.names();
        String reported = failure.kind() == Kind.NOT_NULL ? names.column() : names.constraint();
        Optional<ConflictException> exact = declared(rules, failure, reported);
        return exact.isPresent()
                ? exact
                : declared(rules, failure, reported == null ? names.byColumns() : names.indexOf());
    }

    /** Where two declarations fit, because the database does not tell the table, none is right. */
    private static Optional<ConflictException> declared(
            List<ConstraintRule> rules, SqlFailure failure, @Nullable String reported) {
        if (reported == null) {
            return Optional.empty();
        }
        List<ConstraintRule> fitting = rules.stream()
                .filter(rule ->
                        rule.kinds().contains(failure.kind()) && rule.name().is(reported, failure.names()))
                .filter(rule -> failure.names().constraint() != null
                        || !rule.name().qualifiers().isEmpty())
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0).conflict().apply(failure.kind())) : Optional.empty();
    }

    private static Optional<ConflictException> undeclared(Kind kind) {
        return switch (kind) {
            case UNIQUE, EXCLUSION -> Optional.of(ConflictException.undeclared(Undeclared.UNIQUE));
            case FK_CHILD_EXISTS -> Optional.of(ConflictException.undeclared(Undeclared.CHILD_EXISTS));
            default -> Optional.empty();
        };
    }
}
