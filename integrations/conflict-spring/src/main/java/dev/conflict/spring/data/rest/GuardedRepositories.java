package dev.conflict.spring.data.rest;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.data.mapping.PersistentEntity;
import org.springframework.data.repository.support.Repositories;
import org.springframework.data.repository.support.RepositoryInvoker;
import org.springframework.data.repository.support.RepositoryInvokerFactory;
import org.springframework.data.rest.core.mapping.RepositoryResourceMappings;
import org.springframework.util.ClassUtils;

/** Gives every repository its guard. */
final class GuardedRepositories implements RepositoryInvokerFactory {
    /** JPA need not be there, nor what we have for it. */
    private static final boolean JPA_IS_THERE = isPresent("jakarta.persistence.EntityManagerFactory")
            && isPresent("org.springframework.orm.jpa.EntityManagerFactoryUtils")
            && isPresent("dev.conflict.jpa.EntityVersions");

    private final RepositoryInvokerFactory spring;
    private final ListableBeanFactory beans;
    private final Map<Class<?>, ItemGuard> guards = new ConcurrentHashMap<>();

    GuardedRepositories(RepositoryInvokerFactory spring, ListableBeanFactory beans) {
        this.spring = spring;
        this.beans = beans;
    }

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, GuardedRepositories.class.getClassLoader());
    }

    @Override
    public RepositoryInvoker getInvokerFor(Class<?> type) {
        RepositoryInvoker repository = spring.getInvokerFor(type);
        ItemRequest request = ItemRequest.current();
        if (request == null) {
            return repository;
        }
        return new GuardedRepository(repository, guards.computeIfAbsent(type, this::guard), request);
    }

    private ItemGuard guard(Class<?> type) {
        PersistentEntity<?, ?> entity = beans.getBean(Repositories.class).getPersistentEntity(type);
        ItemTags tags = new ItemTags(entity);
        var methods = beans.getBean(RepositoryResourceMappings.class).getMetadataFor(type);
        return new ItemGuard(type, tags, methods.getSupportedHttpMethods(), rows(type, tags));
    }

    private Rows rows(Class<?> type, ItemTags tags) {
        return JPA_IS_THERE && tags.areVersioned() ? JpaRows.of(type, tags, beans) : new Rows.Plain(type, tags);
    }
}
