package dev.conflict.spring.data.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.data.repository.support.RepositoryInvokerFactory;
import org.springframework.data.rest.webmvc.RepositoryRestHandlerAdapter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;

/**
 * Holds the preconditions of PUT, PATCH and DELETE against the items that Spring Data REST writes, before their content is read
 * and in the transaction that reads them, in place of Spring's own comparison.
 *
 * <pre>{@code
 * @Bean
 * static DataRestGuard dataRestGuard(ListableBeanFactory beans) {
 *     return new DataRestGuard(beans);
 * }
 * }</pre>
 *
 * <ul>
 *   <li>{@code If-Match} with a list or an asterisk and {@code If-None-Match} are evaluated (RFC 9110 §13.1), what the filter
 *       requires is required (428), and a refusal tells the tag that is there, not the one that was sent.
 *   <li>{@code If-None-Match: *} guards a PUT that creates, also against who creates at the same time.
 *   <li>What a faster writer changed after the comparison is a 412; the version is that of the row that was compared, whatever
 *       the content says.
 * </ul>
 *
 * <p>The tags are those that Spring Data REST sends. An entity without {@code @Version} has none: {@code If-Match} with a tag is
 * false of it, and nothing guards what happens after the comparison. The same goes for stores other than JPA, as far as they
 * do not compare versions themselves. Left to Spring are reads, POST to collections, associations ({@code /items/1/owner}), and
 * requests that pass no {@link dev.conflict.servlet.ConflictFilter}.
 *
 * <p>It needs conflict-jpa where JPA is used. It changes beans of two types as they are made, and adds none: the
 * {@code RepositoryInvokerFactory} and the {@code RepositoryRestHandlerAdapter}. Safe for use by many threads.
 */
public final class DataRestGuard implements BeanPostProcessor {
    private final ListableBeanFactory beans;

    /**
     * Creates a guard, to be a bean that a static method makes.
     *
     * @param beans the beans of the application; asked at the first request
     */
    public DataRestGuard(ListableBeanFactory beans) {
        this.beans = Objects.requireNonNull(beans, "beans");
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof RepositoryInvokerFactory repositories) {
            return new GuardedRepositories(repositories, beans);
        }
        if (bean instanceof RepositoryRestHandlerAdapter adapter) {
            replaceTags(adapter);
        }
        return bean;
    }

    private static void replaceTags(RepositoryRestHandlerAdapter adapter) {
        List<HandlerMethodArgumentResolver> resolvers = adapter.getArgumentResolvers();
        if (resolvers != null) {
            List<HandlerMethodArgumentResolver> replaced = new ArrayList<>(resolvers);
            replaced.replaceAll(each -> TagArgument.isSpring(each) ? new TagArgument(each) : each);
            adapter.setArgumentResolvers(replaced);
        }
    }
}
