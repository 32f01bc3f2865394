package dev.conflict.spring;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.data.mapping.PersistentEntity;
import org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport;
import org.springframework.data.rest.core.event.BeforeCreateEvent;
import org.springframework.data.rest.core.event.BeforeDeleteEvent;
import org.springframework.data.rest.core.event.BeforeSaveEvent;
import org.springframework.data.rest.core.event.RepositoryEvent;
import org.springframework.data.rest.webmvc.HttpHeadersPreparer;
import org.springframework.data.rest.webmvc.RepositoryRestHandlerAdapter;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Holds what a PUT, PATCH or DELETE of an item of Spring Data REST states against the item's row, in the transaction of the
 * repository that writes it (RFC 9110 §13).
 *
 * <p>Items are those whose repository is one of Jakarta Persistence, and whose entity has a version. Their tags and dates stay
 * those that Spring Data REST sends. In place of its own comparison, which knows one tag and nothing else, come all
 * preconditions: lists, {@code If-Match: *}, {@code If-None-Match: *}, {@code If-Unmodified-Since}.
 *
 * <ol>
 *   <li>What the item is before the request's content is read into it, is remembered; what the content says of its version is dropped.
 *   <li>A false precondition ends the request before the application's handlers hear of the write.
 *   <li>In the repository's transaction the row is compared again, and once more at the commit: a race that is lost there is
 *       refused with 412 too.
 * </ol>
 *
 * <p>Not guarded are associations ({@code /orders/1/customer}), which have no tag, and items of other stores. As a bean of a
 * static method it sees all repositories. Instances are safe for use by many threads.
 */
public final class ConflictDataRest implements BeanPostProcessor, ApplicationListener<RepositoryEvent>, Ordered {
    private final Supplier<Stream<EntityManagerFactory>> factories;
    private final Supplier<HttpHeadersPreparer> fields;
    private final Supplier<PreconditionDemand> demand;
    private final Map<Class<?>, Optional<EntityManagerFactory>> guarded = new ConcurrentHashMap<>();

    /**
     * Creates a bean; what it needs is asked for when the first request is served.
     *
     * @param factories the persistence units
     * @param fields makes the header fields of an item
     * @param demand whether writes have to state anything
     */
    public ConflictDataRest(
            Supplier<Stream<EntityManagerFactory>> factories,
            Supplier<HttpHeadersPreparer> fields,
            Supplier<PreconditionDemand> demand) {
        this.factories = Objects.requireNonNull(factories, "factories");
        this.fields = Objects.requireNonNull(fields, "fields");
        this.demand = Objects.requireNonNull(demand, "demand");
    }

    /** Returns the highest precedence: a refused write is none that others should hear of. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    /** Has the repositories of an application compare inside of their transactions. */
    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof RepositoryFactoryBeanSupport<?, ?, ?> repository) {
            repository.addRepositoryFactoryCustomizer(factory -> factory.addRepositoryProxyPostProcessor(
                    (proxy, information) -> proxy.addAdvice((org.aopalliance.intercept.MethodInterceptor)
                            call -> guard(information.getDomainType(), call))));
        }
        return bean;
    }

    /** Has the handlers of Spring Data REST leave preconditions to the repositories. */
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof RepositoryRestHandlerAdapter adapter && adapter.getArgumentResolvers() != null) {
            adapter.setArgumentResolvers(DataRestArguments.guarded(adapter.getArgumentResolvers(), this));
        }
        return bean;
    }

    /**
     * Hears of a write before the application does.
     *
     * @param event what is about to be done
     */
    @Override
    public void onApplicationEvent(RepositoryEvent event) {
        boolean creation = event instanceof BeforeCreateEvent;
        if (creation || event instanceof BeforeSaveEvent || event instanceof BeforeDeleteEvent) {
            DataRestWrite write = DataRestWrite.current();
            if (write != null) {
                write.announce(event.getSource(), creation);
            }
        }
    }

    DataRestWrite write(HttpServletRequest request, PersistentEntity<?, ?> type) {
        return DataRestWrite.of(request, type, fields.get(), demand.get());
    }

    /** Whether a repository of this type has been told to compare, and its rows have a version. */
    boolean guards(Class<?> domain) {
        return factory(domain).isPresent();
    }

    private Optional<EntityManagerFactory> factory(Class<?> domain) {
        return guarded.computeIfAbsent(
                domain,
                type -> factories
                        .get()
                        .filter(each -> each.getMetamodel().getEntities().stream()
                                .anyMatch(entity -> entity.getJavaType() == type && entity.hasVersionAttribute()))
                        .findFirst());
    }

    private @Nullable Object guard(Class<?> domain, MethodInvocation call) throws Throwable {
        DataRestWrite write = DataRestWrite.current();
        if (write == null
                || TransactionSynchronizationManager.isCurrentTransactionReadOnly()
                || !write.isMadeBy(call.getArguments())) {
            return call.proceed();
        }
        EntityManagerFactory factory = factory(domain).orElse(null);
        EntityManager em = factory == null ? null : EntityManagerFactoryUtils.getTransactionalEntityManager(factory);
        if (factory != null && em != null) {
            write.check(factory, em);
        }
        Object result = call.proceed();
        write.written();
        return result;
    }
}
