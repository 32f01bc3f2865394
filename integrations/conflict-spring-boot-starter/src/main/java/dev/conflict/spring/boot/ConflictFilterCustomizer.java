package dev.conflict.spring.boot;

import dev.conflict.servlet.ConflictFilter;

/**
 * Changes how the filter is configured, where the properties do not reach; a bean of this type is asked after them.
 *
 * <pre>{@code
 * @Bean
 * ConflictFilterCustomizer traced(Tracer tracer) {
 *     return filter -> filter.traceId(request -> tracer.currentId());
 * }
 * }</pre>
 */
@FunctionalInterface
public interface ConflictFilterCustomizer {
    /**
     * Changes the configuration.
     *
     * @param filter the configuration, as the properties left it
     */
    void customize(ConflictFilter.Builder filter);
}
