package dev.conflict.spring.data.rest;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.servlet.ConflictResponses;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/** A request that writes one item by Spring's own controller, and what was found of the item. */
record ItemRequest(HttpServletRequest request) {
    private static final String CONTROLLER = "org.springframework.data.rest.webmvc.RepositoryEntityController";
    private static final String FOUND = ItemRequest.class.getName() + ".found";
    private static final Set<String> WRITES = Set.of("PUT", "PATCH", "DELETE");

    /**
     * What a request is about.
     *
     * @param type the repository's type
     * @param entity the entity; null if there was none
     * @param version its version as it was compared; null if it has none
     */
    record Found(
            Class<?> type,
            @Nullable Object entity,
            @Nullable Object version) {}

    /** Returns the request of this thread; null if it is another one, or nobody would answer what is thrown. */
    static @Nullable ItemRequest current() {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes) {
            HttpServletRequest request = attributes.getRequest();
            return WRITES.contains(request.getMethod()) && isItem(request) && ConflictResponses.canSend(request)
                    ? new ItemRequest(request)
                    : null;
        }
        return null;
    }

    /** The controller's own class is not public. */
    private static boolean isItem(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod handler
                && handler.getBeanType().getName().equals(CONTROLLER);
    }

    HttpMethod method() {
        return HttpMethod.valueOf(request.getMethod());
    }

    boolean isPut() {
        return request.getMethod().equals("PUT");
    }

    ConditionalRequest ledger() {
        return ServletPreconditions.of(request);
    }

    /** Returns what was found; null if nobody has looked yet, or it is of another repository. */
    @Nullable Found found(Class<?> type) {
        return request.getAttribute(FOUND) instanceof Found found && found.type() == type ? found : null;
    }

    /** Whether nobody has looked yet: what is looked for first is the item, and the rest is what its content refers to. */
    boolean isFresh() {
        return request.getAttribute(FOUND) == null;
    }

    void keep(Found found) {
        request.setAttribute(FOUND, found);
    }
}
