package dev.conflict.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An open folder. Its methods take the plain names of what it holds, and never follow a symbolic link.
 *
 * <p>Exceptions may name paths of the server.
 */
interface Folder extends Closeable {
    /** Opens folders. */
    @FunctionalInterface
    interface Opener {
        Folder open(Path path) throws IOException;
    }

    /** Opens a folder by a path without symbolic links, as safely as the platform can. */
    @SuppressWarnings("StreamResourceLeak") // the folder closes it
    static Folder open(Path path) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(path);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new SecureFolder(path.getFileSystem(), secure);
        }
        stream.close();
        return new PlainFolder(path);
    }

    /** Returns the attributes of the thing itself, null if there is nothing of that name. */
    @Nullable BasicFileAttributes attributes(String name) throws IOException;

    /** Opens a folder in this folder. */
    Folder folder(String name) throws IOException;

    /** Opens a file in this folder. */
    FileChannel channel(String name, Set<? extends OpenOption> options) throws IOException;

    /** Moves in one step, over whatever file has the new name. */
    void move(String name, Folder to, String newName) throws IOException;

    void deleteFile(String name) throws IOException;

    /** Deletes a folder that must be empty. */
    void deleteFolder(String name) throws IOException;

    /** Returns the first names that fit, in the file system's order. To be called once. */
    List<String> names(Predicate<String> fits, int max) throws IOException;

    /** Makes earlier moves and deletions outlive a power failure, where the platform can. */
    void sync();

    @Override
    void close() throws IOException;
}
