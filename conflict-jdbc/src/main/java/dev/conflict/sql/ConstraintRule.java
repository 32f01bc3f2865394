package dev.conflict.sql;

import dev.conflict.ConflictException;
import dev.conflict.Details;
import dev.conflict.sql.FoundConstraint.Sort;
import dev.conflict.sql.SqlFailure.Kind;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One declaration.
 *
 * @param name of the constraint, or of the column
 * @param text what messages call the declaration
 * @param kinds the failures that it speaks of
 * @param conflict makes the conflict that a failure stands for
 */
record ConstraintRule(ConstraintName name, String text, Set<Kind> kinds, Function<Kind, ConflictException> conflict) {
    /** A declaration of which it is not said yet what it stands for. */
    ConstraintRule(String name, String what, String field, Set<Kind> kinds) {
        this(
                ConstraintName.parse(name),
                '"' + name + "\" (" + what + ", field " + Objects.requireNonNull(field, "field") + ')',
                kinds,
                kind -> ConflictException.unspecified());
    }

    /** The same declaration, which stands for a conflict; told in texts of its own if there is a key. */
    ConstraintRule standingFor(Function<Kind, ConflictException> other, @Nullable String messageKey) {
        if (messageKey == null) {
            return new ConstraintRule(name, text, kinds, other);
        }
        Details key = Details.none().with(Details.Member.VARIANT, messageKey);
        return new ConstraintRule(name, text, kinds, kind -> {
            ConflictException told = other.apply(kind);
            ((ConflictException.Fluent<?>) told).with(key);
            return told;
        });
    }

    /** Whether both declare the same constraint, or the same column. */
    boolean isOf(ConstraintRule other) {
        return kinds.contains(Kind.NOT_NULL) == other.kinds.contains(Kind.NOT_NULL) && name.overlaps(other.name);
    }

    Sort sort() {
        if (kinds.contains(Kind.FK_CHILD_EXISTS)) {
            return Sort.FOREIGN_KEY;
        }
        return Sort.valueOf(kinds.iterator().next().name());
    }

    /** A primary key may be declared as a unique constraint. */
    boolean declares(FoundConstraint found) {
        boolean sameSort = found.sort() == sort() || (found.sort() == Sort.PRIMARY_KEY && sort() == Sort.UNIQUE);
        return sameSort && name.is(found.name(), found.names());
    }
}
