package dev.conflict.jpa;

import jakarta.persistence.CacheRetrieveMode;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.metamodel.Attribute.PersistentAttributeType;
import jakarta.persistence.metamodel.SingularAttribute;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an entity as it is now: in a persistence context of its own, past every cache, and not for long.
 *
 * @param <T> the entity's type
 */
record PresentState<T>(EntityManagerFactory factory, Class<T> type, Object id) {
    private static final int TIMEOUT_MILLIS = 2000;

    private static final Map<String, Object> HINTS = Map.of(
            "jakarta.persistence.cache.retrieveMode",
            CacheRetrieveMode.BYPASS,
            "jakarta.persistence.query.timeout",
            TIMEOUT_MILLIS);

    /** Returns the entity, detached; empty if it is gone. What is cached of it is not to be served to whoever reads next. */
    Optional<T> read() {
        SharedCache.evict(factory, type, id);
        try (EntityManager em = factory.createEntityManager()) {
            List<String> basic = factory.getMetamodel().entity(type).getSingularAttributes().stream()
                    .filter(attribute ->
                            attribute.isId() && attribute.getPersistentAttributeType() == PersistentAttributeType.BASIC)
                    .map(SingularAttribute::getName)
                    .toList();
            // Hibernate holds a query to the timeout, but no find; a composite identifier is not for every query.
            return factory.getMetamodel().entity(type).hasSingleIdAttribute() && basic.size() == 1
                    ? query(em, basic.get(0))
                    : Optional.ofNullable(em.find(type, id, HINTS));
        }
    }

    private Optional<T> query(EntityManager em, String idAttribute) {
        CriteriaBuilder criteria = em.getCriteriaBuilder();
        CriteriaQuery<T> byId = criteria.createQuery(type);
        Root<T> root = byId.from(type);
        byId.where(criteria.equal(root.get(idAttribute), id));
        var query = em.createQuery(byId);
        HINTS.forEach(query::setHint);
        return query.getResultList().stream().findFirst();
    }
}
