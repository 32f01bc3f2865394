package dev.conflict.http;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Header fields of a request in a test. */
final class Fields {
    private final Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Fields() {}

    static Fields none() {
        return new Fields();
    }

    Fields and(String name, String... values) {
        lines.put(name.toLowerCase(Locale.ROOT), List.of(values));
        return this;
    }

    FieldLines lines() {
        return name -> Collections.enumeration(lines.getOrDefault(name, List.of()));
    }
}
