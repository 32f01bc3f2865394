package dev.conflict.benchmarks;

import dev.conflict.servlet.EntityTagFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterConfig;
import java.lang.reflect.Proxy;
import java.util.Collections;
import org.springframework.web.filter.ShallowEtagHeaderFilter;

/** The filters that are compared, by name. */
final class TagFilters {
    private TagFilters() {}

    static Filter of(String name) {
        return switch (name) {
            case "none" -> (request, response, chain) -> chain.doFilter(request, response);
            case "conflict" -> EntityTagFilter.builder().build();
            case "spring" -> new ShallowEtagHeaderFilter();
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The configuration of a filter that has no init-params. */
    static FilterConfig config() {
        return (FilterConfig) Proxy.newProxyInstance(
                FilterConfig.class.getClassLoader(),
                new Class<?>[] {FilterConfig.class},
                (proxy, method, values) ->
                        method.getName().equals("getInitParameterNames") ? Collections.emptyEnumeration() : null);
    }
}
