package dev.conflict.http;

import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Looks up the lines of a header field, on whatever transport.
 *
 * <pre>{@code
 * FieldLines servlet = request::getHeaders;
 * FieldLines client = name -> Collections.enumeration(headers.allValues(name));
 * }</pre>
 */
@FunctionalInterface
public interface FieldLines {
    /**
     * Returns every line of a field in the order in which the lines came.
     *
     * @param name the field's name, matched without regard to case
     * @return the lines; empty or null if the field is absent
     */
    @Nullable Enumeration<String> of(String name);

    /**
     * Returns the first line of a field. A transport overrides this if it finds one line for less than all of them.
     *
     * @param name the field's name, matched without regard to case
     * @return the line; null if the field is absent
     */
    default @Nullable String first(String name) {
        Enumeration<String> lines = of(name);
        return lines != null && lines.hasMoreElements() ? lines.nextElement() : null;
    }
}
