package dev.conflict.jaxrs;

import jakarta.annotation.Priority;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.spi.ExtendedExceptionMapper;

/**
 * Maps what is known, for Jersey, which asks a mapper whether it wants an exception before it takes the nearest one. What
 * nobody knows is mapped, or not, as if these mappers were not there.
 *
 * @param <T> the class that is mapped; of two mappers for one class the priority decides
 */
abstract class JerseyMapper<T extends Throwable> implements ExtendedExceptionMapper<T> {
    private final Installed installed;

    private JerseyMapper(Installed installed) {
        this.installed = installed;
    }

    /** Stands beside every catch-all there can be, and before it. */
    static void register(FeatureContext context, Installed installed) {
        context.register(new OfUnchecked(installed), Order.FIRST_MAPPER);
        context.register(new OfExceptions(installed), Order.FIRST_MAPPER);
        context.register(new OfAnything(installed), Order.FIRST_MAPPER);
        context.register(new OfTheRest(installed), Order.AFTER_USER);
        if (Violations.arePresent()) {
            context.register(new OfViolations(installed), Order.AFTER_USER);
        }
    }

    @Override
    public boolean isMappable(T thrown) {
        return !installed.edge().is(Option.YIELD_TO_MAPPERS) && installed.knows(thrown);
    }

    @Override
    public Response toResponse(T thrown) {
        if (!isMappable(thrown)) { // somebody asked the Providers for a mapper, where nobody asks that before
            throw Fallback.<RuntimeException>rethrown(thrown);
        }
        return Refused.by(thrown);
    }

    static final class OfAnything extends JerseyMapper<Throwable> {
        OfAnything(Installed installed) {
            super(installed);
        }
    }

    /** What the application has no mapper for, if its mappers come first. */
    static final class OfTheRest extends JerseyMapper<Throwable> {
        private final Installed installed;

        OfTheRest(Installed installed) {
            super(installed);
            this.installed = installed;
        }

        @Override
        public boolean isMappable(Throwable thrown) {
            return installed.knows(thrown);
        }
    }

    static final class OfExceptions extends JerseyMapper<Exception> {
        OfExceptions(Installed installed) {
            super(installed);
        }
    }

    static final class OfUnchecked extends JerseyMapper<RuntimeException> {
        OfUnchecked(Installed installed) {
            super(installed);
        }
    }

    /** Only where Bean Validation is on the class path. */
    @Priority(Order.AFTER_USER)
    static final class OfViolations extends JerseyMapper<ConstraintViolationException> {
        OfViolations(Installed installed) {
            super(installed);
        }
    }
}
