package dev.conflict.jaxrs;

import dev.conflict.http.ConditionalRequest;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.FeatureContext;
import java.util.Set;
import org.glassfish.hk2.api.Factory;
import org.glassfish.hk2.api.Injectee;
import org.glassfish.hk2.api.InstantiationData;
import org.glassfish.hk2.api.InstantiationService;
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
        private static final Set<String> OF_A_REQUEST =
                Set.of("org.glassfish.jersey.process.internal.RequestScoped", "org.glassfish.hk2.api.PerLookup");

        private final ContainerRequestContext request;
        private final InstantiationService instantiations;

        @Inject
        LedgerFactory(ContainerRequestContext request, InstantiationService instantiations) {
            this.request = request;
            this.instantiations = instantiations;
        }

        @Override
        public ConditionalRequest provide() {
            InstantiationData made = instantiations.getInstantiationData();
            Injectee into = made == null ? null : made.getParentInjectee();
            if (into != null && into.getInjecteeDescriptor() != null) {
                requireOfARequest(into.getInjecteeDescriptor().getScope(), into);
            }
            return JaxrsPreconditions.of(request);
        }

        /** What lives longer than a request would compare all later ones by the first. */
        private static void requireOfARequest(String scope, Injectee into) {
            if (!OF_A_REQUEST.contains(scope)) {
                throw new IllegalStateException(into.getInjecteeClass().getName()
                        + " lives longer than a request, and the ConditionalRequest of one cannot be injected into it."
                        + " Take it as a parameter of the resource's method");
            }
        }

        @Override
        public void dispose(ConditionalRequest ended) {}
    }
}
