package dev.conflict.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.LockModeType;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.metamodel.SingularAttribute;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a write on one entity type needs so that its version decides: a transaction, a managed entity, and a lock that has
 * the version compared again.
 *
 * @param <T> the entity's type
 */
record GuardedWrites<T>(Class<T> type, boolean aggregate) {
    void requireTransaction(EntityManager em) {
        if (!JoinedTransaction.isJoined(em)) {
            throw new IllegalStateException("A write compares the version of " + type.getName()
                    + " outside a transaction; between the comparison and the transaction that writes, another writer"
                    + " would be lost. Begin the transaction first");
        }
    }

    void requireManaged(EntityManager em, T entity) {
        requireTransaction(em);
        if (!em.contains(entity)) {
            throw new IllegalStateException("This " + type.getName()
                    + " is not managed by the EntityManager: its version is compared again only when a managed entity is"
                    + " written. Find it in this transaction");
        }
        requireVersion(em);
        HibernateEntry entry = HibernateEntry.of(em, entity);
        if (entry != null) {
            entry.requireWritable(em);
            entry.requireUntouched();
        }
    }

    private void requireVersion(EntityManager em) {
        if (!em.getMetamodel().entity(type).hasVersionAttribute()) {
            throw new IllegalStateException(
                    type.getName() + " has no @Version attribute, so that its writes would compare nothing");
        }
    }

    Object identifier(EntityManager em, T entity) {
        Object id = em.getEntityManagerFactory().getPersistenceUnitUtil().getIdentifier(entity);
        if (id == null) {
            throw new IllegalStateException("This " + type.getName() + " has no identifier yet");
        }
        return id;
    }

    /** The name of the version's attribute. */
    String version(EntityManager em) {
        return versionAttribute(em).getName();
    }

    /** A version in the type of its attribute. */
    Object versionValue(EntityManager em, long number) {
        Class<?> declared = versionAttribute(em).getJavaType();
        if (declared == int.class || declared == Integer.class) {
            return Math.toIntExact(number);
        }
        return declared == short.class || declared == Short.class ? (Object) (short) number : (Object) number;
    }

    private SingularAttribute<? super T, ?> versionAttribute(EntityManager em) {
        requireVersion(em);
        return attribute(em, SingularAttribute::isVersion);
    }

    /** The name of the identifier's attribute. */
    String id(EntityManager em) {
        if (!em.getMetamodel().entity(type).hasSingleIdAttribute()) {
            throw new IllegalStateException(
                    type.getName() + " has an identifier of several attributes; find the entity and change it instead");
        }
        return attribute(em, SingularAttribute::isId).getName();
    }

    private SingularAttribute<? super T, ?> attribute(
            EntityManager em, Predicate<SingularAttribute<? super T, ?>> wanted) {
        return em.getMetamodel().entity(type).getSingularAttributes().stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The metamodel does not know the attributes of " + type));
    }

    /**
     * Has the version compared again. Hibernate looks at it once more even if it has written it, so where we commit it is asked
     * to only once the flush has not. EclipseLink does not, and forgets a lock that comes after a flush.
     *
     * @param version reads the version of an entity
     */
    void lock(EntityManager em, T entity, Function<? super T, ?> version) {
        Checks checks = aggregate ? null : Checks.of(em);
        if (checks == null) {
            lock(em, entity);
            return;
        }
        boolean waits = Hibernate.dialect(em) != null;
        if (!waits) {
            lock(em, entity);
        }
        Object id = identifier(em, entity);
        Object compared = version.apply(entity);
        checks.leave(() -> em.contains(entity)
                ? waits && lockUnlessMoved(em, entity, !version.apply(entity).equals(compared))
                : lockDetached(em, id, entity, version));
    }

    private boolean lockUnlessMoved(EntityManager em, T entity, boolean moved) {
        requireManaged(em, entity);
        if (!moved) {
            lock(em, entity);
        }
        return !moved;
    }

    /**
     * The application let the entity go, or removed it. In the first case its row has to be as this transaction left it, and
     * stay so; in the second there is none, and the removal has compared the version.
     */
    private boolean lockDetached(EntityManager em, Object id, T entity, Function<? super T, ?> version) {
        T present = em.find(type, id);
        if (present == null) {
            return false;
        }
        if (!version.apply(present).equals(version.apply(entity))) {
            throw new OptimisticLockException("Another transaction changed what this one has compared", null, entity);
        }
        lock(em, present);
        return true;
    }

    /**
     * Has the version compared again.
     *
     * <p>Hibernate has its own locks. It would write the root of an aggregate last, at the commit; two writers whose children
     * share-lock the root's row would end in a deadlock on InnoDB, so it is made to write the root at once. EclipseLink writes
     * it first, and reads it anew under a pessimistic lock, after which nobody would know that it was stale.
     */
    private void lock(EntityManager em, T entity) {
        Object dialect = Hibernate.dialect(em);
        if (aggregate) {
            em.lock(
                    entity,
                    dialect != null
                            ? LockModeType.PESSIMISTIC_FORCE_INCREMENT
                            : LockModeType.OPTIMISTIC_FORCE_INCREMENT);
        } else {
            em.lock(
                    entity,
                    dialect != null && Hibernate.looksIntoSnapshot(dialect)
                            ? LockModeType.PESSIMISTIC_WRITE
                            : LockModeType.OPTIMISTIC);
        }
    }

    /** True while the transaction can still be rolled back. What nobody can tell counts as ended, since a look follows. */
    static BooleanSupplier openTransaction(EntityManager em) {
        try {
            EntityTransaction transaction = em.getTransaction();
            return () -> isTrue(transaction::isActive);
        } catch (IllegalStateException jta) {
            return () -> isTrue(() -> em.isOpen() && JoinedTransaction.isJoined(em));
        }
    }

    private static boolean isTrue(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (RuntimeException unanswered) {
            return false;
        }
    }

    /** What only Hibernate does, asked by name, as it need not be there. */
    private static final class Hibernate {
        private static final String FACTORY = "org.hibernate.engine.spi.SessionFactoryImplementor";
        private static final String MYSQL = "org.hibernate.dialect.MySQLDialect"; // and that of MariaDB, a subclass

        private Hibernate() {}

        /** The dialect, null if the provider is another one. */
        static @Nullable Object dialect(EntityManager em) {
            try {
                Class<?> type = Class.forName(
                        FACTORY, false, em.getDelegate().getClass().getClassLoader());
                Object factory = em.getEntityManagerFactory().unwrap(type);
                Object services = type.getMethod("getJdbcServices").invoke(factory);
                return services.getClass().getMethod("getDialect").invoke(services);
            } catch (ReflectiveOperationException | RuntimeException unknown) {
                if (em.getDelegate().getClass().getName().startsWith("org.hibernate.")) {
                    throw new IllegalStateException("This version of Hibernate does not tell its dialect", unknown);
                }
                return null;
            }
        }

        /**
         * Whether a version that moved on is not seen by the plain SELECT with which Hibernate compares again before the commit:
         * at its default isolation, InnoDB answers that from the transaction's first snapshot. A locking SELECT does see it.
         */
        static boolean looksIntoSnapshot(Object dialect) {
            for (Class<?> each = dialect.getClass(); each != null; each = each.getSuperclass()) {
                if (each.getName().equals(MYSQL)) {
                    return true;
                }
            }
            return false;
        }
    }
}
