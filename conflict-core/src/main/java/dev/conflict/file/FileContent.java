package dev.conflict.file;

import dev.conflict.EntityTag;

/**
 * A content that was read from a file, with the entity tag that belongs to these very bytes.
 *
 * <p>Instances are safe for use by many threads as long as nobody writes into the array.
 */
public final class FileContent {
    private final byte[] bytes;
    private final EntityTag tag;

    FileContent(byte[] bytes) {
        this.bytes = bytes;
        this.tag = EntityTag.ofContent(bytes);
    }

    /**
     * Returns the bytes.
     *
     * @return the array that was read, not a copy; it belongs to the caller
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Returns the entity tag, to be stated by the write that builds on this content.
     *
     * @return a strong tag
     */
    public EntityTag tag() {
        return tag;
    }

    /** Returns the tag and the length, without the content. */
    @Override
    public String toString() {
        return "FileContent[" + tag + ", " + bytes.length + " bytes]";
    }
}
