package dev.conflict.jaxrs;

import dev.conflict.http.ConditionalRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import java.util.function.Supplier;
import org.glassfish.jersey.internal.inject.AbstractBinder;

/** What is for Jersey alone, loaded where Jersey is. */
final class JerseyPart {
    private JerseyPart() {}

    static void register(FeatureContext context, Installed installed) {
        JerseyMapper.register(context, installed);
        context.register(new LedgerBinder());
    }

    /** Gives {@code @Context ConditionalRequest} to resources. */
    private static final class LedgerBinder extends AbstractBinder {
        @Override
        protected void configure() {
            bindFactory(LedgerSupplier.class).to(ConditionalRequest.class);
        }
    }

    /** Made by Jersey for each injection. */
    public static final class LedgerSupplier implements Supplier<ConditionalRequest> {
        private final ContainerRequestContext request;

        /** For Jersey. */
        @Inject
        public LedgerSupplier(@Context ContainerRequestContext request) {
            this.request = request;
        }

        @Override
        public ConditionalRequest get() {
            return JaxrsPreconditions.of(request);
        }
    }
}
