package dev.conflict;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Guards that service code calls before, or right after, it writes.
 *
 * <pre>{@code
 * Conflicts.requireVersion(request.version(), order);              // compares; the write must compare again
 * Conflicts.requireUpdated(jdbc.update("UPDATE … WHERE id = ? AND version = ?", …), request.version());
 * Conflicts.requireUnique("username", name, users::existsByName, Disclosure.PUBLIC);
 * }</pre>
 *
 * <p>A guard that looks before the write tells the caller early and well; only the write itself can decide. A version is
 * compared in the transaction of a versioned write or in its {@code WHERE} clause, and a unique value needs a unique
 * constraint: between a look and a write another writer fits.
 *
 * <p>All guards return normally or throw a {@link ConflictException} that callers may still fill. They keep no state.
 */
public final class Conflicts {
    private Conflicts() {}

    /**
     * Requires that the present version is the one that the writer saw.
     *
     * @param expected the version that the writer sent: a {@link Revision} or whatever {@link Revision#from} takes, or
     *     an {@link EntityTag} that came in a header field; null if he sent none
     * @param current the present state or version: a {@link Versioned}, a {@code Revision} or whatever
     *     {@link Revision#from} takes
     * @throws ConflictException.VersionMismatch if the versions differ
     * @throws VersionMissingException if no version was sent, or something that is none; it names the field
     *     {@code version}
     * @throws IllegalArgumentException if the present one is no version
     */
    public static void requireVersion(@Nullable Object expected, Object current) {
        if (expected == null) {
            throw new VersionMissingException("version");
        }
        Revision present = Revision.from(current);
        if (expected instanceof EntityTag tag) {
            EntityTag presentTag = EntityTag.from(present);
            if (!tag.matchesStrongly(presentTag)) {
                throw ConflictException.version().statedIn("If-Match", tag.toString(), presentTag);
            }
            return;
        }
        Revision seen = sent(expected);
        if (!seen.matches(present)) {
            throw ConflictException.version().versions(seen, present);
        }
    }

    private static Revision sent(Object expected) {
        try {
            return Revision.from(expected);
        } catch (IllegalArgumentException noVersion) {
            throw new VersionMissingException("version");
        }
    }

    /**
     * Requires that a write with the version in its {@code WHERE} clause hit its row.
     *
     * @param rows how many rows the statement changed
     * @throws ConflictException.VersionMismatch if it changed none: the row has another version, or is gone
     * @throws IllegalStateException if it changed more than one, or the count is unknown: the statement does not name
     *     one row, and the transaction should end
     */
    public static void requireUpdated(long rows) {
        if (rows == 0) {
            throw ConflictException.version();
        }
        if (rows != 1) {
            throw new IllegalStateException("A compare-and-set changes one row, but this statement reports " + rows
                    + "; does it name the key?");
        }
    }

    /**
     * Requires that a write with a version in its {@code WHERE} clause that the client stated hit its row. The conflict names
     * that version, so that the client is told and nobody tries the write again.
     *
     * @param rows how many rows the statement changed
     * @param requested the version that the client sent, as {@link #requireVersion} takes it; null if he sent none
     * @throws ConflictException.VersionMismatch if it changed none: the row has another version, or is gone
     * @throws VersionMissingException if no version was sent, or something that is none, whatever was changed; it names the
     *     field {@code version}, and the transaction should end
     * @throws IllegalStateException if it changed more than one, or the count is unknown: the statement does not name
     *     one row, and the transaction should end
     */
    public static void requireUpdated(long rows, @Nullable Object requested) {
        if (requested == null) {
            throw new VersionMissingException("version");
        }
        ConflictException lost = requested instanceof EntityTag tag
                ? ConflictException.version().statedIn("If-Match", tag.toString(), null)
                : ConflictException.version().versions(sent(requested), null);
        if (rows == 0) {
            throw lost;
        }
        requireUpdated(rows);
    }

    /**
     * Requires that a value is free; whoever is refused learns neither field nor value.
     *
     * @param <T> the value's type
     * @param field the field that must be unique
     * @param value the value that the caller wants
     * @param taken tells whether it is taken
     * @throws ConflictException.Uniqueness if it is
     */
    public static <T> void requireUnique(String field, T value, Predicate<? super T> taken) {
        requireUnique(field, value, taken, Disclosure.HIDDEN);
    }

