package dev.conflict.http;

import static dev.conflict.http.Preconditions.IF_MATCH;
import static dev.conflict.http.Preconditions.IF_MODIFIED_SINCE;
import static dev.conflict.http.Preconditions.IF_NONE_MATCH;
import static dev.conflict.http.Preconditions.IF_RANGE;
import static dev.conflict.http.Preconditions.IF_UNMODIFIED_SINCE;

import dev.conflict.EntityTag;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Evaluates preconditions step by step as RFC 9110 §13.2.2 tells it, over {@link Grammar}: slow, and plain enough to be
 * trusted.
 */
final class Reference {
    private static final Verdict PROCEED = new Verdict.Proceed(false);
    private static final Verdict WHOLE = new Verdict.Proceed(true);

    private final Asked asked;

    private Reference(Asked asked) {
        this.asked = asked;
    }

    /** A field that is not read, with the verdicts that say so. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Set<Verdict> verdicts;

        private Fault(Set<Verdict> verdicts) {
            this.verdicts = verdicts;
        }
    }

    /**
     * Returns the right verdict. A field may be both malformed and too large: then it counts which is seen first, and each
     * is right.
     */
    static Set<Verdict> verdicts(Asked asked) {
        try {
            return Set.of(new Reference(asked).verdict());
        } catch (Fault fault) {
            return fault.verdicts;
        }
    }

    /** Where a field is wrong, and how it would be right, is not compared. */
    static Verdict comparable(Verdict verdict) {
        return verdict instanceof Verdict.Malformed malformed
                ? new Verdict.Malformed(malformed.header(), 0, "")
                : verdict;
    }

    private Verdict verdict() throws Fault {
        if (Set.of("OPTIONS", "TRACE", "CONNECT").contains(asked.method)) {
            return PROCEED;
        }
        boolean read = Set.of("GET", "HEAD").contains(asked.method);
        boolean stated = false;

        // 1 and 2
        if (asked.has(IF_MATCH)) {
            if (!isIfMatchTrue(read)) {
                return failed(IF_MATCH);
            }
            stated = !Grammar.isAny(asked.lines(IF_MATCH)) || !asked.refusesAny;
        } else {
            Optional<Instant> date = date(IF_UNMODIFIED_SINCE);
            if (date.isPresent() && lastModified().isPresent()) {
                if (lastModified().get().isAfter(date.get())) {
                    return failed(IF_UNMODIFIED_SINCE);
                }
                stated = asked.acceptsDates;
            }
        }

        // 3 and 4
        if (asked.has(IF_NONE_MATCH)) {
            if (!isIfNoneMatchTrue(read)) {
                return read ? new Verdict.NotModified() : failed(IF_NONE_MATCH);
            }
        } else if (read) {
            Optional<Instant> date = date(IF_MODIFIED_SINCE);
            if (date.isPresent()
                    && lastModified().isPresent()
                    && !lastModified().get().isAfter(date.get())) {
                return new Verdict.NotModified();
            }
        }

        if (asked.exists && asked.requires() && !stated) {
            return new Verdict.Required(
                    asked.acceptsDates && lastModified().isPresent()
                            ? List.of(IF_MATCH, IF_UNMODIFIED_SINCE)
                            : List.of(IF_MATCH));
        }

        // 5
        boolean conditionalRange = asked.method.equals("GET") && asked.has("Range") && asked.has(IF_RANGE);
        return conditionalRange && !isIfRangeTrue() ? WHOLE : PROCEED;
    }

    private boolean isIfMatchTrue(boolean read) throws Fault {
        List<String> lines = readable(IF_MATCH);
        if (!asked.exists || Grammar.isAny(lines)) {
            return asked.exists;
        }
        List<EntityTag> present = new ArrayList<>(tag().stream().toList());
        if (!read) {
            present.addAll(asked.equivalents);
        }
        return Grammar.tags(lines).stream()
                .filter(stated -> !stated.weak() || asked.acceptsWeakened)
                .anyMatch(stated -> present.stream()
                        .filter(tag -> !tag.isWeak())
                        .anyMatch(tag -> namings(tag).contains(stated.opaque())));
    }

    private boolean isIfNoneMatchTrue(boolean read) throws Fault {
        List<String> lines;
        try {
            lines = readable(IF_NONE_MATCH);
        } catch (Fault unreadable) {
            if (read) {
                return true;
            }
            throw unreadable;
        }
        if (!asked.exists || Grammar.isAny(lines)) {
            return !asked.exists;
        }
        return Grammar.tags(lines).stream()
                .noneMatch(stated -> tag().stream().anyMatch(tag -> namings(tag).contains(stated.opaque())));
    }

    private boolean isIfRangeTrue() {
        if (asked.lines(IF_RANGE).size() != 1) {
            return false;
        }
        String stated = Grammar.withoutOws(asked.lines(IF_RANGE).get(0));
        if (tag().stream().anyMatch(tag -> !tag.isWeak() && tag.toString().equals(stated))) {
            return true;
        }
        return asked.strongDate
                && lastModified().isPresent()
                && date(IF_RANGE).equals(lastModified())
                && stated.startsWith(dayName(lastModified().get()));
    }

    private static String dayName(Instant moment) {
        return moment.atZone(ZoneOffset.UTC).getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
    }

    /** The texts that name a tag: its own, and with each ending that counts for nothing. */
    private Set<String> namings(EntityTag tag) {
        Set<String> namings = new HashSet<>(Set.of(tag.opaque()));
        asked.suffixes.forEach(suffix -> namings.add(tag.opaque() + suffix));
        return namings;
    }

    private List<String> readable(String header) throws Fault {
        List<String> lines = asked.lines(header);
        Set<Verdict> faults = new HashSet<>();
        boolean wellFormed = Grammar.isWellFormed(lines);
        if (!wellFormed) {
            faults.add(new Verdict.Malformed(header, 0, ""));
        }
        if (Grammar.joined(lines).length() > asked.maxLength) {
            faults.add(new Verdict.TooLarge(header, asked.maxLength, Verdict.Unit.CHARACTERS));
        }
        // Of a field that is malformed it is known only that a comma stands between two tags.
        long tags = wellFormed
                ? Grammar.tags(lines).size()
                : Stream.of(Grammar.joined(lines).split(",", -1))
                        .filter(element -> !element.isBlank())
                        .count();
        if (tags > asked.maxTags) {
            faults.add(new Verdict.TooLarge(header, asked.maxTags, Verdict.Unit.TAGS));
        }
        if (!faults.isEmpty()) {
            throw new Fault(faults);
        }
        return lines;
    }

    private Optional<Instant> date(String header) {
        List<String> lines = asked.lines(header);
        return lines.size() == 1 ? Grammar.date(lines.get(0), asked.now) : Optional.empty();
    }

    private Optional<Instant> lastModified() {
        return Optional.ofNullable(asked.lastModified).map(moment -> moment.truncatedTo(ChronoUnit.SECONDS));
    }

    private Optional<EntityTag> tag() {
        return Optional.ofNullable(asked.tag);
    }

    private Verdict failed(String header) {
        return new Verdict.Failed(header, Grammar.joined(asked.lines(header)), asked.tag);
    }
}
