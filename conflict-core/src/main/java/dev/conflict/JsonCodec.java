package dev.conflict;

import org.jspecify.annotations.Nullable;

/**
 * The application's JSON mapper, as far as we need it: its types out and in.
 *
 * <p>Problems are written and read without one. It is asked only where the application hands over, or wants back, a type
 * of its own. {@code conflict-jackson3} has one for Jackson 3; for another mapper it is two lines. Implementations are safe
 * for use by many threads.
 */
public interface JsonCodec {
    /**
     * Writes a value.
     *
     * @param value a value of the application's
     * @return its JSON, in UTF-8
     * @throws RuntimeException if the value cannot be written
     */
    byte[] write(@Nullable Object value);

    /**
     * Reads a value.
     *
     * @param <T> the value's type
     * @param json the JSON, in UTF-8
     * @param type the value's class
     * @return the value; null if the JSON is {@code null}
     * @throws RuntimeException if the JSON is not that of such a value
     */
    <T> @Nullable T read(byte[] json, Class<T> type);
}
