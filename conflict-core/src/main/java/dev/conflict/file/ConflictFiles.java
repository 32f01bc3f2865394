package dev.conflict.file;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.file.FileRefusals.Purpose;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Files and folders under one root, which clients name, and which nobody overwrites unseen.
 *
 * <pre>{@code
 * ConflictFiles files = ConflictFiles.in(root);
 * EntityTag first = files.create("notes/today.txt", content);     // FILE_EXISTS if there is one
 * EntityTag second = files.replace("notes/today.txt", first, changed);
 * files.replace("notes/today.txt", first, other);                 // FILE_CHANGED, stated in If-Match
 * }</pre>
 *
 * <p>A file's entity tag is made from its content (128 bits of its SHA-256): whoever stores what is there already changes
 * nothing, and outdates nobody. It compares strongly (RFC 9110 §13.1.1), with
 * the content that is there while the write holds the file's lock:
 *
 * <ol>
 *   <li>The new content is received into a temporary file in the same file system, hashed on the way, and forced to the
 *       disk. A stream that breaks off leaves nothing behind, and the old content as it was.
 *   <li>The name is locked: against other threads, other instances in this JVM, and other processes on this machine.
 *   <li>What is stated is compared with what is there.
 *   <li>The temporary file takes the name in one atomic move. Readers never wait, and see either content whole.
 * </ol>
 *
 * <p>A refusal says what stands in the way ({@link Conflict.File}) and names the ways on: {@code rename} with a free
 * {@code name}, {@code overwrite} with the {@code header} and {@code value} to state, {@code elsewhere}. The value is the
 * tag of the present content: whoever may not know that tag should not be let through to a write.
 *
 * <p><b>Names</b> are taken as clients gave them: relative to the root, parts between slashes, in characters that every
 * usual file system takes. A name that is empty, absolute, leads up, is a device's on Windows, ends with a dot or a space,
 * has control characters or any of {@code \ : * ? " < > |}, more than 1024 characters, 32 parts or 255 bytes a part, or
 * passes through a symbolic link, is refused with {@link FileNameException}. Whether two spellings are one file is up to
 * the file system. No exception's message, no refusal and no {@code toString} names a path of the server; causes may, and
 * are for the log.
 *
 * <p><b>Not guarded</b> are writers outside the library: whoever changes files under the root by other means can
 * overwrite, and be overwritten. Where the platform holds folders by descriptors (Linux), a folder that is exchanged for a
 * link while a write is under way leads nothing outside; elsewhere such an exchange is noticed only if it came before the
 * write's last look. The locks are those of the operating system: whether they reach other machines is a matter of the
 * network file system. A file that is replaced has the owner and rights of a new file. The file system of the root must
 * hold its folders too; a folder that is mounted inside cannot be written to.
 *
 * <p>The library keeps lock files and temporary files in a folder {@code .conflict-files} in the root, which no name
 * reaches; it appears with the first write and may be deleted while no process uses the root. {@link Builder#build()} sweeps
 * away what a crash left behind.
 *
 * <p>Instances are safe for use by many threads; any number of them may share a root. A thread that is interrupted gives
 * up waiting, and writes nothing.
 */
public final class ConflictFiles {
    private final FileTree tree;

    private ConflictFiles(FileTree tree) {
        this.tree = tree;
    }

    /**
     * Returns the files under a root, with the limits that {@link Builder} has by default.
     *
     * @param root an existing folder
     * @return its files
     * @throws IllegalArgumentException if the root is no folder
     */
    public static ConflictFiles in(Path root) {
        return builder(root).build();
    }

    /**
     * Starts a configuration.
     *
     * @param root an existing folder
     * @return a builder with the defaults
     */
    public static Builder builder(Path root) {
        return new Builder(root);
    }

    /**
     * Stores a content under a name that nothing has.
     *
     * @param name the name as the client gave it
     * @param content the content
     * @return the tag of the content
     * @throws ConflictException.File if a file or folder has the name, or a file stands where the name needs a folder
     * @throws ConflictException.State if the folder does not exist ({@code FOLDER_MISSING})
     * @throws ConflictException.Concurrency if another writer holds the lock for too long
     * @throws FileNameException if no file can have the name
     * @throws FileTooLargeException if the content is larger than the limit
     * @throws FileStoreException if it cannot be stored
     */
    public EntityTag create(String name, byte[] content) {
        return create(name, new ByteArrayInputStream(content));
    }

    /**
     * Stores what a stream gives under a name that nothing has. The stream is not read if the name is taken already.
     *
     * @param name the name as the client gave it
     * @param content the content, read to its end and not closed
     * @return the tag of the content
     * @throws ConflictException as {@link #create(String, byte[])}
     * @throws FileNameException if no file can have the name
     * @throws FileTooLargeException if the content is larger than the limit
     * @throws FileStoreException if it cannot be stored, or the stream breaks off
     */
    public EntityTag create(String name, InputStream content) {
        return tree.create(FileName.parse(name), content);
    }

    /**
     * Stores a content in place of the one that the writer saw.
     *
     * @param name the name as the client gave it
     * @param seen the tag of the content that the writer saw; a weak one never matches
     * @param content the new content
     * @return the tag of the new content
     * @throws ConflictException.File if the file has another content or is gone ({@code FILE_CHANGED}, stated in
     *     {@code If-Match}), or if a folder has the name
     * @throws ConflictException.Concurrency if another writer holds the lock for too long
     * @throws FileNameException if no file can have the name
     * @throws FileTooLargeException if the content is larger than the limit
     * @throws FileStoreException if it cannot be stored
     */
    public EntityTag replace(String name, EntityTag seen, byte[] content) {
        return replace(name, seen, new ByteArrayInputStream(content));
    }

    /**
     * Stores what a stream gives in place of the content that the writer saw.
     *
     * @param name the name as the client gave it
     * @param seen the tag of the content that the writer saw; a weak one never matches
     * @param content the new content, read to its end and not closed
     * @return the tag of the new content
     * @throws ConflictException as {@link #replace(String, EntityTag, byte[])}
     * @throws FileNameException if no file can have the name
     * @throws FileTooLargeException if the content is larger than the limit
     * @throws FileStoreException if it cannot be stored, or the stream breaks off
     */
    public EntityTag replace(String name, EntityTag seen, InputStream content) {
        return tree.store(FileName.parse(name), content, FileCheck.matching(seen, Purpose.STORE));
    }

    /**
     * Creates or replaces a file, if a guard lets it: what a PUT does.
     *
     * @param name the name as the client gave it
     * @param guard decides by the present tag; where it requires a precondition that is not stated, the answer is
     *     {@code FILE_EXISTS} with the ways on
     * @param content the new content, read to its end and not closed
     * @return the tag of the new content
     * @throws ConflictException if the guard refuses, otherwise as {@link #create(String, byte[])}
     * @throws FileNameException if no file can have the name
     * @throws FileTooLargeException if the content is larger than the limit
     * @throws FileStoreException if it cannot be stored, or the stream breaks off
     */
    public EntityTag put(String name, FileGuard guard, InputStream content) {
        return tree.store(FileName.parse(name), content, FileCheck.guarded(guard, Purpose.STORE));
    }

    /**
     * Reads a file into memory.
     *
     * @param name the name as the client gave it
     * @return the content with its tag; empty if there is no file of that name
     * @throws FileNameException if no file can have the name
     * @throws FileTooLargeException if the content is larger than the limit
     * @throws FileStoreException if it cannot be read
     */
    public Optional<FileContent> read(String name) {
        return tree.read(FileName.parse(name));
    }

    /**
     * Opens a file of any length for reading; it is read twice, first for its tag.
     *
     * @param name the name as the client gave it
     * @return a stream to close; empty if there is no file of that name
     * @throws FileNameException if no file can have the name
     * @throws FileStoreException if it cannot be read
     */
    public Optional<FileStream> open(String name) {
        return tree.open(FileName.parse(name));
    }

    /**
     * Takes the tag of a file, for which its whole content is read.
     *
     * @param name the name as the client gave it
     * @return the tag; empty if there is no file of that name
     * @throws FileNameException if no file can have the name
     * @throws FileStoreException if it cannot be read
     */
    public Optional<EntityTag> tag(String name) {
        return tree.tag(FileName.parse(name));
    }

    /**
     * Deletes the file that the writer saw.
     *
     * @param name the name as the client gave it
     * @param seen the tag of the content that the writer saw; a weak one never matches
     * @throws ConflictException.File if the file has another content, or a folder has the name
     * @throws ConflictException.Absence if there is no file of that name
     * @throws ConflictException.Concurrency if another writer holds the lock for too long
     * @throws FileNameException if no file can have the name
     * @throws FileStoreException if it cannot be deleted
     */
    public void delete(String name, EntityTag seen) {
        if (!tree.delete(FileName.parse(name), FileCheck.matching(seen, Purpose.REMOVE))) {
            throw ConflictException.gone();
        }
    }

    /**
     * Deletes a file, if a guard lets it.
     *
     * @param name the name as the client gave it
     * @param guard decides by the present tag; not asked if there is no file
     * @return false if there is no file of that name, and nobody can say whether there ever was
     * @throws ConflictException if the guard refuses, otherwise as {@link #delete(String, EntityTag)}
     * @throws FileNameException if no file can have the name
     * @throws FileStoreException if it cannot be deleted
     */
    public boolean delete(String name, FileGuard guard) {
        return tree.delete(FileName.parse(name), FileCheck.guarded(guard, Purpose.REMOVE));
    }

    /**
     * Gives the file that the writer saw another name, in the same folder or in another.
     *
     * @param from the name that it has
     * @param seen the tag of the content that the writer saw; a weak one never matches
     * @param to the name that it gets
     * @return the tag, the same as before
     * @throws ConflictException.File if the file has another content, a file or folder has the new name, or a file
     *     stands where a name needs a folder
     * @throws ConflictException.Absence if there is no file to move
     * @throws ConflictException.State if the new folder does not exist ({@code FOLDER_MISSING})
     * @throws ConflictException.Concurrency if another writer holds a lock for too long
     * @throws FileNameException if no file can have one of the names
     * @throws FileStoreException if it cannot be moved
     */
    public EntityTag move(String from, EntityTag seen, String to) {
        return tree.move(FileName.parse(from), FileCheck.matching(seen, Purpose.REMOVE), FileName.parse(to));
    }

    /**
     * Gives a file another name, if a guard lets it.
     *
     * @param from the name that it has
     * @param guard decides by the present tag; not asked if there is no file
     * @param to the name that it gets
     * @return the tag, the same as before
     * @throws ConflictException if the guard refuses, otherwise as {@link #move(String, EntityTag, String)}
     * @throws FileNameException if no file can have one of the names
     * @throws FileStoreException if it cannot be moved
     */
    public EntityTag move(String from, FileGuard guard, String to) {
        return tree.move(FileName.parse(from), FileCheck.guarded(guard, Purpose.REMOVE), FileName.parse(to));
    }

    /**
     * Creates a folder in a folder that exists.
     *
     * @param name the name as the client gave it
     * @throws ConflictException.File if a file or folder has the name, or a file stands where the name needs a folder
     * @throws ConflictException.State if the folder above it does not exist ({@code FOLDER_MISSING})
     * @throws ConflictException.Concurrency if another writer holds the lock for too long
     * @throws FileNameException if no folder can have the name
     * @throws FileStoreException if it cannot be created
     */
    public void createFolder(String name) {
        tree.createFolder(FileName.parse(name));
    }

    /**
     * Deletes an empty folder. Whether a file that is created in it at the same time comes too late is decided by the
     * operating system.
     *
     * @param name the name as the client gave it
     * @throws ConflictException.File if the folder is not empty, or a file has the name
     * @throws ConflictException.Absence if there is no folder of that name
     * @throws ConflictException.Concurrency if another writer holds the lock for too long
     * @throws FileNameException if no folder can have the name
     * @throws FileStoreException if it cannot be deleted
     */
    public void deleteFolder(String name) {
        tree.deleteFolder(FileName.parse(name));
    }

    /**
     * Lists the root.
     *
     * @return files and folders that clients can name, up to the limit
     * @throws FileStoreException if it cannot be read
     */
    public FileListing list() {
        return tree.list();
    }

    /**
     * Lists a folder.
     *
     * @param folder the name as the client gave it
     * @return files and folders that clients can name, up to the limit; empty if there is no folder of that name
     * @throws FileNameException if no folder can have the name
     * @throws FileStoreException if it cannot be read
     */
    public Optional<FileListing> list(String folder) {
        return tree.list(FileName.parse(folder));
    }

    /** Returns the class only; paths of the server stay on the server. */
    @Override
    public String toString() {
        return "ConflictFiles";
    }

    /** Collects limits. Not safe for use by many threads. */
    public static final class Builder {
        private final Path root;
        private Folder.Opener opener = Folder::open;
        private long maxContentBytes = 64L * 1024 * 1024;
        private int maxListed = 1000;
        private Duration lockTimeout = Duration.ofSeconds(10);

        private Builder(Path root) {
            this.root = Objects.requireNonNull(root, "root");
        }

        /** Sets how folders are opened, so that tests reach what other platforms do. */
        Builder opener(Folder.Opener opener) {
            this.opener = opener;
            return this;
        }

        /**
         * Sets how large a content may be that is stored, or read into memory.
         *
         * @param maxContentBytes the limit in bytes, 64 MiB unless set
         * @return this builder
         * @throws IllegalArgumentException if the limit is negative
         */
        public Builder maxContentBytes(long maxContentBytes) {
            if (maxContentBytes < 0) {
                throw new IllegalArgumentException("A content cannot be limited to " + maxContentBytes + " bytes");
            }
            this.maxContentBytes = maxContentBytes;
            return this;
        }

        /**
         * Sets how many files and folders a listing may have.
         *
         * @param maxListed the limit, 1000 unless set
         * @return this builder
         * @throws IllegalArgumentException if the limit is not positive, or over a million
         */
        public Builder maxListed(int maxListed) {
            if (maxListed < 1 || maxListed > 1_000_000) {
                throw new IllegalArgumentException("A listing has 1 to 1000000 entries, not " + maxListed);
            }
            this.maxListed = maxListed;
            return this;
        }

        /**
         * Sets how long a write waits for other writers of the same file.
         *
         * @param lockTimeout the time after which it gives up with {@link ConflictException.Concurrency}, 10 s unless set
         * @return this builder
         * @throws IllegalArgumentException if it is negative, or over an hour
         */
        public Builder lockTimeout(Duration lockTimeout) {
            if (lockTimeout.isNegative() || lockTimeout.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("A write waits up to an hour for others, not " + lockTimeout);
            }
            this.lockTimeout = lockTimeout;
            return this;
        }

        /**
         * Ends the configuration, and sweeps away temporary files of processes that crashed.
         *
         * @return the files under the root
         * @throws IllegalArgumentException if the root is no folder
         * @throws FileStoreException if the root cannot be opened
         */
        public ConflictFiles build() {
            FileTree tree = new FileTree(real(), opener, new FileTree.Limits(maxContentBytes, maxListed, lockTimeout));
            tree.sweep(Clock.systemUTC().instant());
            return new ConflictFiles(tree);
        }

        private Path real() {
            try {
                Path real = root.toRealPath();
                opener.open(real).close();
                return real;
            } catch (NoSuchFileException | NotDirectoryException none) {
                throw new IllegalArgumentException("The root must be an existing folder", none);
            } catch (IOException broken) {
                throw new FileStoreException("The root could not be opened", broken);
            }
        }
    }
}
