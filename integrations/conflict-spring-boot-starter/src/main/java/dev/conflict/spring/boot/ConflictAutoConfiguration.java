package dev.conflict.spring.boot;

import dev.conflict.ConflictReader;
import dev.conflict.event.ConflictListener;
import dev.conflict.jpa.JpaConflictReader;
import dev.conflict.servlet.ConflictFilter;
import dev.conflict.sql.ConstraintCatalog;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Registers the {@link ConflictFilter} in a servlet application, behind Spring Security and for asynchronous dispatches as well.
 *
 * <p>It is given the application's beans of these types: {@link ConflictReader}, {@link ConflictListener},
 * {@link ConstraintCatalog}, {@link ConflictFilterCustomizer}, {@link ProblemTranslatorCustomizer}. An application that has a
 * bean of the filter, or of its registration, keeps that; a property of ours that would change the filter then stops the start.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(ConflictFilter.class)
@ConditionalOnBooleanProperty(prefix = ConflictProperties.PREFIX, name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(ConflictProperties.class)
public class ConflictAutoConfiguration {
    private static final String SECURITY_ORDER = "spring.security.filter.order";
    private static final int STANDARD_SECURITY_ORDER = -100;

    /** Creates the configuration; for Spring. */
    public ConflictAutoConfiguration() {}

    @Bean
    static OwnFilter conflictOwnFilter(ListableBeanFactory beans, Environment environment) {
        return new OwnFilter(beans, environment);
    }

    @Bean(OwnFilter.OURS)
    @ConditionalOnMissingBean(value = ConflictFilter.class, parameterizedContainer = FilterRegistrationBean.class)
    FilterRegistrationBean<ConflictFilter> conflictFilter(
            ConflictProperties properties,
            ObjectProvider<ConflictReader> readers,
            ObjectProvider<ConstraintCatalog> catalogs,
            ObjectProvider<ConflictListener> listeners,
            ObjectProvider<ProblemTranslatorCustomizer> problemCustomizers,
            ObjectProvider<ConflictFilterCustomizer> filterCustomizers,
            Environment environment) {
        ConflictFilter.Builder builder = ConflictFilter.builder();
        FilterSettings.apply(properties, builder);
        readers.orderedStream().forEach(builder::reader);
        catalogs.ifAvailable(catalog -> builder.reader(JpaConflictReader.of(catalog)));
        listeners.orderedStream().forEach(builder::listener);
        builder.problems(problems -> problemCustomizers.orderedStream().forEach(each -> each.customize(problems)));
        filterCustomizers.orderedStream().forEach(each -> each.customize(builder));

        FilterRegistrationBean<ConflictFilter> registration = new FilterRegistrationBean<>(builder.build());
        registration.setUrlPatterns(properties.urlPatterns());
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        registration.setAsyncSupported(true);
        registration.setOrder(order(properties, environment));
        return registration;
    }

    /** Behind Security, so that what is refused was allowed to be asked, and the caller is known. */
    private static int order(ConflictProperties properties, Environment environment) {
        Integer given = properties.filterOrder();
        return given != null
                ? given
                : environment.getProperty(SECURITY_ORDER, Integer.class, STANDARD_SECURITY_ORDER) + 1;
    }
}
