package dev.conflict.jaxrs;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Set;
import org.jboss.resteasy.reactive.ResteasyReactiveClientProblem;
import org.jboss.resteasy.reactive.common.model.ResourceExceptionMapper;
import org.jboss.resteasy.reactive.server.spi.AsyncExceptionMapperContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveAsyncExceptionMapper;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Maps what is known, for Quarkus REST, and ends everything else as it would have ended. It is one of the asynchronous
 * mappers, since only they can hand on to each of the three kinds that an application may have.
 */
final class QuarkusMapper implements ResteasyReactiveAsyncExceptionMapper<Throwable> {
    /** Quarkus looks for a mapper of their cause, if there is none for them. */
    private static final Set<String> UNWRAPPED =
            Set.of("jakarta.transaction.RollbackException", "jakarta.persistence.PersistenceException");

    private final Installed installed;
    private final @Nullable ResourceExceptionMapper<? extends Throwable> applications;

    QuarkusMapper(Installed installed, @Nullable ResourceExceptionMapper<? extends Throwable> applications) {
        this.installed = installed;
        this.applications = applications;
    }

    /** What stood in this place before, null if nothing did. */
    @Nullable ResourceExceptionMapper<? extends Throwable> applications() {
        return applications;
    }

    @Override
    public void asyncResponse(Throwable thrown, AsyncExceptionMapperContext context) {
        boolean known = installed.knows(thrown);
        if (known && !installed.edge().is(Option.YIELD_TO_MAPPERS)) {
            context.setResponse(Refused.by(thrown));
        } else if (!isHandedOn(thrown, context)) {
            if (known) {
                context.setResponse(Refused.by(thrown));
            } else if (thrown instanceof WebApplicationException decided
                    && !(thrown instanceof ResteasyReactiveClientProblem)) {
                context.setResponse(decided.getResponse());
            } else {
                throw Fallback.<RuntimeException>rethrown(thrown);
            }
        }
    }

    private static boolean isHandedOn(Throwable thrown, AsyncExceptionMapperContext context) {
        ExceptionMapper<Throwable> mapper = QuarkusPart.applications(thrown);
        if (mapper == null) {
            return isUnwrapped(thrown) && thrown.getCause() != null && isHandedOn(thrown.getCause(), context);
        }
        if (mapper instanceof ResteasyReactiveAsyncExceptionMapper<Throwable> later) {
            later.asyncResponse(thrown, context);
        } else if (mapper instanceof ResteasyReactiveExceptionMapper<Throwable> reactive) {
            context.setResponse(reactive.toResponse(thrown, context.serverRequestContext()));
        } else {
            context.setResponse(mapper.toResponse(thrown));
        }
        return true;
    }

    private static boolean isUnwrapped(Throwable thrown) {
        return thrown instanceof UndeclaredThrowableException
                || UNWRAPPED.contains(thrown.getClass().getName());
    }
}
