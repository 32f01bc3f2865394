package dev.conflict.spring.data.rest;

import dev.conflict.Target;
import dev.conflict.http.Validators;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.data.rest.core.mapping.ResourceType;
import org.springframework.data.rest.core.mapping.SupportedHttpMethods;

/**
 * Guards the items of one repository.
 *
 * @param type the repository's type
 * @param tags the items' tags
 * @param methods what is exported; what is not is 405, whatever the request states (RFC 9110 §13.2.1)
 * @param rows the items' rows
 */
record ItemGuard(Class<?> type, ItemTags tags, SupportedHttpMethods methods, Rows rows) {
    /** Finds something for a request; the item itself, if nothing was found yet. */
    <T> Optional<T> find(ItemRequest request, Object id, Supplier<Optional<T>> something) {
        if (!request.isFresh() || !methods.getMethodsFor(ResourceType.ITEM).contains(request.method())) {
            return something.get();
        }
        Optional<T> item = rows.find(something, request.ledger());
        if (item.isEmpty() && request.isPut() && methods.allowsPutForCreation()) {
            request.ledger().require(Target.of(type, id), Validators.absent());
        }
        request.keep(new ItemRequest.Found(
                type, item.orElse(null), item.map(tags::version).orElse(null)));
        return item;
    }

    <T> T save(ItemRequest request, T item, Supplier<T> saved) {
        ItemRequest.Found found = request.found(type);
        if (found == null) {
            return saved.get();
        }
        if (found.entity() == null) {
            return rows.create(item, saved, request.ledger());
        }
        tags.reset(item, found.version());
        return saved.get();
    }

    void delete(ItemRequest request, Object id, Runnable deletion) {
        if (request.found(type) == null) {
            deletion.run();
        } else {
            rows.delete(id, deletion, request.ledger());
        }
    }
}
