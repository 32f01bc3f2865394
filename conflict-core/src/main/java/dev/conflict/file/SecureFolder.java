package dev.conflict.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystem;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is held by its descriptor, so that what happens in it happens in this very folder, whatever its path leads
 * to meanwhile.
 */
final class SecureFolder implements Folder {
    private final FileSystem system;
    private final SecureDirectoryStream<Path> stream;

    SecureFolder(FileSystem system, SecureDirectoryStream<Path> stream) {
        this.system = system;
        this.stream = stream;
    }

    private Path path(String name) {
        return system.getPath(name);
    }

    @Override
    public @Nullable BasicFileAttributes attributes(String name) throws IOException {
        try {
            return stream.getFileAttributeView(path(name), BasicFileAttributeView.class, NOFOLLOW_LINKS)
                    .readAttributes();
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    @Override
    public Folder folder(String name) throws IOException {
        return new SecureFolder(system, stream.newDirectoryStream(path(name), NOFOLLOW_LINKS));
    }

    @Override
    public FileChannel channel(String name, Set<? extends OpenOption> options) throws IOException {
        Set<OpenOption> all = new HashSet<>(options);
        all.add(NOFOLLOW_LINKS);
        Channel channel = stream.newByteChannel(path(name), all);
        if (channel instanceof FileChannel file) {
            return file;
        }
        channel.close();
        throw new IOException("This file system has no file channels");
    }

    @Override
    public void move(String name, Folder to, String newName) throws IOException {
        stream.move(path(name), ((SecureFolder) to).stream, path(newName));
    }

    @Override
    public void deleteFile(String name) throws IOException {
        stream.deleteFile(path(name));
    }

    @Override
    public void deleteFolder(String name) throws IOException {
        stream.deleteDirectory(path(name));
    }

    @Override
    public List<String> names(Predicate<String> fits, int max) throws IOException {
        return namesOf(stream, fits, max);
    }

    static List<String> namesOf(Iterable<Path> folder, Predicate<String> fits, int max) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            for (Path entry : folder) {
                String name = String.valueOf(entry.getFileName());
                if (fits.test(name)) {
                    if (names.size() == max) {
                        break;
                    }
                    names.add(name);
                }
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        return names;
    }

    @Override
    public void sync() {
        try (FileChannel self = channel(".", Set.of(READ))) {
            self.force(true);
        } catch (IOException unsupported) {
            return; // what the folder holds is right; not every file system can promise more
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
