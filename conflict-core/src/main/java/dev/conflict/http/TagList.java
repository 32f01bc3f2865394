package dev.conflict.http;

import dev.conflict.EntityTag;
import java.util.Enumeration;
import java.util.List;

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
     * @param strongly whether tags compare strongly
     * @param write whether a tag may as well be one that the present state bears elsewhere
     */
    static Found find(
            Enumeration<String> lines,
            String header,
            Preconditions rules,
            Validators current,
            boolean strongly,
            boolean write)
            throws Fault {
        EntityTag tag = current.tag();
        String line = lines.nextElement();
        boolean more = lines.hasMoreElements();
        // What the present tag looks like if it satisfies as it stands; most requests send just that.
        String exact = tag == null || (strongly && tag.isWeak()) ? null : tag.toString();
        if (exact != null && !more && line.equals(exact) && line.length() <= rules.maxLength) {
            return Found.MATCH;
        }
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
                if (c == ' ' || c == '\t') {
                    i++;
                } else if (any || (c == '*' && other)) {
                    throw malformed(header, offset + i, "\"*\" stands alone");
                } else if (c == ',') {
                    separated = true;
                    other = true;
                    i++;
                } else if (!separated) {
                    throw malformed(header, offset + i, "a comma is expected between two entity tags");
                } else if (c == '*') {
                    separated = false;
                    any = true;
                    i++;
                } else {
                    separated = false;
                    other = true;
                    if (++tags > rules.maxTags) {
                        throw new Fault(new Verdict.TooLarge(header, rules.maxTags, Verdict.Unit.TAGS));
                    }
                    if (exact != null && line.startsWith(exact, i)) {
                        match = true;
                        i += exact.length();
                    } else {
                        int end = endOfTag(header, line, i, offset);
                        match = match || matches(rules, current, strongly, write, line, i, end);
                        i = end;
                    }
                }
            }
            if (!more) {
                return any ? Found.ANY : match ? Found.MATCH : Found.NO_MATCH;
            }
            if (any) {
                throw malformed(header, offset + length, "\"*\" stands alone");
            }
            other = true;
            offset += length + JOINT;
            line = lines.nextElement();
            more = lines.hasMoreElements();
        }
    }

    /** The index after the closing quote. */
    private static int endOfTag(String header, String line, int start, int offset) throws Fault {
        int quote = line.startsWith("W/", start) ? start + 2 : start;
        if (quote >= line.length() || line.charAt(quote) != '"') {
            throw malformed(
                    header, offset + quote, "an entity tag starts with a double quote, or with W/ and a double quote");
        }
        int end = quote + 1;
        while (end < line.length() && EntityTag.isTagCharacter(line.charAt(end))) {
            end++;
        }
        if (end == line.length() || line.charAt(end) != '"') {
            throw malformed(header, offset + end, "an entity tag has visible characters and ends with a double quote");
        }
        return end + 1;
    }

    private static boolean matches(
            Preconditions rules, Validators current, boolean strongly, boolean write, String line, int start, int end) {
        EntityTag tag = current.tag();
        if (tag == null || (strongly && line.charAt(start) == 'W' && !rules.acceptsWeakened)) {
            return false;
        }
        if (matches(rules.suffixes, tag, strongly, line, start, end)) {
            return true;
        }
        List<EntityTag> equivalents = current.equivalents();
        for (int i = 0; write && i < equivalents.size(); i++) {
            if (matches(rules.suffixes, equivalents.get(i), strongly, line, start, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(
            List<String> suffixes, EntityTag tag, boolean strongly, String line, int start, int end) {
        if (strongly && tag.isWeak()) {
            return false;
        }
        int quote = line.charAt(start) == 'W' ? start + 2 : start;
        String text = tag.toString();
        int from = tag.isWeak() ? 2 : 0;
        int opened = text.length() - 1 - from; // with the opening quote, without the closing one
        if (!line.regionMatches(quote, text, from, opened)) {
            return false;
        }
        int rest = end - 1 - quote - opened;
        if (rest == 0) {
            return true;
        }
        for (int i = 0; i < suffixes.size(); i++) {
            String suffix = suffixes.get(i);
            if (suffix.length() == rest && line.startsWith(suffix, quote + opened)) {
                return true;
            }
        }
        return false;
    }

    private static Fault malformed(String header, int index, String reason) {
        return new Fault(new Verdict.Malformed(header, index, reason));
    }
}
