package dev.conflict;

import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Copies values of known types into text, numbers, booleans, lists and maps, and leaves everything else out. */
final class PlainData {
    /** Also ends what contains itself. */
    private static final int MAX_DEPTH = 64;

    /** Ends what is small but refers to its parts many times over. */
    private static final int MAX_VALUES = 10_000;

    private int values;

    private PlainData() {}

    /** Returns a copy as plain data, or null if the value is null or of a type that is not known to be data. */
    static @Nullable Serializable of(@Nullable Object value) {
        return new PlainData().copy(value, 0);
    }

    private @Nullable Serializable copy(@Nullable Object value, int depth) {
        if (value == null || depth > MAX_DEPTH || ++values > MAX_VALUES) {
            return null;
        }
        Serializable scalar = scalar(value);
        if (scalar != null) {
            return scalar;
        }
        if (value instanceof Optional<?> optional) {
            return copy(optional.orElse(null), depth);
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, depth);
        }
        if (value instanceof Iterable<?> items && !(value instanceof java.nio.file.Path)) {
            return list(items, depth);
        }
        if (value.getClass().isArray()) {
            return array(value, depth);
        }
        return value instanceof Record fields ? members(fields, depth) : null;
    }

    private static @Nullable Serializable scalar(Object value) {
        if (value instanceof Boolean || isNumber(value)) {
            return (Serializable) value;
        }
        if (value instanceof CharSequence
                || value instanceof Character
                || value instanceof TemporalAccessor
                || value instanceof UUID
                || value instanceof URI
                || value instanceof EntityTag) {
            return value.toString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Revision revision) {
            return revision.value() instanceof Long number ? number : revision.toString();
        }
        return null;
    }

    private static boolean isNumber(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return Double.isFinite(((Number) value).doubleValue());
        }
        return value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value.getClass() == BigDecimal.class
                || value.getClass() == BigInteger.class;
    }

    private Serializable map(Map<?, ?> map, int depth) {
        LinkedHashMap<String, @Nullable Serializable> copy = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            if (name instanceof CharSequence || name instanceof Enum<?>) {
                copy.put(name.toString(), copy(value, depth + 1));
            }
        });
        return (Serializable) Collections.unmodifiableMap(copy);
    }

    private Serializable list(Iterable<?> items, int depth) {
        ArrayList<@Nullable Serializable> copy = new ArrayList<>();
        for (Object item : items) {
            if (values >= MAX_VALUES) {
                break;
            }
            copy.add(copy(item, depth + 1));
        }
        return (Serializable) Collections.unmodifiableList(copy);
    }

    private Serializable array(Object array, int depth) {
        int length = Math.min(Array.getLength(array), MAX_VALUES);
        ArrayList<@Nullable Serializable> copy = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            copy.add(copy(Array.get(array, i), depth + 1));
        }
        return (Serializable) Collections.unmodifiableList(copy);
    }

    private Serializable members(Record fields, int depth) {
        LinkedHashMap<String, @Nullable Serializable> copy = new LinkedHashMap<>();
        for (RecordComponent component : fields.getClass().getRecordComponents()) {
            Serializable value = copy(read(component, fields), depth + 1);
            if (value != null) {
                copy.put(component.getName(), value);
            }
        }
        return (Serializable) Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object read(RecordComponent component, Record fields) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(fields);
        } catch (ReflectiveOperationException | RuntimeException closed) {
            return null; // a record in a closed module, or an accessor that throws: its owner does not offer it as data
        }
    }
}
