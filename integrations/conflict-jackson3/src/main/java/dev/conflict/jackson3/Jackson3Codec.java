package dev.conflict.jackson3;

import dev.conflict.JsonCodec;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * An application's Jackson 3 mapper as a {@link JsonCodec}.
 *
 * <pre>{@code
 * JsonCodec codec = Jackson3Codec.of(mapper);
 * Optional<Document> theirs = problem.read("current", Document.class, codec);
 * }</pre>
 *
 * <p>Nothing of it is needed to send or read a problem, or to put a {@code ProblemDetail} into another object: any mapper
 * takes it for a bean. Safe for use by many threads, as the mapper is.
 */
public final class Jackson3Codec implements JsonCodec {
    private final ObjectMapper mapper;

    private Jackson3Codec(ObjectMapper mapper) {
        this.mapper = Objects.requireNonNull(mapper, "mapper");
    }

    /**
     * Returns the codec of a mapper.
     *
     * @param mapper the application's mapper for JSON, with its settings
     * @return the codec
     */
    public static Jackson3Codec of(ObjectMapper mapper) {
        return new Jackson3Codec(mapper);
    }

    /**
     * Writes a value.
     *
     * @throws tools.jackson.core.JacksonException if the mapper cannot write the value
     */
    @Override
    public byte[] write(@Nullable Object value) {
        return mapper.writeValueAsBytes(value);
    }

    /**
     * Reads a value.
     *
     * @throws tools.jackson.core.JacksonException if the JSON is not that of such a value
     */
    @Override
    public <T> @Nullable T read(byte[] json, Class<T> type) {
        return mapper.readValue(json, type);
    }
}
