package dev.conflict.file;

import java.util.List;

/**
 * What a folder holds.
 *
 * @param entries files and folders, sorted by name
 * @param isTruncated whether the folder holds more than were listed; which ones were is up to the file system
 */
public record FileListing(List<FileEntry> entries, boolean isTruncated) {
    /**
     * Creates a listing.
     *
     * @param entries files and folders
     * @param isTruncated whether there are more
     */
    public FileListing {
        entries = List.copyOf(entries);
    }
}
