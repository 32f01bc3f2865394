package dev.conflict.http;

import dev.conflict.EntityTag;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of an {@code If-Match} or {@code If-None-Match} field in one pass, and compares each tag on the way
 * (RFC 9110 §13.1.1, §13.1.2, lists as in §5.6.1).
 *
 * <p>The whole list is read even after a match, so that a malformed field is malformed whatever the present tag is.
 * Nothing is copied out of the lines.
 */
final class TagList {
    /** What a field says of the present tag. */
    enum Found {
        ABSENT,
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

    private final String header;
    private final @Nullable EntityTag current;
    private final boolean weakly;
    private final int maxLength;
    private final int maxTags;

    private int offset;
    private int tags;
    private boolean any;
    private boolean other;
    private boolean match;

    private TagList(String header, @Nullable EntityTag current, boolean weakly, int maxLength, int maxTags) {
        this.header = header;
        this.current = current;
        this.weakly = weakly;
        this.maxLength = maxLength;
        this.maxTags = maxTags;
    }

    static Found find(
            FieldLines fields, String header, @Nullable EntityTag current, boolean weakly, int maxLength, int maxTags)
            throws Fault {
        Enumeration<String> lines = fields.of(header);
        if (lines == null || !lines.hasMoreElements()) {
            return Found.ABSENT;
        }
        TagList list = new TagList(header, current, weakly, maxLength, maxTags);
        for (int i = 0; lines.hasMoreElements(); i++) {
            if (i > 0) {
                list.nextLine();
            }
            list.read(lines.nextElement());
        }
        return list.any ? Found.ANY : list.match ? Found.MATCH : Found.NO_MATCH;
    }

    private void nextLine() throws Fault {
        offset += 2;
        other = true; // lines are joined by a comma, and "*" goes with none
        if (any) {
            throw malformed(0, "\"*\" stands alone");
        }
    }

    private void read(String line) throws Fault {
        if (offset + line.length() > maxLength) {
            throw new Fault(new Verdict.TooLarge(header, maxLength));
        }
        boolean separated = true;
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (c == ' ' || c == '\t') {
                i++;
                continue;
            }
            if (any) {
                throw malformed(i, "\"*\" stands alone");
            }
            if (c == ',') {
                separated = true;
                other = true;
                i++;
                continue;
            }
            if (!separated) {
                throw malformed(i, "a comma is expected between two entity tags");
            }
            separated = false;
            i = c == '*' ? readAny(i) : readTag(line, i);
        }
        offset += line.length();
    }

    private int readAny(int i) throws Fault {
        if (other) {
            throw malformed(i, "\"*\" stands alone");
        }
        any = true;
        return i + 1;
    }

    private int readTag(String line, int start) throws Fault {
        boolean weak = line.startsWith("W/", start);
        int quote = weak ? start + 2 : start;
        if (quote >= line.length() || line.charAt(quote) != '"') {
            throw malformed(quote, "an entity tag starts with a double quote, or with W/ and a double quote");
        }
        int end = quote + 1;
        while (end < line.length() && EntityTag.isTagCharacter(line.charAt(end))) {
            end++;
        }
        if (end == line.length() || line.charAt(end) != '"') {
            throw malformed(end, "an entity tag has visible characters and ends with a double quote");
        }
        if (++tags > maxTags) {
            throw new Fault(new Verdict.TooLarge(header, maxTags));
        }
        other = true;
        match |= matches(line, quote, end + 1 - quote, weak);
        return end + 1;
    }

    private boolean matches(String line, int quote, int length, boolean weak) {
        if (current == null || (!weakly && (weak || current.isWeak()))) {
            return false;
        }
        String text = current.toString();
        int from = current.isWeak() ? 2 : 0;
        return text.length() - from == length && text.regionMatches(from, line, quote, length);
    }

    private Fault malformed(int index, String reason) {
        return new Fault(new Verdict.Malformed(header, offset + index, reason));
    }
}
