package dev.conflict.jaxrs;

import dev.conflict.http.ConditionalRequest;
import jakarta.ws.rs.container.ContainerRequestContext;

/**
 * Gives a resource the preconditions of its request (RFC 9110 §13).
 *
 * <pre>{@code
 * @PUT
 * public Document update(@PathParam("id") long id, Document sent, @Context ContainerRequestContext context) {
 *     return documents.update(id, sent, JaxrsPreconditions.of(context));
 * }
 * }</pre>
 *
 * <p>Jersey and RESTEasy give it to a parameter as well: {@code @Context ConditionalRequest}. A request has one ledger,
 * whoever asks for it; behind a {@code ConflictFilter} it is the one of {@code ServletPreconditions}. PUT, PATCH and DELETE
 * of something that exists must state {@code If-Match}, unless {@link ConflictFeature.Builder#preconditions} or
 * {@link ConditionalRequest#under} says otherwise. Safe for use by many threads.
 */
public final class JaxrsPreconditions {
    private JaxrsPreconditions() {}

    /**
     * Returns the ledger of a request.
     *
     * @param request the request, as a filter or a resource gets it
     * @return the one ledger of the request, kept in a property of the request
     */
    public static ConditionalRequest of(ContainerRequestContext request) {
        return Exchange.of(request, Installed.edge(request)).ledger();
    }
}
