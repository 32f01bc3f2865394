package dev.conflict.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.conflict.EntityTag;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.Set;

/**
 * A content on its way into the store: written, hashed and forced to the disk before anything is locked.
 *
 * <p>As long as its writer lives, he holds an OS lock on the file. So {@link #sweep sweeping} can tell what a crash left behind,
 * and does not depend on clocks: it deletes what it can lock. A process leaves its own files alone, for closing a file
 * gives up every lock that the process has on it (POSIX).
 */
final class Temporary implements Closeable {
    /** No content reaches it, so that a system on which locks are mandatory lets it be read and written. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int MAX_ATTEMPTS = 16;

    private final Folder folder;
    private final String name;
    private final FileChannel channel;
    private boolean moved;

    private Temporary(Folder folder, String name, FileChannel channel) {
        this.folder = folder;
        this.name = name;
        this.channel = channel;
    }

    /** Creates an empty one; the folder stays open as long as it lives. */
    static Temporary create(Folder folder, HiddenFolder hidden) throws IOException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            String name = hidden.newName();
            Temporary created = new Temporary(folder, name, folder.channel(name, Set.of(CREATE_NEW, WRITE)));
            if (created.isOurs()) {
                return created;
            }
            created.close();
        }
        throw new IOException("Every new temporary file was swept away at once");
    }

    /** A sweeper may have come between the creation and the lock. */
    private boolean isOurs() throws IOException {
        try {
            return isLocked(channel) && folder.attributes(name) != null;
        } catch (IOException | RuntimeException broken) {
            close();
            throw broken;
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            return lock != null; // held until the channel is closed
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    /**
     * Receives a content, which stays open.
     *
     * @throws FileTooLargeException if it is longer than the limit
     * @throws FileStoreException if the stream breaks off
     */
    EntityTag receive(FileName target, InputStream content, long maxBytes) throws IOException {
        MessageDigest sha256 = EntityTag.contentDigest();
        byte[] buffer = new byte[Hashing.BUFFER_BYTES];
        long total = 0;
        for (int read = read(target, content, buffer); read >= 0; read = read(target, content, buffer)) {
            total += read;
            if (total > maxBytes) {
                throw new FileTooLargeException(target.text(), maxBytes);
            }
            sha256.update(buffer, 0, read);
            ByteBuffer rest = ByteBuffer.wrap(buffer, 0, read);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
        channel.force(true);
        return EntityTag.ofContent(sha256);
    }

    private static int read(FileName target, InputStream content, byte[] buffer) {
        try {
            return content.read(buffer);
        } catch (IOException broken) {
            throw new FileStoreException("The content for \"" + target + "\" broke off", broken);
        }
    }

    /** Gives the content its name, in one step and over whatever file has it. */
    void moveTo(Folder to, String newName) throws IOException {
        folder.move(name, to, newName);
        moved = true;
    }

    /** Deletes the file unless it was moved, and gives up its lock. */
    @Override
    public void close() throws IOException {
        try {
            if (!moved) {
                folder.deleteFile(name);
            }
        } catch (NoSuchFileException swept) {
            return; // as it should be
        } finally {
            channel.close();
        }
    }

    /** Deletes the temporary file of another process, unless it lives. */
    static void sweep(Folder folder, String name) throws IOException {
        try (FileChannel channel = folder.channel(name, Set.of(WRITE))) {
            if (isLocked(channel)) {
                folder.deleteFile(name);
            }
        } catch (NoSuchFileException finished) {
            return; // its writer moved or deleted it meanwhile
        }
    }
}
