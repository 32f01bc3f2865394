package dev.conflict.jaxrs;

import dev.conflict.http.ConditionalRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.lang.annotation.Annotation;
import java.util.Set;

/**
 * Gives {@code @Context ConditionalRequest} to resources in Quarkus, whose container of beans takes part in injecting. No
 * other container takes the scope of this class for the sign of a bean.
 */
@Singleton
final class QuarkusLedger {
    private static final Set<Class<? extends Annotation>> OF_A_REQUEST = Set.of(RequestScoped.class, Dependent.class);

    @Produces
    @Dependent
    ConditionalRequest ledger(InjectionPoint into, Instance<ContainerRequestContext> request) {
        Bean<?> owner = into.getBean();
        if (owner != null && !OF_A_REQUEST.contains(owner.getScope())) {
            throw new IllegalStateException(owner.getBeanClass().getName()
                    + " lives longer than a request, and the ConditionalRequest of one cannot be injected into it."
                    + " Take it as a parameter of the resource's method");
        }
        return JaxrsPreconditions.of(request.get());
    }
}
