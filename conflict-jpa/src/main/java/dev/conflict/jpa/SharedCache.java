package dev.conflict.jpa;

import dev.conflict.http.ConditionalRequest;
import jakarta.persistence.Cache;
import jakarta.persistence.CacheRetrieveMode;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Root;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One row in the cache that persistence contexts share. Another node may have written it since this one cached it.
 *
 * @param <T> the entity's type
 */
record SharedCache<T>(EntityManager em, Class<T> type, Object id) {
    private static final Map<String, Object> PAST =
            Map.of("jakarta.persistence.cache.retrieveMode", CacheRetrieveMode.BYPASS);

    /**
     * Finds the entity that a request writes. What is cached will do where an attempt of ours compares it with what the request
     * states: what is behind fails when it is written, and what is refused is {@linkplain #doubt doubted}.
     */
    @Nullable T find(ConditionalRequest request) {
        return isAttempt() && request.statedIn().isPresent() ? em.find(type, id) : em.find(type, id, PAST);
    }

    /** Whether a run of ours would try again. */
    private boolean isAttempt() {
        return Checks.of(em) != null;
    }

    /**
     * Lets nobody be refused by a cached row again and again: it is thrown away, and a run of ours tries again if the row has
     * moved on without the cache.
     *
     * @param entity what was found, of which what the request states is false
     * @throws OptimisticLockException if the cache was behind, in an attempt of ours
     */
    void doubt(T entity) {
        EntityManagerFactory factory = em.getEntityManagerFactory();
        if (evict(factory, type, id) && isAttempt() && isBehind(factory, entity)) {
            throw new OptimisticLockException(
                    "A cache shared by persistence contexts is behind the database", null, entity);
        }
    }

    /** Has the next read find the row itself; tells whether it was cached. */
    static boolean evict(EntityManagerFactory factory, Class<?> type, Object id) {
        Cache cache = factory.getCache();
        if (cache == null || !cache.contains(type, id)) { // there need not be one
            return false;
        }
        cache.evict(type, id);
        return true;
    }

    private boolean isBehind(EntityManagerFactory factory, T entity) {
        EntityAttribute version;
        try {
            version = EntityAttribute.version(factory, type);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
        CriteriaBuilder criteria = em.getCriteriaBuilder();
        CriteriaQuery<Object> query = criteria.createQuery(Object.class);
        Root<T> root = query.from(type);
        query.select(root.get(version.name())).where(criteria.equal(root, entity));
        List<Object> present =
                em.createQuery(query).setFlushMode(FlushModeType.COMMIT).getResultList();
        return present.size() != 1 || !Objects.deepEquals(present.get(0), version.read(entity));
    }
}
