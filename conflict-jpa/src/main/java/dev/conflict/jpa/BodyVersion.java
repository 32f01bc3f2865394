package dev.conflict.jpa;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.Details;
import dev.conflict.Revision;
import dev.conflict.Target;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A version that came in the body, which was true of an entity: what its race is told as, if it is lost later.
 *
 * @param <T> the entity's type
 */
record BodyVersion<T>(Target target, Revision stated, ShownFields.Race<T> race, Function<? super T, Revision> revision)
        implements UnaryOperator<ConflictException> {
    @Override
    public ConflictException apply(ConflictException lost) {
        if (!(lost.conflict() instanceof Conflict.VersionMismatch mismatch) || !isOurs(mismatch)) {
            return lost;
        }
        Optional<Revision> present = race.read().map(revision);
        if (present.filter(stated::matches).isEmpty()) {
            return refusal(lost, present, race.details());
        }
        // A database may show the loser's state for a moment after it refused it; then the present one is not known.
        return mismatch.target() == null ? lost : refusal(lost, Optional.empty(), Details.none());
    }

    /** Whether a version moved on that nobody stated otherwise: that of this entity, or of nobody knows which. */
    private boolean isOurs(Conflict.VersionMismatch mismatch) {
        return mismatch.statedIn() == null
                && mismatch.requested() == null
                && (mismatch.target() == null || target.equals(mismatch.target()));
    }

    private ConflictException refusal(ConflictException lost, Optional<Revision> present, Details shown) {
        ConflictException refusal = ConflictException.version()
                .with(lost.details().and(shown))
                .target(target)
                .versions(stated, present.orElse(null));
        refusal.initCause(lost);
        return refusal;
    }
}
