package dev.conflict.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is known by its path, for platforms that cannot hold it by a descriptor. Each step first makes sure that
 * the path still leads to itself; between that look and the step, somebody with rights on the server could change it.
 */
final class PlainFolder implements Folder {
    /** Absolute, and without symbolic links when it was opened. */
    private final Path path;

    PlainFolder(Path path) {
        this.path = path;
    }

    private Path path(String name) throws IOException {
        if (!path.toRealPath().equals(path)) {
            throw new NotDirectoryException(path.toString());
        }
        return path.resolve(name);
    }

    @Override
    public @Nullable BasicFileAttributes attributes(String name) throws IOException {
        try {
            return Files.readAttributes(path(name), BasicFileAttributes.class, NOFOLLOW_LINKS);
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    @Override
    public Folder folder(String name) throws IOException {
        Path inside = path(name).toRealPath(); // where letter case does not count, the name as it is stored
        if (!path.equals(inside.getParent()) || !Files.isDirectory(path.resolve(name), NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(inside.toString());
        }
        return new PlainFolder(inside);
    }

    @Override
    public FileChannel channel(String name, Set<? extends OpenOption> options) throws IOException {
        Set<OpenOption> all = new HashSet<>(options);
        all.add(NOFOLLOW_LINKS);
        return FileChannel.open(path(name), all);
    }

    @Override
    public void move(String name, Folder to, String newName) throws IOException {
        Files.move(path(name), ((PlainFolder) to).path(newName), ATOMIC_MOVE);
    }

    @Override
    public void deleteFile(String name) throws IOException {
        Files.delete(path(name));
    }

    @Override
    public void deleteFolder(String name) throws IOException {
        Files.delete(path(name));
    }

    @Override
    public List<String> names(Predicate<String> fits, int max) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
            return SecureFolder.namesOf(stream, fits, max);
        }
    }

    @Override
    public void sync() {
        try (FileChannel self = FileChannel.open(path)) {
            self.force(true);
        } catch (IOException unsupported) {
            return; // what the folder holds is right; not every file system can promise more
        }
    }

    @Override
    public void close() {}
}
