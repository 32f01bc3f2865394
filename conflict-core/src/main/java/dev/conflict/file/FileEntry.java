package dev.conflict.file;

import java.time.Instant;
import java.util.Objects;

/**
 * A file or folder as a listing shows it.
 *
 * @param name its name as a client gives it, relative to the root
 * @param isFolder whether it is a folder
 * @param lengthBytes how long the content is, 0 for a folder
 * @param lastModified when it was last modified, as the file system knows it; no validator
 */
public record FileEntry(String name, boolean isFolder, long lengthBytes, Instant lastModified) {
    /**
     * Creates an entry.
     *
     * @param name its name as a client gives it
     * @param isFolder whether it is a folder
     * @param lengthBytes how long the content is
     * @param lastModified when it was last modified
     */
    public FileEntry {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(lastModified, "lastModified");
    }
}