    /**
     * Requires that a value is free. This is a hint for people; the unique constraint has the last word.
     *
     * @param <T> the value's type
     * @param field the field that must be unique
     * @param value the value that the caller wants
     * @param taken tells whether it is taken
     * @param disclosure who may learn that it is
     * @throws ConflictException.Uniqueness if it is
     */
    public static <T> void requireUnique(String field, T value, Predicate<? super T> taken, Disclosure disclosure) {
        if (taken.test(value)) {
            throw ConflictException.unique(field).value(value).disclose(disclosure);
        }
    }

    /**
     * Requires that the resource to create does not exist.
     *
     * @param name what would exist twice, as callers know it ({@code SKU}); it gives the code ({@code SKU_EXISTS})
     * @param existing where the existing resource is, or null if there is none
     * @throws ConflictException.Existence if there is one
     */
    public static void requireAbsent(String name, @Nullable URI existing) {
        if (existing != null) {
            throw ConflictException.exists(name).at(existing);
        }
    }

    /**
     * Requires that a resource that is known to have existed is still there.
     *
     * @param <T> the resource's type
     * @param found the resource, or null if it is gone
     * @return the resource
     * @throws ConflictException.Absence if it is gone
     */
    public static <T> T requireExists(@Nullable T found) {
        if (found == null) {
            throw ConflictException.gone();
        }
        return found;
    }

    /**
     * Requires that nothing depends on the resource.
     *
     * @param count how many others do
     * @param first gives the first of them; it is asked only if there are any, and at most 20 are sent
     * @throws ConflictException.Dependency if the count is not zero
     */
    public static void requireNoDependents(long count, Supplier<List<Dependent>> first) {
        if (count != 0) {
            throw ConflictException.dependency().dependents(count, first.get());
        }
    }

    /**
     * Requires that a reference leads to something.
     *
     * @param <T> the reference's type
     * @param field the field that refers
     * @param reference the identifier that it holds
     * @param exists tells whether something has that identifier
     * @throws ConflictException.Integrity if nothing has
     */
    public static <T> void requireReference(String field, T reference, Predicate<? super T> exists) {
        requireRule(field, "exists", reference, exists);
    }

    /**
     * Requires that a value keeps a rule that the store has too, so that both refuse with one answer.
     *
     * @param <T> the value's type
     * @param field the field that holds the value
     * @param rule the rule's name as callers know it ({@code positive})
     * @param value the value
     * @param holds tells whether the value keeps the rule
     * @throws ConflictException.Integrity if it does not
     */
    public static <T> void requireRule(String field, String rule, T value, Predicate<? super T> holds) {
        if (!holds.test(value)) {
            throw ConflictException.integrity(field, rule);
        }
    }

    /**
     * Requires everything that guards require, and says all that stands in the way in one answer.
     *
     * <pre>{@code
     * Conflicts.requireAll(
     *         () -> Conflicts.requireUnique("username", name, users::existsByName, Disclosure.PUBLIC),
     *         () -> Conflicts.requireReference("teamId", team, teams::exists));
     * }</pre>
     *
     * <p>Every guard is called in its turn, also after one that refuses; each must stand alone. What a guard throws that is
     * no conflict, and a conflict between transactions, after which the store may take no further question, ends this at
     * once.
     *
     * @param guards the guards
     * @throws ConflictException the conflict of the one guard that refuses
     * @throws ConflictException.Several if more than one does, with their conflicts in the order of the guards
     */
    public static void requireAll(Runnable... guards) {
        List<ConflictException> refusals = new ArrayList<>();
        for (Runnable guard : guards) {
            try {
                guard.run();
            } catch (ConflictException.Concurrency broken) {
                throw broken;
            } catch (ConflictException refusal) {
                refusals.add(refusal);
            }
        }
        if (refusals.size() == 1) {
            throw refusals.get(0);
        }
        if (!refusals.isEmpty()) {
            throw ConflictException.several(refusals);
        }
    }
}
