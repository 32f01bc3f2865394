package dev.conflict.http;

import dev.conflict.EntityTag;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;

/**
 * Reads the lines of an {@code If-Match} or {@code If-None-Match} field in one pass, and compares each tag on the way
 * (RFC 9110 §13.1.1, §13.1.2, lists as in §5.6.1).
 *
 * <p>The whole list is read even after a match, so that a malformed field is malformed whatever the present tag is.
 * Nothing is copied out of the lines, and nothing is made unless the field has a fault.
 */
final class TagList {
    /** What a field says of the present tag. */
    enum Found {
        ANY,
        MATCH,
        NO_MATCH
    }

    /** Ends the reading of a field that has a fault; without a stack trace, as the fault is the caller's. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        final transient Verdict verdict;

        private Fault(Verdict verdict) {
            super(null, null, false, false);
            this.verdict = verdict;
        }
    }

    private static final int JOINT = 2; // lines are joined by a comma and a space

    private TagList() {}

    /**
     * Reads a field that is present.
     *
     * @param line its first line
     * @param more whether there are others
     * @param lines those
     * @param strongly whether tags compare strongly
     * @param write whether a tag may as well be one that the present state bears elsewhere
     */
    static Found find(
            String line,
            boolean more,
            Enumeration<String> lines,
            String header,
            Preconditions rules,
            Validators current,
            boolean strongly,
            boolean write)
            throws Fault {
        String present = current.strongTag();
        boolean others = hasOthers(rules, current, write);
        int offset = 0;
        int tags = 0;
        boolean any = false;
        boolean other = false;
        boolean match = false;
        while (true) {
            int length = line.length();
            if (length > rules.maxLength - offset) {
                throw new Fault(new Verdict.TooLarge(header, rules.maxLength, Verdict.Unit.CHARACTERS));
            }
            boolean separated = true;
            int i = 0;
            while (i < length) {
                char c = line.charAt(i);
                if (c == '"' || c == 'W') {
                    int quote = c == '"' ? i : quoteAfterMark(line, i);
                    int same = present == null || quote < 0 ? -1 : endOf(present, line, quote);
                    int end = same > 0 ? same : quote < 0 ? 0 : endOfOpaque(line, quote + 1);
                    if (any || !separated || end <= 0) {
                        throw misplaced(header, line, i, offset, any, separated);
                    }
                    if (++tags > rules.maxTags) {
                        throw new Fault(new Verdict.TooLarge(header, rules.maxTags, Verdict.Unit.TAGS));
                    }
                    separated = false;
                    other = true;
                    match = match
                            || (same > 0
                                    ? quote == i || !strongly || rules.acceptsWeakened
                                    : others && matches(rules, current, strongly, write, line, i, quote, end));
                    i = end;
                    if (i + 1 < length && line.charAt(i) == ',' && line.charAt(i + 1) == ' ') {
                        separated = true; // as most senders separate
                        i += 2;
                    }
                } else if (c == ' ' || c == '\t') {
                    i++;
                } else if (c == ',' && !any) {
                    separated = true;
                    other = true;
                    i++;
                } else if (c == '*' && separated && !other && !any) {
                    separated = false;
                    any = true;
                    i++;
                } else {
                    throw misplaced(header, line, i, offset, any || (c == '*' && other), separated);
                }
            }
            if (!more) {
                return any ? Found.ANY : match ? Found.MATCH : Found.NO_MATCH;
            }
            if (any) {
                throw misplaced(header, line, length, offset, true, true);
            }
            other = true;
            offset += length + JOINT;
            line = lines.nextElement();
            more = lines.hasMoreElements();
        }
    }

    /** Whether a field can name the present representation otherwise than by its strong tag. */
    private static boolean hasOthers(Preconditions rules, Validators current, boolean write) {
        EntityTag tag = current.tag();
        return tag != null
                && (tag.isWeak()
                        || !rules.suffixes.isEmpty()
                        || (write && !current.equivalents().isEmpty()));
    }

    /** The index after a tag that stands at an index, -1 if another does; asked of each tag before it is read to its end. */
    private static int endOf(String tag, String line, int start) {
        int end = start + tag.length();
        return end <= line.length()
                        && line.charAt(end - 2) == tag.charAt(tag.length() - 2) // tags differ rather at their ends
                        && line.startsWith(tag, start)
                ? end
                : -1;
    }

    /** The index of the quote that opens a tag marked weak, -1 if none is there. */
    private static int quoteAfterMark(String line, int start) {
        return line.startsWith("W/\"", start) ? start + 2 : -1;
    }

    /** The index after the quote that closes a tag, or if none does, the complement of that of the first wrong character. */
    private static int endOfOpaque(String line, int start) {
        int length = line.length();
        for (int i = start; i < length; i++) {
            char c = line.charAt(i);
            if (c < '#' || c > '~') {
                if (c == '"') {
                    return i + 1;
                }
                if (!EntityTag.isTagCharacter(c)) {
                    return ~i;
                }
            }
        }
        return ~length;
    }

    /** Says what is wrong at an index where something is. */
    private static Fault misplaced(
            String header, String line, int index, int offset, boolean alone, boolean separated) {
        if (alone) {
            return malformed(header, offset + index, "\"*\" stands alone");
        }
        if (!separated) {
            return malformed(header, offset + index, "a comma is expected between two entity tags");
        }
        int quote = line.startsWith("W/", index) ? index + 2 : index;
        if (quote >= line.length() || line.charAt(quote) != '"') {
            return malformed(
                    header, offset + quote, "an entity tag starts with a double quote, or with W/ and a double quote");
        }
        return malformed(
                header,
                offset + ~endOfOpaque(line, quote + 1),
                "an entity tag has visible characters and ends with a double quote");
    }

    private static boolean matches(
            Preconditions rules,
            Validators current,
            boolean strongly,
            boolean write,
            String line,
            int start,
            int quote,
            int end) {
        if (strongly && quote > start && !rules.acceptsWeakened) {
            return false;
        }
        if (matches(rules.suffixes, Objects.requireNonNull(current.tag()), strongly, line, quote, end)) {
            return true;
        }
        List<EntityTag> equivalents = current.equivalents();
        for (int i = 0; write && i < equivalents.size(); i++) {
            if (matches(rules.suffixes, equivalents.get(i), strongly, line, quote, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(
            List<String> suffixes, EntityTag tag, boolean strongly, String line, int quote, int end) {
        if (strongly && tag.isWeak()) {
            return false;
        }
        String text = tag.toString();
        int from = tag.isWeak() ? 2 : 0;
        int opened = text.length() - 1 - from; // with the opening quote, without the closing one
        int rest = end - 1 - quote - opened;
        if (rest == 0) {
            return line.charAt(end - 2) == text.charAt(text.length() - 2) // tags differ rather at their ends
                    && line.regionMatches(quote, text, from, opened);
        }
        for (int i = 0; i < suffixes.size(); i++) {
            String suffix = suffixes.get(i);
            if (suffix.length() == rest
                    && line.startsWith(suffix, quote + opened)
                    && line.regionMatches(quote, text, from, opened)) {
                return true;
            }
        }
        return false;
    }

    private static Fault malformed(String header, int index, String reason) {
        return new Fault(new Verdict.Malformed(header, index, reason));
    }
}
