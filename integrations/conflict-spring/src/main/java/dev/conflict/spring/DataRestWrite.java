package dev.conflict.spring;

import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import dev.conflict.jpa.EntityVersions;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mapping.PersistentEntity;
import org.springframework.data.mapping.PersistentProperty;
import org.springframework.data.mapping.PersistentPropertyAccessor;
import org.springframework.data.rest.webmvc.HttpHeadersPreparer;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * A write on one item of Spring Data REST: what it was found as before its content was read into it, and what is about to be
 * written. It is an attribute of the request.
 */
final class DataRestWrite {
    private static final String ATTRIBUTE = DataRestWrite.class.getName();

    private final PersistentEntity<?, ?> type;
    private final HttpHeadersPreparer fields;
    private final ConditionalRequest ledger;

    private @Nullable Object found;
    private @Nullable Object version;
    private @Nullable Validators seen;
    private @Nullable Object announced;
    private boolean written;

    private DataRestWrite(PersistentEntity<?, ?> type, HttpHeadersPreparer fields, ConditionalRequest ledger) {
        this.type = type;
        this.fields = fields;
        this.ledger = ledger;
    }

    /** Returns the write of a request, the same each time. */
    static DataRestWrite of(
            HttpServletRequest request,
            PersistentEntity<?, ?> type,
            HttpHeadersPreparer fields,
            PreconditionDemand demand) {
        if (request.getAttribute(ATTRIBUTE) instanceof DataRestWrite begun) {
            return begun;
        }
        ConditionalRequest ledger = ServletPreconditions.of(request);
        if (demand == PreconditionDemand.NONE) {
            ledger.reportRequired(() -> {});
        }
        DataRestWrite begun = new DataRestWrite(type, fields, ledger);
        request.setAttribute(ATTRIBUTE, begun);
        return begun;
    }

    /** The write of the request that this thread serves; null if it serves none. */
    static @Nullable DataRestWrite current() {
        RequestAttributes attributes = RequestContextHolder.getRequestAttributes();
        return attributes != null
                        && attributes.getAttribute(ATTRIBUTE, RequestAttributes.SCOPE_REQUEST)
                                instanceof DataRestWrite begun
                ? begun
                : null;
    }

    /** Remembers an item as it is before the request's content is read into it. */
    void found(Object item) {
        found = item;
        seen = validators(item);
        PersistentProperty<?> property = type.getVersionProperty();
        version = property == null ? null : type.getPropertyAccessor(item).getProperty(property);
    }

    /** Undoes what the content said of the version: nobody but the provider writes it, and it would be compared with itself. */
    void restoreVersion(Object item) {
        PersistentProperty<?> property = type.getVersionProperty();
        if (property != null && seen != null) {
            PersistentPropertyAccessor<Object> accessor = type.getPropertyAccessor(item);
            if (!Objects.equals(accessor.getProperty(property), version)) {
                accessor.setProperty(property, version);
            }
        }
    }

    /**
     * Holds the preconditions against the item before anybody else hears of the write. This is advice; what decides is
     * {@link #check}.
     */
    void announce(Object item, boolean creation) {
        if (announced == null && type.getType().isInstance(item)) {
            announced = item;
            Object id = type.getIdentifierAccessor(item).getIdentifier();
            Validators current = creation ? Validators.absent() : seen != null ? seen : validators(item);
            ledger.require(Target.of(type.getType(), id == null ? "new" : id), current);
        }
    }

    /** Whether a call of a repository is that of this write. */
    boolean isMadeBy(@Nullable Object[] arguments) {
        Object item = announced;
        return item != null
                && !written
                && arguments.length == 1
                && (arguments[0] == item
                        || Objects.equals(
                                arguments[0], type.getIdentifierAccessor(item).getIdentifier()));
    }

    /** Holds the preconditions against the row in the transaction that writes it, and has the commit compare it again. */
    void check(EntityManagerFactory factory, EntityManager em) {
        Class<?> domain = type.getType();
        Object id =
                type.getIdentifierAccessor(Objects.requireNonNull(announced)).getIdentifier();
        if (id != null) {
            EntityVersions.of(domain, factory).tagged(this::validators).findForPut(em, id, ledger);
        }
    }

    void written() {
        written = true;
    }

    /** What a reader of this item is sent as validators. */
    private Validators validators(Object item) {
        Validators known = seen;
        if (known != null && item == found) {
            return known;
        }
        HttpHeaders sent = fields.prepareHeaders(type, item);
        String tag = sent.getETag();
        Validators validators = tag == null ? Validators.untagged() : Validators.of(EntityTag.parse(tag));
        long modified = sent.getLastModified();
        return modified < 0 ? validators : validators.lastModified(Instant.ofEpochMilli(modified));
    }
}
