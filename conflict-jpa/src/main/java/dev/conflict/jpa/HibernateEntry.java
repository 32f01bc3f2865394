package dev.conflict.jpa;

import jakarta.persistence.EntityManager;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What Hibernate remembers of a managed entity, asked by name, as Hibernate need not be there. This is what it compares when it
 * writes, and never the version in the entity: one that was written there by hand is ignored.
 */
record HibernateEntry(Object entry, Object entity) {
    private static final String SESSION = "org.hibernate.engine.spi.SharedSessionContractImplementor";
    private static final String CONTEXT = "org.hibernate.engine.spi.PersistenceContext";
    private static final String ENTRY = "org.hibernate.engine.spi.EntityEntry";
    private static final String PERSISTER = "org.hibernate.persister.entity.EntityPersister";

    /** Returns what is remembered of an entity, or of the one behind a proxy; null under another provider. */
    static @Nullable HibernateEntry of(EntityManager em, Object proxyOrEntity) {
        try {
            Object entity = EntityAttribute.behindProxy(proxyOrEntity);
            Class<?> type =
                    Class.forName(SESSION, false, em.getDelegate().getClass().getClassLoader());
            Object context = type.getMethod("getPersistenceContext").invoke(em.unwrap(type));
            Object entry = Class.forName(CONTEXT, false, type.getClassLoader())
                    .getMethod("getEntry", Object.class)
                    .invoke(context, entity);
            return entry == null ? null : new HibernateEntry(entry, entity);
        } catch (ReflectiveOperationException | RuntimeException another) {
            return null;
        }
    }

    /** Fails if Hibernate will not write what is changed, as in a transaction of Spring's that only reads. */
    void requireWritable(EntityManager em) {
        boolean dropped;
        try {
            Object session = em.unwrap(type(SESSION, entry));
            dropped = String.valueOf(call(ENTRY, entry, "getStatus")).equals("READ_ONLY")
                    || String.valueOf(call(SESSION, session, "getHibernateFlushMode"))
                            .equals("MANUAL");
        } catch (ReflectiveOperationException unknown) {
            throw new IllegalStateException("This version of Hibernate does not tell what it writes", unknown);
        }
        if (dropped) {
            throw new IllegalStateException("This " + entity.getClass().getName()
                    + " is read-only, or nothing is flushed by itself, as in a transaction that only reads: what is changed"
                    + " would be dropped without a word. Find it in a transaction that writes");
        }
    }

    /** Fails if the version in an entity is not the one that its row was read or written with. */
    void requireUntouched() {
        Object known;
        Object present;
        try {
            Object persister = call(ENTRY, entry, "getPersister");
            if (!isStored() || Boolean.FALSE.equals(call(PERSISTER, persister, "isVersioned"))) {
                return;
            }
            known = call(ENTRY, entry, "getVersion");
            present = type(PERSISTER, persister)
                    .getMethod("getVersion", Object.class)
                    .invoke(persister, entity);
        } catch (ReflectiveOperationException unknown) {
            throw new IllegalStateException("This version of Hibernate does not tell which version a row has", unknown);
        }
        if (!Objects.deepEquals(known, present)) {
            throw new IllegalStateException(
                    "The version of " + entity.getClass().getName()
                            + " was written by hand: its row was read or written as " + known + ", and the entity says "
                            + present
                            + ". Hibernate ignores what is written there, so it would protect against nothing. Leave the version"
                            + " alone, and compare what a client sends before the entity is changed:"
                            + " EntityVersions.check(em, entity, revision)");
        }
    }

    /** A new entity gets its version from Hibernate; what is read-only is not written. */
    private boolean isStored() throws ReflectiveOperationException {
        String status = String.valueOf(call(ENTRY, entry, "getStatus"));
        return (status.equals("MANAGED") || status.equals("DELETED"))
                && Boolean.TRUE.equals(call(ENTRY, entry, "isExistsInDatabase"));
    }

    private static Object call(String type, Object on, String method) throws ReflectiveOperationException {
        return type(type, on).getMethod(method).invoke(on);
    }

    private static Class<?> type(String name, Object of) throws ClassNotFoundException {
        return Class.forName(name, false, of.getClass().getClassLoader());
    }
}
