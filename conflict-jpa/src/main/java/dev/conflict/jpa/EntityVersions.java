package dev.conflict.jpa;

import dev.conflict.ConflictException;
import dev.conflict.Details;
import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.Target;
import dev.conflict.VersionMissingException;
import dev.conflict.Versioned;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.PreconditionFieldException;
import dev.conflict.http.Validators;
import dev.conflict.problem.ProblemException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a request states against the version of an entity, in the transaction that writes it.
 *
 * <pre>{@code
 * static final EntityVersions<Document> documents = EntityVersions.of(Document.class, Document::getVersion);
 *
 * Document doc = documents.find(em, id, conditional);   // 404, 412 or 428
 * doc.rename(title);                                    // a race lost at the commit is 412 as well
 * documents.respondWithTag(em, doc, conditional);       // after the commit, where the method lets an answer carry a tag
 * }</pre>
 *
 * <ol>
 *   <li>The version that the request states is compared with that of the managed entity.
 *   <li>The entity is locked with {@link LockModeType#OPTIMISTIC}, so that the commit compares again even if nothing was
 *       changed; under Hibernate on MySQL and MariaDB, whose second look would show the first one's snapshot, with
 *       {@link LockModeType#PESSIMISTIC_WRITE}. {@link ConflictTransactions} leave the lock out where their flush has
 *       written the entity. What was changed is written with the version in its {@code WHERE} clause by
 *       the provider.
 *   <li>The request's ledger is armed: a race that this very entity loses at flush or commit is answered with 412 and the
 *       tag that is there then; it is read with an {@link EntityManager} of its own after the transaction has failed.
 * </ol>
 *
 * <p>All of this needs one transaction from the comparison to the write, and methods that write refuse to run without
 * one: comparing in one transaction and writing in another loses updates. The entity needs a
 * {@link jakarta.persistence.Version} attribute, which nobody but the provider sets.
 *
 * <p>It does not guard rows that it was not asked about: adding a child does not change its parent's version, unless the
 * parent is written as the root {@link #ofAggregate()}. Nor does a version tell a row from one that was deleted and made
 * anew under the same identifier: let the database generate them. Instances are immutable and safe for use by many threads,
 * though an {@code EntityManager} is not.
 *
 * @param <T> the entity's type
 */
public final class EntityVersions<T> {
    /** The methods of RFC 9110 §9.2.1, which change nothing. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Class<T> type;
    private final GuardedWrites<T> writes;
    private final VersionTags<T> tags;
    private final String field;
    private final ShownFields shown;

    private EntityVersions(GuardedWrites<T> writes, VersionTags<T> tags, String field, ShownFields shown) {
        this.writes = writes;
        this.type = writes.type();
        this.tags = tags;
        this.field = Objects.requireNonNull(field, "field");
        this.shown = shown;
    }

    /**
     * Returns the versions of an entity type.
     *
     * @param <T> the entity's type
     * @param type the entity's class, or a superclass that is an entity too
     * @param version returns the value of the attribute that is marked as version: whatever {@link Revision#from} takes
     * @return its versions
     */
    public static <T> EntityVersions<T> of(Class<T> type, Function<? super T, ? extends @Nullable Object> version) {
        VersionTags<T> tags = new VersionTags<>(type, version, false, null, null);
        return new EntityVersions<>(new GuardedWrites<>(type, false), tags, "version", ShownFields.NONE);
    }

    /**
     * Returns the versions of an entity type that tells its version itself.
     *
     * @param <T> the entity's type
     * @param type the entity's class, or a superclass that is an entity too
     * @return its versions
     */
    public static <T extends Versioned> EntityVersions<T> of(Class<T> type) {
        return of(type, Versioned::version);
    }

    /**
     * Returns the versions of an entity type whose version nobody tells: it is read as its provider reads it, by field or
     * getter, and behind proxies.
     *
     * @param <T> the entity's type
     * @param type the entity's class, or a superclass that is an entity too
     * @param factory the persistence unit, whose metamodel knows which attribute is marked as version
     * @return its versions
     * @throws IllegalArgumentException if the type is no entity, has no version, or stands in a package that is not open
     */
    public static <T> EntityVersions<T> of(Class<T> type, EntityManagerFactory factory) {
        return of(type, EntityAttribute.version(factory, type)::read);
    }

    /**
     * Returns the same versions for the root of an aggregate: whoever writes any part of it moves the root's version, so that
     * two who saw one version and write different parts do not both win.
     *
     * <pre>{@code
     * static final EntityVersions<Order> orders = EntityVersions.of(Order.class, Order::getVersion).ofAggregate();
     *
     * Order order = orders.find(em, id, conditional);   // the root's row is written here, with its version compared
     * em.persist(new Line(order, product));             // a child: without the root's version nobody would notice
     * }</pre>
     *
     * <p>A guarded write increments the version, also if the request states nothing: under Hibernate at once
     * ({@link LockModeType#PESSIMISTIC_FORCE_INCREMENT}), so that the root's row is held until the transaction ends, else with
     * the flush ({@link LockModeType#OPTIMISTIC_FORCE_INCREMENT}). Where the root itself is changed as well, Hibernate
     * increments it twice.
     *
     * @return versions that stand for all parts
     */
    public EntityVersions<T> ofAggregate() {
        return new EntityVersions<>(new GuardedWrites<>(type, true), tags, field, shown);
    }

    /**
     * Returns the same versions for an application that takes them in another field of the body than {@code version}.
     *
     * @param field the name that a caller is told when the field is missing
     * @return versions with that name
     */
    public EntityVersions<T> inField(String field) {
        return new EntityVersions<>(writes, tags, field, shown);
    }

    /**
     * Returns the same versions for entities that know when they were changed last, so that dates in preconditions are
     * evaluated too.
     *
     * @param modified returns the moment, or null where it is not known
     * @return versions with that date
     */
    public EntityVersions<T> lastModified(Function<? super T, ? extends @Nullable Instant> modified) {
        return new EntityVersions<>(writes, tags.modifiedAt(modified), field, shown);
    }

    /**
     * Returns the same versions under other tags than {@link EntityTag#from(Revision)}: for one of several representations, with an
     * incarnation, or beside the tags of an earlier release.
     *
     * <pre>{@code
     * EntityVersions<Document> xml = documents.tagged(doc ->
     *         Validators.of(documents.tag(doc).variant("xml")).equivalents(documents.tag(doc)));
     * }</pre>
     *
     * @param validators makes the validators of an entity; the tag has to be strong, and to change with the version
     * @return versions with these tags
     */
    public EntityVersions<T> tagged(Function<? super T, Validators> validators) {
        return new EntityVersions<>(writes, tags.taggedBy(validators), field, shown);
    }

    /**
     * Returns the same versions for reads under weak tags, where the version is a moment: a reader is told that he has the
     * representation already. No write can state such a tag; its version comes in the body.
     *
     * @return versions that make a weak tag of a moment
     */
    public EntityVersions<T> weaklyTagged() {
        return new EntityVersions<>(writes, tags.allowingWeak(), field, shown);
    }

    /**
     * Returns the same versions for callers who may read these fields: if what they state of the version is refused, they are
     * shown the present values ({@code current}); if it was lost to a faster writer, also which fields both changed to
     * different values ({@code conflicts}: {@code base}, {@code mine} and {@code theirs}).
     *
     * <pre>{@code
     * EntityVersions<Document> versions = mayRead ? documents.showing("title", "text") : documents;
     * }</pre>
     *
     * <p>Nothing is shown under {@link ConditionalRequest#withholdCurrent()}, nor where the row is gone.
     *
     * @param attributes the names of plain attributes, as the answer shows them; no reference and no collection
     * @return versions that show them
     */
    public EntityVersions<T> showing(String... attributes) {
        return new EntityVersions<>(writes, tags, field, new ShownFields(List.of(attributes)));
    }

    /**
     * Finds an entity and holds the request's preconditions against its version, see {@link #check(EntityManager, Object,
     * ConditionalRequest)}. A write reads past the cache that persistence contexts share, unless {@link ConflictTransactions}
     * commit it and the request states something: then what the cache has is good for a version that was stated, since the
     * write compares it, and is read anew before anything is refused.
     *
     * @param em the persistence context in which the request writes
     * @param id the entity's identifier
     * @param request the request's ledger
     * @return the managed entity, of which every stated precondition is true
     * @throws ProblemException with status 404 if there is no such entity, whatever the request states
     * @throws ConflictException.VersionMismatch if {@code If-Match} names tags, none of them the present one
     * @throws ConflictException.PreconditionFailed if another precondition is false
     * @throws ConflictException.PreconditionRequired if the write must state what it is based on, and does not
     * @throws PreconditionFieldException if a precondition cannot be read, or is too large
     * @throws IllegalStateException if the method writes outside a transaction, or the version makes no strong tag
     */
    public T find(EntityManager em, Object id, ConditionalRequest request) {
        T entity = found(em, id, request);
        check(em, entity, request);
        return entity;
    }

    private T found(EntityManager em, Object id, ConditionalRequest request) {
        T entity;
        if (isWrite(request)) {
            writes.requireTransaction(em);
            entity = new SharedCache<>(em, type, id).find(request);
        } else {
            entity = em.find(type, id);
        }
        if (entity == null) {
            throw ProblemException.notFound();
        }
        return entity;
    }

    /**
     * Finds the entity that a PUT replaces, if there is one, and else lets it create one.
     *
     * <pre>{@code
     * Document doc = documents.findForPut(em, id, conditional).orElseGet(() -> persisted(em, id));
     * }</pre>
     *
     * <p>What is found is checked as by {@link #find}. If nothing is there, what the request states must be true of that:
     * {@code If-None-Match: *} is, {@code If-Match} is not. Another writer may still create it first; then the primary key
     * refuses the commit, and a request that stated {@code If-None-Match: *} gets 412, whatever the constraint is called.
     * A unique value of another column that is taken stays a conflict (409).
     *
     * @param em the persistence context in which the request writes
     * @param id the entity's identifier
     * @param request the request's ledger
     * @return the managed entity, of which every stated precondition is true; empty if the request may create it
     * @throws ConflictException as {@link #find} does, and {@link ConflictException.VersionMismatch} or
     *     {@link ConflictException.PreconditionFailed} if nothing is there and the request states that something is
     * @throws PreconditionFieldException if a precondition cannot be read, or is too large
     * @throws IllegalStateException if there is no transaction, or the version makes no strong tag
     */
    public Optional<T> findForPut(EntityManager em, Object id, ConditionalRequest request) {
        writes.requireTransaction(em);
        T entity = new SharedCache<>(em, type, id).find(request);
        if (entity != null) {
            check(em, entity, request);
            return Optional.of(entity);
        }
        Target target = Targets.of(type, id);
        request.require(target, Validators.absent());
        PresentState<T> present = new PresentState<>(em.getEntityManagerFactory(), type, id);
        request.arm(target, () -> validators(present.read()));
        return Optional.empty();
    }

    /**
     * Holds the request's preconditions against the version of an entity that was found some other way, and has a true
     * one checked again at the commit. To be called before the entity is changed: a flush moves its version to one that
     * nobody has committed.
     *
     * @param em the persistence context in which the request writes
     * @param entity the entity; if the request writes, one that this persistence context manages
     * @param request the request's ledger
     * @throws ConflictException.VersionMismatch if {@code If-Match} names tags, none of them the present one
     * @throws ConflictException.PreconditionFailed if another precondition is false
     * @throws ConflictException.PreconditionRequired if the write must state what it is based on, and does not
     * @throws PreconditionFieldException if a precondition cannot be read, or is too large
     * @throws IllegalStateException if the method writes outside a transaction or on an entity that is not managed, or
     *     the version makes no strong tag
     */
    public void check(EntityManager em, T entity, ConditionalRequest request) {
        checkOrApplied(em, entity, request, () -> false);
    }

    /**
     * Does the same as {@link #check(EntityManager, Object, ConditionalRequest)}, unless the change appears to have been made
     * already, see {@link ConditionalRequest#requireOrApplied}.
     *
     * @param em the persistence context in which the request writes
     * @param entity the entity; if the request writes, one that this persistence context manages
     * @param request the request's ledger
     * @param appearsApplied tells whether the entity is as the request would leave it
     * @return true if the request is to be carried out; false if it is to be answered with a success, and not carried out
     * @throws ConflictException as check does
     * @throws PreconditionFieldException if a precondition cannot be read, or is too large
     * @throws IllegalStateException as check does
     */
    public boolean checkOrApplied(
            EntityManager em, T entity, ConditionalRequest request, BooleanSupplier appearsApplied) {
        boolean carriedOut = compare(em, entity, request, appearsApplied);
        if (carriedOut
                && isWrite(request)
                && (writes.aggregate() || request.statedIn().isPresent())) {
            lock(em, entity);
        }
        return carriedOut;
    }

    private boolean compare(EntityManager em, T entity, ConditionalRequest request, BooleanSupplier appearsApplied) {
        boolean write = isWrite(request);
        if (write) {
            writes.requireManaged(em, entity);
        }
        Object id = writes.identifier(em, entity);
        Target target = Targets.of(entity, type, id);
        if (write && tags.isMoment(entity)) {
            throw tags.moment(MomentColumn.digits(em, type));
        }
        request.explain(() -> present(em, entity));
        try {
            if (!request.requireOrApplied(target, validators(entity), appearsApplied)) {
                return false;
            }
        } catch (ConflictException refused) {
            if (write && request.statedIn().isPresent()) {
                new SharedCache<>(em, type, id).doubt(entity);
            }
            throw refused;
        }
        if (write) {
            arm(em, target, id, entity, request);
        }
        return true;
    }

    /**
     * Finds an entity, holds the request's preconditions against its version as {@link #find} does, and removes it.
     *
     * @param em the persistence context in which the request writes
     * @param id the entity's identifier
     * @param request the request's ledger
     * @throws ProblemException with status 404 if there is no such entity, whatever the request states
     * @throws ConflictException as {@link #find} does
     * @throws PreconditionFieldException if a precondition cannot be read, or is too large
     * @throws IllegalStateException as {@link #find} does
     */
    public void delete(EntityManager em, Object id, ConditionalRequest request) {
        T entity = found(em, id, request);
        if (writes.aggregate()) {
            check(em, entity, request);
        } else {
            compare(em, entity, request, () -> false); // the removal compares the version once more
        }
        em.remove(entity);
    }

    /**
     * Returns the same versions for writes that change a row without loading its entity.
     *
     * @return the way to do so
     * @throws IllegalStateException if the tags or dates of these versions come from the entity, see {@link #tagged} and
     *     {@link #lastModified}
     */
    public UnloadedVersions<T> withoutLoading() {
        if (!tags.isOfVersionAlone()) {
            throw new IllegalStateException("The validators of " + type.getName()
                    + " are made from the entity, so it has to be loaded; or leave out tagged and lastModified");
        }
        return new UnloadedVersions<>(writes, field);
    }

    private Details present(EntityManager em, T entity) {
        return shown.present(shown.of(em.getEntityManagerFactory(), type, entity));
    }

    private void arm(EntityManager em, Target target, Object id, T entity, ConditionalRequest request) {
        ShownFields.Race<T> race = race(em, id, entity);
        request.explain(race::details);
        request.arm(target, () -> validators(race.read()));
    }

    private ShownFields.Race<T> race(EntityManager em, Object id, T entity) {
        return new ShownFields.Race<>(shown, new PresentState<>(em.getEntityManagerFactory(), type, id), entity);
    }

    private Validators validators(Optional<T> found) {
        return found.map(this::validators).orElseGet(Validators::absent);
    }

    /**
     * Holds a version that came in the body of a request against that of an entity, and has it checked again at the
     * commit. A race that is lost then is a conflict that no header stated (409).
     *
     * @param em the persistence context in which the request writes
     * @param entity the entity, managed by this persistence context
     * @param expected the version that the writer saw, or null if he sent none
     * @throws VersionMissingException if no version was sent
     * @throws ConflictException.VersionMismatch if it is another version
     * @throws IllegalStateException if there is no transaction, or the entity is not managed
     */
    public void check(EntityManager em, T entity, @Nullable Revision expected) {
        Revision stated = stated(expected);
        writes.requireManaged(em, entity);
        hold(em, entity, stated, false);
        lock(em, entity);
    }

    /**
     * Does the same as {@link #check(EntityManager, Object, Revision)}, and answers also the race that is lost later with both
     * versions and the fields that are {@linkplain #showing shown}; a run for this request ends with it.
     *
     * @param em the persistence context in which the request writes
     * @param entity the entity, managed by this persistence context
     * @param expected the version that the writer saw, or null if he sent none
     * @param request the request's ledger, which says whether the caller may know what is there
     * @throws VersionMissingException if no version was sent
     * @throws ConflictException.VersionMismatch if it is another version
     * @throws IllegalStateException if there is no transaction, or the entity is not managed
     */
    public void check(EntityManager em, T entity, @Nullable Revision expected, ConditionalRequest request) {
        Revision stated = stated(expected);
        writes.requireManaged(em, entity);
        Target target = hold(em, entity, stated, request.isWithholdingCurrent());
        if (!request.isWithholdingCurrent()) {
            request.arm(
                    new BodyVersion<>(target, stated, race(em, writes.identifier(em, entity), entity), tags::revision));
        }
        lock(em, entity);
    }

    private Revision stated(@Nullable Revision expected) {
        if (expected == null) {
            throw new VersionMissingException(field);
        }
        return expected;
    }

    private Target hold(EntityManager em, T entity, Revision stated, boolean withholding) {
        Target target = Targets.of(entity, type, writes.identifier(em, entity));
        Revision current = tags.revision(entity);
        if (!stated.matches(current)) {
            throw ConflictException.version()
                    .target(target)
                    .versions(stated, withholding ? null : current)
                    .with(withholding ? Details.none() : present(em, entity));
        }
        return target;
    }

    private void lock(EntityManager em, T entity) {
        writes.lock(em, entity, tags::revision);
    }

    /**
     * Moves the version of a root about which the request states nothing, because a part of it is about to change: that of
     * the old and of the new root where a part changes hands, for instance. To be called before the part is changed.
     *
     * <pre>{@code
     * Line line = em.find(Line.class, id);
     * orders.touch(em, line.order());   // orders = EntityVersions.of(Order.class, Order::getVersion).ofAggregate()
     * em.remove(line);
     * }</pre>
     *
     * @param em the persistence context in which the request writes
     * @param root the root, managed by this persistence context
     * @throws IllegalStateException if these are not the versions {@link #ofAggregate()}, there is no transaction, or the root
     *     is not managed
     */
    public void touch(EntityManager em, T root) {
        if (!writes.aggregate()) {
            throw new IllegalStateException(
                    "Only the root of an aggregate is touched: its version stands for its parts." + " Say that "
                            + type.getName() + " is one, with ofAggregate()");
        }
        writes.requireManaged(em, root);
        lock(em, root);
    }

    /**
     * Offers the entity's tag for the answer.
     *
     * <p>The tag is made when the answer's header is about to be sent. That of a read is made from the version that the
     * entity has then. That of a write is sent only if this version was committed: there is no tag while the transaction is
     * open, and afterwards the version is read anew, with an {@link EntityManager} of its own, and must be the same. So a
     * transaction that was rolled back, and one that another writer followed, give no tag. Whoever answers a write that
     * was rolled back with a success must not offer a tag all the same: another writer may have committed that version.
     * {@link ConflictTransactions} know what they committed, so that nothing is read anew.
     *
     * <p>RFC 9110 §9.3.4 lets the answer to a PUT carry a tag only after {@link ConditionalRequest#storedAsSent()}.
     *
     * @param em the persistence context in which the request reads or writes the entity
     * @param entity the entity that the answer is about; after the commit it may be detached
     * @param request the request's ledger
     */
    public void respondWithTag(EntityManager em, T entity, ConditionalRequest request) {
        if (!isWrite(request)) {
            request.respondWith(() -> Optional.of(tags.tag(entity)));
            return;
        }
        Checks attempt = tags.tagging() == null && em.contains(entity) ? Checks.of(em) : null;
        if (attempt == null) {
            request.respondWith(afterCommit(em, entity));
            return;
        }
        AtomicBoolean kept = new AtomicBoolean();
        attempt.leave(() -> {
            kept.set(em.contains(entity)); // not so if it was removed after all
            return false;
        });
        request.respondWith(
                () -> attempt.isCommitted() && kept.get() ? Optional.of(tags.strongTag(entity)) : Optional.empty());
    }

    /** Nobody tells whether somebody else's transaction was committed, so the row has to. */
    private Supplier<Optional<EntityTag>> afterCommit(EntityManager em, T entity) {
        EntityManagerFactory factory = em.getEntityManagerFactory();
        BooleanSupplier open = GuardedWrites.openTransaction(em);
        return () -> {
            Object id = factory.getPersistenceUnitUtil().getIdentifier(entity);
            if (id == null || !tags.isWritten(entity) || open.getAsBoolean()) {
                return Optional.empty();
            }
            EntityTag written = tags.strongTag(entity);
            return new PresentState<>(factory, type, id)
                    .read()
                    .map(tags::strongTag)
                    .filter(written::equals);
        };
    }

    /**
     * Returns the validators of an entity: the tag of the version that it has now, and the date of its last change if
     * {@link #lastModified} tells it.
     *
     * @param entity the entity
     * @return its validators
     * @throws IllegalStateException if the version is a moment, or the entity has none yet
     */
    public Validators validators(T entity) {
        return tags.validators(entity);
    }

    /**
     * Returns the strong entity tag for the version that an entity has now, which before the commit may be one that
     * never comes to be.
     *
     * @param entity the entity
     * @return the tag
     * @throws IllegalStateException if the version is a moment, or the entity has none yet
     */
    public EntityTag tag(T entity) {
        return tags.strongTag(entity);
    }

    private static boolean isWrite(ConditionalRequest request) {
        return !SAFE.contains(request.method());
    }
}
