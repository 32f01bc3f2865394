package dev.conflict.spring.boot;

import dev.conflict.servlet.ConflictFilter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * Looks whether an application has a filter of its own, which no property and no customizer reaches, and says so: a property
 * that is set stops the start, and a customizer is a warning, since that filter's own configuration may ask it.
 */
record OwnFilter(ListableBeanFactory beans, Environment environment) implements SmartInitializingSingleton {
    static final String OURS = "conflictFilter";

    private static final Logger LOG = System.getLogger(OwnFilter.class.getName());

    /** All but what is not the filter's: {@code enabled}, {@code mvc} and {@code data-rest}. */
    static final List<String> PROPERTIES = List.of(
            "strict",
            "report-only",
            "tag-on-put",
            "problems-for-errors",
            "error-messages",
            "problems-for-exceptions",
            "type-base",
            "error-code-header",
            "default-language",
            "messages",
            "url-patterns",
            "preconditions",
            "filter-order");

    private static final List<Class<?>> CUSTOMIZERS =
            List.of(ConflictFilterCustomizer.class, ProblemTranslatorCustomizer.class);

    @Override
    public void afterSingletonsInstantiated() {
        if (!beans.containsBeanDefinition(OURS)) {
            own().ifPresent(this::check);
        }
    }

    private Optional<String> own() {
        return Stream.of(
                        ResolvableType.forClass(ConflictFilter.class),
                        ResolvableType.forClassWithGenerics(FilterRegistrationBean.class, ConflictFilter.class))
                .flatMap(type -> Stream.of(beans.getBeanNamesForType(type)))
                .findFirst();
    }

    private void check(String own) {
        PROPERTIES.stream().filter(this::isSet).findFirst().ifPresent(property -> {
            throw new InvalidPropertyException(
                    ConflictProperties.PREFIX + "." + property,
                    "has no effect: the application has a filter of its own, the bean \"" + own
                            + "\", which reads no property.",
                    "Tell it to the filter's builder and remove the property, or remove the bean.");
        });
        for (Class<?> type : CUSTOMIZERS) {
            String[] customizers = beans.getBeanNamesForType(type);
            if (customizers.length > 0) {
                LOG.log(
                        Level.WARNING,
                        "{0}: nobody asks the beans {1}, since the application has a ConflictFilter of its own, the"
                                + " bean {2}. Tell its builder what they tell, or remove it",
                        type.getSimpleName(),
                        Arrays.toString(customizers),
                        own);
            }
        }
    }

    private boolean isSet(String property) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(ConflictProperties.PREFIX + "." + property);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source.getConfigurationProperty(name) != null
                    || source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
                return true;
            }
        }
        return false;
    }
}
