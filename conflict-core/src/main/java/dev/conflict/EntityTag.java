package dev.conflict;

import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entity tag: an opaque text in quotes that stands for one state of one representation (RFC 9110 §8.8.3).
 *
 * <pre>{@code
 * EntityTag.strong("7f3a").toString()        // "7f3a", with the quotes
 * EntityTag.parse("W/\"7f3a\"").isWeak()      // true
 * EntityTag.from(Revision.of(7)).toString()  // "1-7"
 * EntityTag.from(Revision.of(7)).variant("xml") // "1-7+xml": the same version, another representation
 * EntityTag.digest("documents", "42", "7")   // "1-b2b5…": the same parts always give the same tag
 * }</pre>
 *
 * <p>Tags compare in two ways (RFC 9110 §8.8.3.2): {@link #matchesStrongly} needs two strong tags, {@link #matchesWeakly}
 * only the same opaque text. {@link #equals} is neither: it is the equality of the written tag, {@code W/} included.
 *
 * <p>Tags that this class makes start with a format number, so that a later version of the library can make others and
 * still tell them apart. Whoever receives a tag can only compare it. Instances are immutable and safe for use by many
 * threads.
 */
public final class EntityTag implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What the format that is made today starts with. */
    private static final String FORMAT = "1-";

    private static final int DIGEST_BYTES = 16;

    /** The field text, {@code W/} and quotes included. */
    private final String text;

    private final boolean weak;

    private EntityTag(String text, boolean weak) {
        this.text = text;
        this.weak = weak;
    }

    /**
     * Returns a strong tag.
     *
     * @param opaque the text between the quotes, may be empty
     * @return the tag
     * @throws IllegalArgumentException if a character may not stand in an entity tag; the message names its index
     */
    public static EntityTag strong(String opaque) {
        return new EntityTag('"' + checked(opaque) + '"', false);
    }

    /**
     * Returns a weak tag, which never satisfies {@code If-Match}.
     *
     * @param opaque the text between the quotes, may be empty
     * @return the tag
     * @throws IllegalArgumentException if a character may not stand in an entity tag; the message names its index
     */
    public static EntityTag weak(String opaque) {
        return new EntityTag("W/\"" + checked(opaque) + '"', true);
    }

    private static String checked(String opaque) {
        for (int i = 0; i < opaque.length(); i++) {
            if (!isTagCharacter(opaque.charAt(i))) {
                throw new IllegalArgumentException("The character at index " + i
                        + " may not stand in an entity tag: it allows visible characters except the double quote");
            }
        }
        return opaque;
    }

    /**
     * Returns the tag for a version of a resource that is represented in one way only.
     *
     * <p>Characters that are not letters, digits or one of {@code . _ ~} are percent-encoded (in a text also the hyphen), so
     * that every revision gives a valid tag, and none that ends as if a coding had been applied ({@code -gzip}). The tag is
     * strong, unless the version is a moment: two changes within one tick of its clock or column would bear one tag, so it
     * is weak, and never satisfies {@code If-Match}. Whoever knows that every change has its own moment makes
     * {@code strong(tag.opaque())} of it.
     *
     * <p>The tag does not tell apart a resource that was deleted from one that was made anew under its identifier; where
     * identifiers come back, {@link #from(Revision, Revision)} does.
     *
     * @param revision the version
     * @return the tag
     */
    public static EntityTag from(Revision revision) {
        StringBuilder opaque = new StringBuilder(24).append(FORMAT);
        append(opaque, revision);
        return revision.isMoment() ? weak(opaque.toString()) : strong(opaque.toString());
    }

    /**
     * Returns the tag for a version of a resource whose identifier may have belonged to another one before.
     *
     * <p>Versions are counted anew when a resource is deleted and made anew; a writer who read the first would overwrite the
     * second, if the version were all that he stated.
     *
     * @param revision the version
     * @param incarnation what only this one among the resources of that identifier has: a generated key, or the moment at
     *     which it was created
     * @return the tag, strong unless the version is a moment
     */
    public static EntityTag from(Revision revision, Revision incarnation) {
        StringBuilder opaque = new StringBuilder(48).append(FORMAT);
        append(opaque, revision);
        opaque.append('@');
        append(opaque, incarnation);
        return revision.isMoment() ? weak(opaque.toString()) : strong(opaque.toString());
    }

    private static void append(StringBuilder opaque, Revision revision) {
        append(opaque, revision.toString(), revision.value() instanceof String);
    }

    private static void append(StringBuilder opaque, String value, boolean isText) {
        for (byte octet : octets(value)) {
            if (isUnreserved(octet) && !(isText && octet == '-')) {
                opaque.append((char) octet);
            } else {
                opaque.append('%');
                HexFormat.of().withUpperCase().toHexDigits(opaque, octet);
            }
        }
    }

    /**
     * Returns the tag of the same state in one of several representations, each of which needs a tag of its own
     * (RFC 9110 §8.8.3.3).
     *
     * <p>A write replaces the state, in whichever representation its writer read it: {@code Validators.equivalents} lists the
     * tags that its {@code If-Match} may name.
     *
     * @param dimensions what tells the representation from the others: media type, language, coding, projection; their
     *     order counts
     * @return the tag, weak if this one is
     * @throws IllegalArgumentException if there is no dimension
     */
    public EntityTag variant(String... dimensions) {
        if (dimensions.length == 0) {
            throw new IllegalArgumentException(
                    "A variant differs in something: name its media type, language or coding");
        }
        StringBuilder opaque = new StringBuilder(48).append(opaque());
        for (String dimension : dimensions) {
            opaque.append('+');
            append(opaque, dimension, true);
        }
        return weak ? weak(opaque.toString()) : strong(opaque.toString());
    }

    /**
     * Returns the tag of an aggregate: it changes when the tag of one of its parts does, or when a part comes, goes or moves.
     *
     * @param parts the tags of the parts; their order counts, and there may be none
     * @return the tag, weak if one of the parts' is
     */
    public static EntityTag aggregate(Collection<EntityTag> parts) {
        EntityTag digest = digest(parts.stream().map(EntityTag::toString).toArray(String[]::new));
        return parts.stream().anyMatch(EntityTag::isWeak) ? weak(digest.opaque()) : digest;
    }

    /**
     * Returns a strong tag that tells nothing about the parts that it was made from and changes when one of them does.
     *
     * @param parts what the state depends on, for instance a type, an identifier and a version; their order counts
     * @return the tag: 128 bits of the SHA-256 of the parts, each with its length
     */
    public static EntityTag digest(String... parts) {
        MessageDigest sha256 = contentDigest();
        for (String part : parts) {
            byte[] octets = octets(part);
            for (int shift = 24; shift >= 0; shift -= 8) {
                sha256.update((byte) (octets.length >>> shift));
            }
            sha256.update(octets);
        }
        return digested(sha256);
    }

    /**
     * Returns a strong tag for a content, made from its bytes.
     *
     * @param content the bytes of the representation
     * @return the tag: 128 bits of the content's SHA-256
     */
    public static EntityTag ofContent(byte[] content) {
        MessageDigest sha256 = contentDigest();
        sha256.update(content);
        return digested(sha256);
    }

    /**
     * Returns a strong tag for a content whose SHA-256 was taken while it was read.
     *
     * @param sha256 a {@link #contentDigest} that was fed with the content; it is reset by this call
     * @return the same tag that {@link #ofContent(byte[])} gives for the same content
     */
    public static EntityTag ofContent(MessageDigest sha256) {
        return digested(sha256);
    }

    private static EntityTag digested(MessageDigest sha256) {
        String opaque = FORMAT + HexFormat.of().formatHex(sha256.digest(), 0, DIGEST_BYTES);
        return new EntityTag('"' + opaque + '"', false);
    }

    /**
     * Returns a digest to feed with a content while it is read, and to give to {@link #ofContent(MessageDigest)} then.
     *
     * @return a new SHA-256 digest
     */
    public static MessageDigest contentDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    /**
     * Reads one entity tag.
     *
     * <p>The syntax is that of RFC 9110 §8.8.3 to the letter: an upper-case {@code W/} or nothing, a double quote, any
     * number of visible characters (a backslash is one of them, it escapes nothing), a double quote. White space around
     * it, single quotes and bare words are errors.
     *
     * @param text the tag as it stands in a field
     * @return the tag
     * @throws IllegalArgumentException if the text is not one entity tag; the message names the index
     */
    public static EntityTag parse(String text) {
        int quote = text.startsWith("W/") ? 2 : 0;
        if (quote >= text.length() || text.charAt(quote) != '"') {
            throw malformed(quote, "an opening double quote is missing");
        }
        int end = quote + 1;
        while (end < text.length() && isTagCharacter(text.charAt(end))) {
            end++;
        }
        if (end == text.length()) {
            throw malformed(end, "the closing double quote is missing");
        }
        if (text.charAt(end) != '"') {
            throw malformed(end, "this character may not stand in an entity tag");
        }
        if (end != text.length() - 1) {
            throw malformed(end + 1, "one entity tag is expected, but more follows");
        }
        return new EntityTag(text, quote > 0);
    }

    private static IllegalArgumentException malformed(int index, String why) {
        return new IllegalArgumentException("Not an entity tag, at index " + index + ": " + why);
    }

    /**
     * Tells whether a character may stand between the quotes of an entity tag ({@code etagc}, RFC 9110 §8.8.3).
     *
     * @param c the character, one octet of the field
     * @return true for visible ASCII except the double quote, and for {@code obs-text}
     */
    public static boolean isTagCharacter(char c) {
        return (c >= 0x23 && c <= 0x7E) || c == 0x21 || (c >= 0x80 && c <= 0xFF);
    }

    /** UTF-8, except that half a surrogate pair keeps its three octets, so that two texts never become one tag. */
    private static byte[] octets(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (text.codePoints().noneMatch(EntityTag::isHalf)) {
            return octets;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        text.codePoints().forEach(point -> {
            if (isHalf(point)) {
                whole.write(0xE0 | (point >> 12));
                whole.write(0x80 | ((point >> 6) & 0x3F));
                whole.write(0x80 | (point & 0x3F));
            } else {
                whole.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        return whole.toByteArray();
    }

    private static boolean isHalf(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private static boolean isUnreserved(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '.'
                || octet == '_'
                || octet == '~';
    }

    /**
     * Tells whether this tag is marked weak.
     *
     * @return true if it is written with {@code W/}
     */
    public boolean isWeak() {
        return weak;
    }

    /**
     * Returns the text between the quotes.
     *
     * @return the opaque text, may be empty
     */
    public String opaque() {
        return text.substring(weak ? 3 : 1, text.length() - 1);
    }

    /**
     * Compares strongly: both tags are strong and their opaque texts are the same (RFC 9110 §8.8.3.2).
     *
     * @param other the tag to compare with
     * @return true if both stand for byte-by-byte the same representation
     */
    public boolean matchesStrongly(EntityTag other) {
        return !weak && !other.weak && text.equals(other.text);
    }

    /**
     * Compares weakly: the opaque texts are the same, whether or not a tag is marked weak (RFC 9110 §8.8.3.2).
     *
     * @param other the tag to compare with
     * @return true if both stand for equivalent representations
     */
    public boolean matchesWeakly(EntityTag other) {
        int length = text.length() - (weak ? 2 : 0);
        return length == other.text.length() - (other.weak ? 2 : 0)
                && text.regionMatches(weak ? 2 : 0, other.text, other.weak ? 2 : 0, length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EntityTag that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text);
    }

    /** Returns the field text: what {@code ETag} carries, quotes included. */
    @Override
    public String toString() {
        return text;
    }
}
