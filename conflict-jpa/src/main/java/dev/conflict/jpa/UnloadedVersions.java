package dev.conflict.jpa;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.Target;
import dev.conflict.VersionMissingException;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.PreconditionFieldException;
import dev.conflict.http.Validators;
import dev.conflict.problem.ProblemException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.CriteriaUpdate;
import jakarta.persistence.criteria.Root;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes rows without loading their entities: one UPDATE that has the expected version in its {@code WHERE} clause and the
 * next one in its {@code SET} clause.
 *
 * <pre>{@code
 * documents.withoutLoading().update(em, id, conditional, update -> update.set("title", title));
 * }</pre>
 *
 * <p>It suits a column or two of a wide entity. The statement goes past the persistence context: an entity that it manages
 * keeps what it had, and listeners and cascades are not called. The version has to be a number, and the tag that of the
 * version. Instances are immutable and safe for use by many threads, though an {@code EntityManager} is not.
 *
 * @param <T> the entity's type
 */
public final class UnloadedVersions<T> {
    private final GuardedWrites<T> writes;
    private final String field;

    UnloadedVersions(GuardedWrites<T> writes, String field) {
        this.writes = writes;
        this.field = field;
    }

    /**
     * Changes the row of which the request's preconditions are true.
     *
     * @param em the persistence context in which the request writes
     * @param id the entity's identifier
     * @param request the request's ledger
     * @param changes says what is set; not the version
     * @throws ProblemException with status 404 if there is no such row, whatever the request states
     * @throws ConflictException if a precondition is false or missing, or if another writer was faster; then it is the
     *     edge that finds out what the request had stated
     * @throws PreconditionFieldException if a precondition cannot be read, or is too large
     * @throws IllegalStateException if there is no transaction, or the version is no number
     */
    public void update(
            EntityManager em, Object id, ConditionalRequest request, Consumer<? super CriteriaUpdate<T>> changes) {
        Revision present = required(em, id);
        Target target = Targets.of(writes.type(), id);
        request.require(target, Validators.of(EntityTag.from(present)));
        EntityManagerFactory factory = em.getEntityManagerFactory();
        request.arm(target, () -> committed(factory, id));
        if (!set(em, id, present, changes)) {
            throw ConflictException.version().target(target);
        }
    }

    /**
     * Changes the row if it still has the version that came in the body of a request.
     *
     * @param em the persistence context in which the request writes
     * @param id the entity's identifier
     * @param expected the version that the writer saw, or null if he sent none
     * @param changes says what is set; not the version
     * @throws VersionMissingException if no version was sent
     * @throws ProblemException with status 404 if there is no such row
     * @throws ConflictException.VersionMismatch if it has another version
     * @throws IllegalStateException if there is no transaction, or the version is no number
     */
    public void update(
            EntityManager em, Object id, @Nullable Revision expected, Consumer<? super CriteriaUpdate<T>> changes) {
        if (expected == null) {
            throw new VersionMissingException(field);
        }
        Revision present = required(em, id);
        Target target = Targets.of(writes.type(), id);
        if (!expected.matches(present)) {
            throw ConflictException.version().target(target).versions(expected, present);
        }
        if (!set(em, id, present, changes)) {
            throw ConflictException.version().target(target).versions(expected, null);
        }
    }

    /** The version that this transaction sees. */
    private Revision required(EntityManager em, Object id) {
        writes.requireTransaction(em);
        Revision present = present(em, id);
        if (present == null) {
            throw ProblemException.notFound();
        }
        if (!(present.value() instanceof Long)) {
            throw new IllegalStateException("The version of " + writes.type().getName()
                    + " is not a number, so that nobody can tell the next one; find the entity and change it instead");
        }
        return present;
    }

    private @Nullable Revision present(EntityManager em, Object id) {
        CriteriaBuilder criteria = em.getCriteriaBuilder();
        CriteriaQuery<Object> query = criteria.createQuery(Object.class);
        Root<T> root = query.from(writes.type());
        query.select(root.get(writes.version(em))).where(criteria.equal(root.get(writes.id(em)), id));
        List<Object> versions = em.createQuery(query).getResultList();
        return versions.isEmpty() ? null : Revision.from(versions.get(0));
    }

    /** What is committed, to be asked after the transaction has failed. */
    private Validators committed(EntityManagerFactory factory, Object id) {
        try (EntityManager another = factory.createEntityManager()) {
            Revision present = present(another, id);
            return present == null ? Validators.absent() : Validators.of(EntityTag.from(present));
        }
    }

    private boolean set(EntityManager em, Object id, Revision present, Consumer<? super CriteriaUpdate<T>> changes) {
        CriteriaBuilder criteria = em.getCriteriaBuilder();
        CriteriaUpdate<T> update = criteria.createCriteriaUpdate(writes.type());
        Root<T> root = update.from(writes.type());
        changes.accept(update);
        String version = writes.version(em);
        long number = (Long) present.value();
        update.set(version, writes.versionValue(em, number + 1));
        update.where(
                criteria.equal(root.get(writes.id(em)), id),
                criteria.equal(root.get(version), writes.versionValue(em, number)));
        return em.createQuery(update).executeUpdate() == 1;
    }
}
