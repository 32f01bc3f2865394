package dev.conflict.jaxrs;

import dev.conflict.http.ConditionalRequest;
import jakarta.annotation.Priority;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Providers;
import org.jboss.resteasy.core.ResteasyContext;
import org.jboss.resteasy.spi.Failure;
import org.jboss.resteasy.spi.ResteasyProviderFactory;
import org.jboss.resteasy.spi.UnhandledException;
import org.jspecify.annotations.Nullable;

/** What is for RESTEasy alone, loaded where RESTEasy is. */
final class RestEasyPart implements Fallback {
    private static final String BUILT_IN = "org.jboss.resteasy.";

    static void register(FeatureContext context) {
        context.register(new LedgerFilter());
    }

    @Override
    @SuppressWarnings("unchecked") // a mapper that is found for a class maps that class
    public Response answer(Throwable thrown, Class<? extends Throwable> above, @Nullable Providers providers) {
        Providers own = providers != null ? providers : ResteasyProviderFactory.getInstance();
        ExceptionMapper<Throwable> mapper =
                (ExceptionMapper<Throwable>) (ExceptionMapper<?>) own.getExceptionMapper(above);
        if (mapper != null && !mapper.getClass().getName().startsWith(BUILT_IN)) {
            return mapper.toResponse(thrown);
        }
        if (thrown instanceof WebApplicationException decided) {
            return decided.getResponse();
        }
        if (thrown instanceof Failure failure) {
            return answer(failure);
        }
        if (mapper != null) {
            return mapper.toResponse(thrown);
        }
        throw new UnhandledException(thrown);
    }

    /** As RESTEasy answers what it throws itself. */
    private static Response answer(Failure failure) {
        if (failure.getResponse() != null) {
            return failure.getResponse();
        }
        Response.ResponseBuilder answer = Response.status(failure.getErrorCode());
        return failure.getMessage() == null
                ? answer.build()
                : answer.type("text/plain").entity(failure.getMessage()).build();
    }

    /** Gives {@code @Context ConditionalRequest} to resources. It runs last, when the method of the request is settled. */
    @Priority(Order.LAST)
    private static final class LedgerFilter implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            ResteasyContext.pushContext(ConditionalRequest.class, JaxrsPreconditions.of(request));
        }
    }
}
