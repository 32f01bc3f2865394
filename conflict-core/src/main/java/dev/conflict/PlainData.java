package dev.conflict;

import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Copies values of known types into text, numbers, booleans, lists and maps, and leaves everything else out; also what
 * throws when it is read, such as a collection that its session can no longer load.
 */
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
        if (isFull()) {
            return null;
        }
        values++;
        if (value == null || depth > MAX_DEPTH) {
            return null;
        }
        try {
            Serializable scalar = scalar(value);
            return scalar != null ? scalar : compound(value, depth);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    private boolean isFull() {
        return values >= MAX_VALUES;
    }

    private @Nullable Serializable compound(Object value, int depth) {
        if (value instanceof Optional<?> optional) {
            return copy(optional.orElse(null), depth + 1);
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, depth);
        }
        if (value instanceof Collection<?> items) {
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
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof CharSequence
                || value instanceof Character
                || value instanceof TemporalAccessor
                || value instanceof UUID
                || value instanceof URI
                || value instanceof EntityTag) {
            return value.toString();
        }
        if (value instanceof Date date) {
            return text(date);
        }
        if (value instanceof Revision revision) {
            return revision.value() instanceof Long number ? number : revision.toString();
        }
        return null;
    }

    /** ISO 8601, also of the dates without a time, and times without a date, of {@code java.sql}. */
    private static String text(Date date) {
        try {
            return date.toInstant().toString();
        } catch (UnsupportedOperationException halfAMoment) {
            return String.valueOf(date);
        }
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
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (isFull()) {
                break;
            }
            String name = name(entry.getKey());
            Serializable value = copy(entry.getValue(), depth + 1);
            if (name != null && (value != null || entry.getValue() == null)) {
                copy.put(name, value);
            }
        }
        return (Serializable) Collections.unmodifiableMap(copy);
    }

    private static @Nullable String name(@Nullable Object key) {
        if (key instanceof Enum<?> constant) {
            return constant.name();
        }
        return key instanceof CharSequence text ? text.toString() : null;
    }

    private Serializable list(Collection<?> items, int depth) {
        ArrayList<@Nullable Serializable> copy = new ArrayList<>();
        for (Object item : items) {
            if (isFull()) {
                break;
            }
            add(copy, item, depth);
        }
        return (Serializable) Collections.unmodifiableList(copy);
    }

    private Serializable array(Object array, int depth) {
        ArrayList<@Nullable Serializable> copy = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array) && !isFull(); i++) {
            add(copy, Array.get(array, i), depth);
        }
        return (Serializable) Collections.unmodifiableList(copy);
    }

    private void add(List<@Nullable Serializable> copy, @Nullable Object item, int depth) {
        Serializable value = copy(item, depth + 1);
        if (value != null || item == null) {
            copy.add(value);
        }
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
