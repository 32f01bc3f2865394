package dev.conflict.http;

import dev.conflict.EntityTag;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request, what it is held against, and the rules, written as a text that a person can read and a fuzzer can change.
 *
 * <pre>
 * PUT required weakened -gzip
 * ETag: "a"
 * Also: "a+xml"
 * Last-Modified: 1994-11-06T08:49:37Z
 * If-Match: "b", "a"
 * If-Match: "c"
 * </pre>
 *
 * <p>The first line is the method and words: {@code absent} (nothing is there), {@code strong-date} (what is there moves at
 * most once a second), {@code required}, {@code dates}, {@code no-any}, {@code weakened}, {@code chars=N}, {@code tags=N},
 * and endings that start with {@code -} or {@code ;}. {@code ETag}, {@code Also} (an equivalent tag) and
 * {@code Last-Modified} say what is there, the other lines are the request's. What has no meaning counts for nothing.
 */
final class Asked {
    private static final Pattern LIMIT = Pattern.compile("(chars|tags)=([1-9][0-9]{0,5})");

    final Instant now = Instant.parse("2026-11-23T10:00:00Z");
    final String method;
    final boolean required;
    final boolean acceptsDates;
    final boolean refusesAny;
    final boolean acceptsWeakened;
    final List<String> suffixes;
    final int maxLength;
    final int maxTags;
    final boolean exists;
    final @Nullable EntityTag tag;
    final List<EntityTag> equivalents;
    final @Nullable Instant lastModified;
    final boolean strongDate;
    private final Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Asked(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        List<String> words = List.of(lines.get(0).split(" ", -1));
        method = words.get(0);
        required = words.contains("required");
        acceptsDates = words.contains("dates");
        refusesAny = words.contains("no-any");
        acceptsWeakened = words.contains("weakened");
        suffixes = words.stream()
                .filter(word -> word.startsWith("-") || word.startsWith(";"))
                .filter(word -> tag('"' + word + '"') != null)
                .toList();
        maxLength = limit(words, "chars", 8192);
        maxTags = limit(words, "tags", 256);
        lines.stream().skip(1).forEach(this::addLine);
        exists = !words.contains("absent");
        tag = exists ? tags("ETag").findFirst().orElse(null) : null;
        equivalents = tag == null ? List.of() : tags("Also").toList();
        lastModified = exists ? moment("Last-Modified") : null;
        strongDate = words.contains("strong-date");
    }

    private void addLine(String line) {
        int colon = line.indexOf(": ");
        if (colon > 0) {
            fields.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 2));
        }
    }

    private Stream<EntityTag> tags(String name) {
        return lines(name).stream().map(Asked::tag).filter(Objects::nonNull);
    }

    private static @Nullable EntityTag tag(String text) {
        try {
            return EntityTag.parse(text);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    private @Nullable Instant moment(String name) {
        try {
            return has(name) ? Instant.parse(lines(name).get(0)) : null;
        } catch (DateTimeException none) {
            return null;
        }
    }

    private static int limit(List<String> words, String name, int otherwise) {
        return words.stream()
                .map(LIMIT::matcher)
                .filter(limit -> limit.matches() && limit.group(1).equals(name))
                .findFirst()
                .map(limit -> Integer.valueOf(limit.group(2)))
                .orElse(otherwise);
    }

    List<String> lines(String name) {
        return fields.getOrDefault(name, List.of());
    }

    boolean has(String name) {
        return !lines(name).isEmpty();
    }

    /** Whether the method is one that must state something. */
    boolean requires() {
        return required && Set.of("PUT", "PATCH", "DELETE").contains(method);
    }

    Preconditions rules() {
        Preconditions rules = (required ? Preconditions.required() : Preconditions.optional())
                .clock(InstantSource.fixed(now))
                .limits(maxLength, maxTags)
                .acceptingCodingSuffixes(suffixes.toArray(String[]::new));
        rules = acceptsDates ? rules.acceptingDates() : rules;
        rules = refusesAny ? rules.refusingAny() : rules;
        return acceptsWeakened ? rules.acceptingWeakenedTags() : rules;
    }

    private Validators current() {
        Validators current = exists ? Validators.untagged() : Validators.absent();
        if (tag != null) {
            current = Validators.of(tag).equivalents(equivalents.toArray(EntityTag[]::new));
        }
        if (lastModified != null) {
            current = strongDate ? current.strongLastModified(lastModified) : current.lastModified(lastModified);
        }
        return current;
    }

    Verdict evaluate() {
        return rules().evaluate(method, name -> Collections.enumeration(lines(name)), current());
    }
}
