package dev.conflict.problem;

import dev.conflict.Details;
import dev.conflict.Details.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies the members that a mapper read as plain data. As {@link JsonReader} does, it leaves out as a whole what goes beyond
 * its limits; of what contains itself, or throws when it is read, there is no whole.
 */
final class MapReader {
    /** No body that we would read by ourselves holds more. */
    private static final int MAX_VALUES = 64 * 1024;

    private static final int MAX_DEPTH = 64;

    private int values;
    private boolean beyond;

    private MapReader() {}

    static JsonReader.Read read(Map<String, ? extends @Nullable Object> members) {
        Map<String, @Nullable Object> copies = new LinkedHashMap<>();
        Set<String> leftOut = new LinkedHashSet<>();
        members.forEach((name, value) -> {
            Object copy = new MapReader().whole(value);
            copies.put(name, copy);
            if (copy == null && value != null) {
                leftOut.add(name);
            }
        });
        return new JsonReader.Read(Collections.unmodifiableMap(copies), leftOut);
    }

    /** Copies a value that is neither map nor list, or what is in it, up to the limits of details; null if it is no data. */
    static @Nullable Object data(@Nullable Object value) {
        if (value instanceof String || value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            return value;
        }
        return Details.none().with(Member.CURRENT, value).get(Member.CURRENT).orElse(null);
    }

    private @Nullable Object whole(@Nullable Object value) {
        try {
            Object copy = copy(value, 0);
            return beyond ? null : copy;
        } catch (RuntimeException unreadable) {
            return null;
        }
    }

    private @Nullable Object copy(@Nullable Object value, int depth) {
        values++;
        beyond |= values > MAX_VALUES || depth > MAX_DEPTH;
        if (beyond) {
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            return members(map, depth);
        }
        if (value instanceof Collection<?> items) {
            return items(items, depth);
        }
        return value instanceof Object[] items ? items(Arrays.asList(items), depth) : data(value);
    }

    private Map<String, @Nullable Object> members(Map<?, ?> map, int depth) {
        Map<String, @Nullable Object> copies = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object copy = copy(entry.getValue(), depth + 1);
            if (entry.getKey() instanceof CharSequence name && isData(entry.getValue(), copy)) {
                copies.put(name.toString(), copy);
            }
            if (beyond) {
                break;
            }
        }
        return Collections.unmodifiableMap(copies);
    }

    private List<@Nullable Object> items(Collection<?> items, int depth) {
        List<@Nullable Object> copies = new ArrayList<>();
        for (Object item : items) {
            Object copy = copy(item, depth + 1);
            if (isData(item, copy)) {
                copies.add(copy);
            }
            if (beyond) {
                break;
            }
        }
        return Collections.unmodifiableList(copies);
    }

    private static boolean isData(@Nullable Object value, @Nullable Object copy) {
        return copy != null || value == null;
    }
}
