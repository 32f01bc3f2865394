package dev.conflict.spring.data.rest;

import dev.conflict.ConflictException;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.problem.ProblemException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.GeneratedValue;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The rows of a versioned entity.
 *
 * <p>Spring Data REST keeps a persistence context for the whole request. An entity that was compared when it was found is
 * therefore the one that is saved, and its provider writes it with the version in the {@code WHERE} clause that was compared.
 *
 * @param type the entity's type
 * @param tags its tags
 * @param assigned whether its identifiers come from the application, so that a request may choose one
 * @param versions its versions
 * @param factory its persistence unit
 * @param transactions the transactions of the unit
 */
record JpaRows(
        Class<Object> type,
        ItemTags tags,
        boolean assigned,
        EntityVersions<Object> versions,
        EntityManagerFactory factory,
        TransactionTemplate transactions)
        implements Rows {
    /** Returns the rows of a type; plain ones if no persistence unit knows it. */
    static Rows of(Class<?> type, ItemTags tags, ListableBeanFactory beans) {
        for (EntityManagerFactory factory :
                beans.getBeansOfType(EntityManagerFactory.class).values()) {
            if (isManaged(factory, type)) {
                return of(type, tags, factory, beans);
            }
        }
        return new Plain(type, tags);
    }

    private static boolean isManaged(EntityManagerFactory factory, Class<?> type) {
        return factory.getMetamodel().getEntities().stream().anyMatch(entity -> entity.getJavaType() == type);
    }

    @SuppressWarnings(
            "unchecked") // a type that comes from Spring's metamodel, of entities that come from there as well
    private static JpaRows of(Class<?> type, ItemTags tags, EntityManagerFactory factory, ListableBeanFactory beans) {
        Class<Object> known = (Class<Object>) type;
        EntityVersions<Object> versions =
                EntityVersions.<Object>of(known, tags::version).tagged(tags::validators);
        boolean assigned = !tags.type().getRequiredIdProperty().isAnnotationPresent(GeneratedValue.class);
        return new JpaRows(known, tags, assigned, versions, factory, new TransactionTemplate(manager(factory, beans)));
    }

    /** The unit's own manager, or the one that there is for everything. */
    private static PlatformTransactionManager manager(EntityManagerFactory factory, ListableBeanFactory beans) {
        return beans.getBeansOfType(PlatformTransactionManager.class).values().stream()
                .filter(each ->
                        each instanceof ResourceTransactionManager own && factory.equals(own.getResourceFactory()))
                .findFirst()
                .orElseGet(() -> beans.getBean(PlatformTransactionManager.class));
    }

    @Override
    public <T> Optional<T> find(Supplier<Optional<T>> item, ConditionalRequest request) {
        return inTransaction(em -> {
            Optional<T> found = item.get();
            found.ifPresent(each -> versions.check(em, each, request));
            return found;
        });
    }

    @Override
    public <T> T create(T item, Supplier<T> saved, ConditionalRequest request) {
        return inTransaction(em -> {
            Object id = factory.getPersistenceUnitUtil().getIdentifier(item);
            if (id != null && versions.findForPut(em, id, request).isPresent()) {
                // Saved all the same, it would be written over where its version is a primitive number, 0 as in a new
                // one.
                throw ConflictException.version().target(Target.of(type, id));
            }
            if (assigned) {
                // A repository takes an item for new by its version, and would merge one whose version is 0 as in every
                // new one.
                tags.forget(item);
                em.persist(item);
            }
            return saved.get();
        });
    }

    @Override
    public void delete(Object id, Runnable deletion, ConditionalRequest request) {
        inTransaction(em -> {
            Object present = em.find(type, id);
            if (present == null) {
                throw ProblemException.notFound();
            }
            versions.check(em, present, request);
            deletion.run();
            return id;
        });
    }

    private <R> R inTransaction(Function<EntityManager, R> work) {
        return Objects.requireNonNull(transactions.execute(status ->
                work.apply(Objects.requireNonNull(EntityManagerFactoryUtils.getTransactionalEntityManager(factory)))));
    }
}
