package dev.conflict.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;

/**
 * Registers a filter before those that are declared, if it is the only one of its class.
 *
 * @param what the filter with its article, for whoever registers a second one
 * @param advice what to do instead
 */
record Registration(String what, String advice) {
    /**
     * Registers a filter.
     *
     * @throws IllegalStateException if the application has a filter of this class already, or has started
     * @throws IllegalArgumentException if there is no pattern
     */
    void register(ServletContext context, Filter filter, EnumSet<DispatcherType> dispatches, String... patterns) {
        if (patterns.length == 0) {
            throw new IllegalArgumentException("A filter without a URL pattern filters nothing; use \"/*\"");
        }
        String name = filter.getClass().getName();
        for (FilterRegistration declared : context.getFilterRegistrations().values()) {
            if (name.equals(declared.getClassName())) {
                throw registered(declared.getName());
            }
        }
        FilterRegistration.Dynamic registration = context.addFilter(name, filter);
        if (registration == null) {
            throw registered(name);
        }
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(dispatches, false, patterns);
    }

    private IllegalStateException registered(String name) {
        return new IllegalStateException(
                "The application has " + what + " already, by the name \"" + name + "\"; " + advice);
    }
}
