package dev.conflict.spring.data.rest;

import java.lang.reflect.Method;
import java.util.Optional;
import org.springframework.data.domain.Pageable;
import org.springframework.data.domain.Sort;
import org.springframework.data.repository.support.RepositoryInvoker;
import org.springframework.util.MultiValueMap;

/** A repository as a request that writes an item sees it. */
record GuardedRepository(RepositoryInvoker repository, ItemGuard guard, ItemRequest request)
        implements RepositoryInvoker {
    @Override
    public <T> Optional<T> invokeFindById(Object id) {
        return guard.find(request, id, () -> repository.invokeFindById(id));
    }

    @Override
    public <T> T invokeSave(T object) {
        return guard.save(request, object, () -> repository.invokeSave(object));
    }

    @Override
    public void invokeDeleteById(Object id) {
        guard.delete(request, id, () -> repository.invokeDeleteById(id));
    }

    @Override
    public Iterable<Object> invokeFindAll(Pageable pageable) {
        return repository.invokeFindAll(pageable);
    }

    @Override
    public Iterable<Object> invokeFindAll(Sort sort) {
        return repository.invokeFindAll(sort);
    }

    @Override
    public Optional<Object> invokeQueryMethod(
            Method method, MultiValueMap<String, ? extends Object> parameters, Pageable pageable, Sort sort) {
        return repository.invokeQueryMethod(method, parameters, pageable, sort);
    }

    @Override
    public boolean hasSaveMethod() {
        return repository.hasSaveMethod();
    }

    @Override
    public boolean hasDeleteMethod() {
        return repository.hasDeleteMethod();
    }

    @Override
    public boolean hasFindOneMethod() {
        return repository.hasFindOneMethod();
    }

    @Override
    public boolean hasFindAllMethod() {
        return repository.hasFindAllMethod();
    }
}
