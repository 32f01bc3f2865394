package dev.conflict.spring.data.rest;

import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import java.util.Optional;
import java.util.function.Supplier;

/** The rows of one type of items: how what is true of one when it is compared stays true until it is written. */
interface Rows {
    /** Finds an item, and holds the preconditions against it if there is one. */
    <T> Optional<T> find(Supplier<Optional<T>> item, ConditionalRequest request);

    /** Saves an item that was not there when it was compared. */
    <T> T create(T item, Supplier<T> saved, ConditionalRequest request);

    /** Deletes an item that was compared. */
    void delete(Object id, Runnable deletion, ConditionalRequest request);

    /**
     * Rows that nobody compares once more, but for the store itself.
     *
     * @param type the items' type
     * @param tags their tags
     */
    record Plain(Class<?> type, ItemTags tags) implements Rows {
        @Override
        public <T> Optional<T> find(Supplier<Optional<T>> item, ConditionalRequest request) {
            Optional<T> found = item.get();
            found.ifPresent(each -> request.require(Target.of(type, tags.identifier(each)), tags.validators(each)));
            return found;
        }

        @Override
        public <T> T create(T item, Supplier<T> saved, ConditionalRequest request) {
            return saved.get();
        }

        @Override
        public void delete(Object id, Runnable deletion, ConditionalRequest request) {
            deletion.run();
        }
    }
}
