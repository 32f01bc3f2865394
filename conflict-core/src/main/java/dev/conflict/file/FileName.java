package dev.conflict.file;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A name as a client gave it: parts between slashes, each of which every usual file system takes as it is.
 *
 * <p>A name that one system takes and another one changes, or reads as a device or as a way up, is refused on all, so that
 * a root can move between systems.
 */
final class FileName {
    static final int MAX_LENGTH = 1024;
    static final int MAX_PARTS = 32;
    static final int MAX_PART_BYTES = 255;

    /** No name has a part that starts like this; what the library keeps for itself does. */
    static final String HIDDEN = ".conflict-files";

    /** How Windows abbreviates {@link #HIDDEN}: CONFLI~1. */
    private static final String HIDDEN_ABBREVIATED = "confli~";

    private static final String RESERVED_CHARACTERS = "\\:*?\"<>|";

    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul", "conin$", "conout$");

    private final String text;
    private final List<String> parts;

    private FileName(String text, List<String> parts) {
        this.text = text;
        this.parts = parts;
    }

    static FileName parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new FileNameException(text, MAX_LENGTH, "a name has at most " + MAX_LENGTH + " characters");
        }
        List<String> parts = new ArrayList<>();
        for (int start = 0; start <= text.length(); ) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            if (parts.size() == MAX_PARTS) {
                throw new FileNameException(text, start, "a name has at most " + MAX_PARTS + " parts");
            }
            check(text, start, end);
            parts.add(text.substring(start, end));
            start = end + 1;
        }
        return new FileName(text, List.copyOf(parts));
    }

    /** Tells whether something in a folder of the root may be named to a client. */
    static boolean isUsable(String part) {
        try {
            check(part, 0, part.length());
            return part.indexOf('/') < 0;
        } catch (FileNameException unusable) {
            return false;
        }
    }

    private static void check(String text, int start, int end) {
        if (start == end) {
            throw new FileNameException(text, start, "a name is relative, and no part of it is empty");
        }
        for (int i = start; i < end; i++) {
            checkCharacter(text, i, end);
        }
        char last = text.charAt(end - 1);
        if (last == '.' || last == ' ') { // a dot and two dots are such parts
            throw new FileNameException(text, end - 1, "no part of a name ends with a dot or a space");
        }
        String part = text.substring(start, end);
        if (part.getBytes(StandardCharsets.UTF_8).length > MAX_PART_BYTES) {
            throw new FileNameException(text, start, "a part of a name has at most " + MAX_PART_BYTES + " bytes");
        }
        String folded = folded(part);
        if (isDevice(folded) || folded.startsWith(HIDDEN) || folded.startsWith(HIDDEN_ABBREVIATED)) {
            throw new FileNameException(text, start, "this part of the name is reserved");
        }
    }

    private static void checkCharacter(String text, int i, int end) {
        char c = text.charAt(i);
        if (Character.isISOControl(c) || isMisleading(c)) {
            throw new FileNameException(text, i, "a name has no control characters");
        }
        if (RESERVED_CHARACTERS.indexOf(c) >= 0) {
            throw new FileNameException(text, i, "a name has none of the characters " + RESERVED_CHARACTERS);
        }
        boolean paired = Character.isHighSurrogate(c)
                ? i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))
                : !Character.isLowSurrogate(c) || (i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
        if (!paired) {
            throw new FileNameException(text, i, "half a surrogate pair is no character");
        }
    }

    /** Line and paragraph separators, and what makes a name read in another order than it is written. */
    private static boolean isMisleading(char c) {
        return (c >= '\u2028' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
    }

    /** Windows takes a device's name for the device, whatever extension follows, superscript digits included. */
    private static boolean isDevice(String folded) {
        int dot = folded.indexOf('.');
        String stem = (dot < 0 ? folded : folded.substring(0, dot)).stripTrailing();
        if (DEVICES.contains(stem)) {
            return true;
        }
        return stem.length() == 4
                && (stem.startsWith("com") || stem.startsWith("lpt"))
                && Character.isDigit(stem.charAt(3));
    }

    /** Gives two names the same text if any usual file system takes them for the same. */
    private static String folded(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFKC);
        StringBuilder visible = new StringBuilder(composed.length());
        composed.codePoints().filter(c -> !Character.isIdentifierIgnorable(c)).forEach(visible::appendCodePoint);
        String folded = visible.toString().toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFKC);
    }

    /** Returns a text that is the same for all names that can stand for the same file. */
    String lockKey() {
        return folded(text);
    }

    String text() {
        return text;
    }

    String leaf() {
        return parts.get(parts.size() - 1);
    }

    /** Returns the parts before the last. */
    List<String> folders() {
        return parts.subList(0, parts.size() - 1);
    }

    /** Returns the name of what the first parts lead to. */
    String prefix(int count) {
        return String.join("/", parts.subList(0, count));
    }

    /** Returns the index at which a part starts. */
    int indexOf(int part) {
        return part == 0 ? 0 : prefix(part).length() + 1;
    }

    String siblingNamed(String leaf) {
        return text.substring(0, text.length() - leaf().length()) + leaf;
    }

    @Override
    public String toString() {
        return text;
    }
}
