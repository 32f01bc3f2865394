package dev.conflict.problem;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The links of an answer: the application's, and the page about its type. */
final class Links {
    /** The relation of the page about a type, registered with IANA. */
    static final String HELP = "help";

    private Links() {}

    static Optional<Map<String, @Nullable Object>> of(@Nullable Object given, @Nullable URI help) {
        Map<String, @Nullable Object> links = new LinkedHashMap<>();
        if (given instanceof Map<?, ?> own) {
            own.forEach((relation, href) -> links.put(String.valueOf(relation), href));
        }
        if (help != null) {
            links.putIfAbsent(HELP, help.toString());
        }
        return links.isEmpty() ? Optional.empty() : Optional.of(links);
    }
}
