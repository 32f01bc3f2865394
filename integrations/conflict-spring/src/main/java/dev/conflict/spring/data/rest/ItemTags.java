package dev.conflict.spring.data.rest;

import dev.conflict.EntityTag;
import dev.conflict.http.Validators;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.PersistentEntity;
import org.springframework.data.mapping.PersistentProperty;
import org.springframework.data.rest.webmvc.support.ETag;

/** The versions of one type of items, and the tags that Spring makes of them. */
record ItemTags(PersistentEntity<?, ?> type) {
    boolean areVersioned() {
        return type.hasVersionProperty();
    }

    Object identifier(Object entity) {
        return type.getIdentifierAccessor(entity).getRequiredIdentifier();
    }

    Validators validators(Object entity) {
        return version(entity) == null
                ? Validators.untagged()
                : Validators.of(EntityTag.parse(ETag.from(type, entity).toString()));
    }

    @Nullable Object version(Object entity) {
        PersistentProperty<?> version = type.getVersionProperty();
        return version == null ? null : type.getPropertyAccessor(entity).getProperty(version);
    }

    /** Takes back what the content says of the version: it decides nothing, and would be told as the tag of the answer. */
    void reset(Object entity, @Nullable Object compared) {
        PersistentProperty<?> version = type.getVersionProperty();
        if (version != null && !Objects.deepEquals(version(entity), compared)) {
            type.getPropertyAccessor(entity).setProperty(version, compared);
        }
    }

    /** Takes back what the content says of the version of a new item, if there is a way to say nothing. */
    void forget(Object entity) {
        PersistentProperty<?> version = type.getVersionProperty();
        if (version != null && !version.getType().isPrimitive()) {
            reset(entity, null);
        }
    }
}
