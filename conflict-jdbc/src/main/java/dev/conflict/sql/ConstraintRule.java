package dev.conflict.sql;

import dev.conflict.ConflictException;
import dev.conflict.sql.FoundConstraint.Sort;
import dev.conflict.sql.SqlFailure.Kind;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * One declaration.
 *
 * @param name of the constraint, or of the column
 * @param text what messages call the declaration
 * @param kinds the failures that it speaks of
 * @param conflict makes the conflict that a failure stands for
 */
record ConstraintRule(ConstraintName name, String text, Set<Kind> kinds, Function<Kind, ConflictException> conflict) {
    ConstraintRule(
            String name, String what, String field, Set<Kind> kinds, Function<Kind, ConflictException> conflict) {
        this(
                ConstraintName.parse(name),
                '"' + name + "\" (" + what + ", field " + Objects.requireNonNull(field, "field") + ')',
                kinds,
                conflict);
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
