package dev.conflict.spring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/** The persistence contexts that Spring keeps open for a request, beyond its transactions. */
final class PersistenceContexts {
    private static final boolean ARE_KNOWN = ClassUtils.isPresent(
                    "org.springframework.orm.jpa.EntityManagerHolder", PersistenceContexts.class.getClassLoader())
            && ClassUtils.isPresent("jakarta.persistence.EntityManager", PersistenceContexts.class.getClassLoader());

    private PersistenceContexts() {}

    /**
     * Runs work without them, so that a transaction opens one of its own: an open one outlives a rollback, with all that the
     * transaction read.
     */
    static <T extends @Nullable Object> T setAside(Supplier<T> work) {
        Map<Object, Object> aside = ARE_KNOWN ? unbind() : Map.of();
        try {
            return work.get();
        } finally {
            aside.forEach(TransactionSynchronizationManager::bindResource);
        }
    }

    private static Map<Object, Object> unbind() {
        Map<Object, Object> open = new LinkedHashMap<>();
        TransactionSynchronizationManager.getResourceMap().forEach((key, value) -> {
            // What a scope without a transaction opened, Spring itself sets aside.
            if (value instanceof EntityManagerHolder holder && !holder.isSynchronizedWithTransaction()) {
                open.put(key, value);
            }
        });
        open.keySet().forEach(TransactionSynchronizationManager::unbindResource);
        return open;
    }
}
