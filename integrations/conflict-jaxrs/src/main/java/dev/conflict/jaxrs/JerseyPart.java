package dev.conflict.jaxrs;

import dev.conflict.http.ConditionalRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.FeatureContext;
import org.glassfish.hk2.api.Factory;
import org.glassfish.hk2.utilities.binding.AbstractBinder;

/** What is for Jersey alone, loaded where Jersey is. */
final class JerseyPart {
    private JerseyPart() {}

    static void register(FeatureContext context, Installed installed) {
        JerseyMapper.register(context, installed);
        if (Presence.of("org.glassfish.hk2.utilities.binding.AbstractBinder")) {
            context.register(new LedgerBinder());
        }
    }

    /** Gives {@code @Context ConditionalRequest} to resources; HK2's own binder is the one that Jersey 3.1 and 4 both have. */
    private static final class LedgerBinder extends AbstractBinder {
        @Override
        protected void configure() {
            bindFactory(LedgerFactory.class).to(ConditionalRequest.class);
        }
    }

    /** Made by HK2 for each injection. */
    static final class LedgerFactory implements Factory<ConditionalRequest> {
        private final ContainerRequestContext request;

        @Inject
        LedgerFactory(ContainerRequestContext request) {
            this.request = request;
        }

        @Override
        public ConditionalRequest provide() {
            return JaxrsPreconditions.of(request);
        }

        @Override
        public void dispose(ConditionalRequest ended) {}
    }
}
