package dev.conflict.jaxrs;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Providers;
import org.jspecify.annotations.Nullable;

/** What the specification offers to go on with: the next mapper, else the exception itself. */
final class PlainFallback implements Fallback {
    @Override
    @SuppressWarnings("unchecked") // a mapper that is found for a class maps that class
    public Response answer(Throwable thrown, Class<? extends Throwable> above, @Nullable Providers providers) {
        ExceptionMapper<Throwable> mapper = providers == null
                ? null
                : (ExceptionMapper<Throwable>) (ExceptionMapper<?>) providers.getExceptionMapper(above);
        if (mapper != null) {
            return mapper.toResponse(thrown);
        }
        if (thrown instanceof WebApplicationException decided) {
            return decided.getResponse();
        }
        throw Fallback.<RuntimeException>rethrown(thrown);
    }
}
