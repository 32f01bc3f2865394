package dev.conflict.file;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import dev.conflict.file.Place.Occupant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Does what {@link ConflictFiles} offers, by names that are known to be sound. */
final class FileTree {
    private final Path root;
    private final Folder.Opener opener;
    private final Limits limits;
    private final HiddenFolder hidden;
    private final FileLocks locks;

    /** How much, and how long. */
    record Limits(long maxContentBytes, int maxListed, Duration lockTimeout) {}

    /** A root is absolute, and without symbolic links. */
    FileTree(Path root, Folder.Opener opener, Limits limits) {
        this.root = root;
        this.opener = opener;
        this.limits = limits;
        hidden = new HiddenFolder(root, opener);
        locks = new FileLocks(hidden, limits.lockTimeout());
    }

    void sweep(Instant now) {
        if (hidden.exists()) {
            hidden.sweep(now);
        }
    }

    EntityTag create(FileName file, InputStream content) {
        FileCheck free = FileCheck.free();
        reading(
                file,
                place -> { // spares a long content that cannot be stored; the same check decides under the lock
                    free.check(place);
                    place.folder();
                    return file;
                });
        return store(file, content, free);
    }

    EntityTag store(FileName file, InputStream content, FileCheck check) {
        return naming(file, "written", () -> {
            try (Folder folder = hidden.temporary();
                    Temporary temporary = Temporary.create(folder, hidden)) {
                EntityTag tag = temporary.receive(file, content, limits.maxContentBytes());
                FileLocks.Action<EntityTag> compareAndMove = () -> at(file, place -> {
                    check.check(place);
                    place.take(temporary);
                    return tag;
                });
                return locks.hold(compareAndMove, file);
            }
        });
    }

    Optional<FileContent> read(FileName file) {
        return reading(file, place -> {
            try (FileChannel channel = place.read()) {
                return channel == null ? Optional.empty() : Optional.of(new FileContent(bytes(file, channel)));
            }
        });
    }

    private byte[] bytes(FileName file, FileChannel channel) throws IOException {
        int limit = (int) Math.min(limits.maxContentBytes(), Integer.MAX_VALUE - 16);
        if (channel.size() > limit) {
            throw new FileTooLargeException(file.text(), limit);
        }
        return Channels.newInputStream(channel).readNBytes(limit);
    }

    Optional<FileStream> open(FileName file) {
        return reading(file, place -> {
            FileChannel channel = place.read();
            if (channel == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(FileStream.of(channel));
            } catch (IOException | RuntimeException broken) {
                channel.close();
                throw broken;
            }
        });
    }

    Optional<EntityTag> tag(FileName file) {
        return reading(file, place -> Optional.ofNullable(place.tag()));
    }

    /** Returns false if there is nothing of that name. */
    boolean delete(FileName file, FileCheck check) {
        Visit<Boolean> compareAndDelete = place -> {
            if (place.occupant() == Occupant.NOTHING) {
                return false;
            }
            check.check(place);
            place.folder().deleteFile(file.leaf());
            place.folder().sync();
            return true;
        };
        return naming(file, "deleted", () -> locks.hold(() -> at(file, compareAndDelete), file));
    }

    EntityTag move(FileName from, FileCheck check, FileName to) {
        FileLocks.Action<EntityTag> compareAndMove = () -> at(
                from,
                source -> at(to, target -> {
                    requirePresent(source);
                    check.check(source);
                    if (target.occupant() != Occupant.NOTHING) {
                        throw FileRefusals.targetExists(target);
                    }
                    EntityTag tag = Objects.requireNonNull(source.tag(), "tag");
                    source.moveTo(target);
                    return tag;
                }));
        return naming(from, "moved", () -> locks.hold(compareAndMove, from, to));
    }

    void createFolder(FileName folder) {
        Visit<Occupant> create = place -> {
            if (place.occupant() != Occupant.NOTHING) {
                throw FileRefusals.folderExists(place);
            }
            place.createFolder(hidden);
            return Occupant.FOLDER;
        };
        naming(folder, "created", () -> locks.hold(() -> at(folder, create), folder));
    }

    void deleteFolder(FileName folder) {
        Visit<Occupant> delete = place -> {
            requirePresent(place);
            if (place.occupant() == Occupant.FILE) {
                throw FileRefusals.wrongKind(place);
            }
            try {
                place.folder().deleteFolder(folder.leaf());
            } catch (DirectoryNotEmptyException notEmpty) {
                throw FileRefusals.notEmpty(folder).causedBy(notEmpty);
            }
            place.folder().sync();
            return Occupant.NOTHING;
        };
        naming(folder, "deleted", () -> locks.hold(() -> at(folder, delete), folder));
    }

    private static void requirePresent(Place place) throws IOException {
        if (place.occupant() == Occupant.NOTHING) {
            throw ConflictException.gone();
        }
    }

    FileListing list() {
        try (Folder top = opener.open(root)) {
            return entries("", top);
        } catch (IOException broken) {
            throw new FileStoreException("The files could not be listed", broken);
        }
    }

    Optional<FileListing> list(FileName folder) {
        return reading(folder, place -> {
            if (place.occupant() != Occupant.FOLDER) {
                return Optional.empty();
            }
            try (Folder inside = place.folder().folder(folder.leaf())) {
                return Optional.of(entries(folder.text() + "/", inside));
            } catch (NoSuchFileException deleted) {
                return Optional.empty();
            }
        });
    }

    private FileListing entries(String prefix, Folder folder) throws IOException {
        List<String> names = folder.names(FileName::isUsable, limits.maxListed() + 1);
        List<FileEntry> entries = new ArrayList<>();
        for (String name : names.subList(0, Math.min(names.size(), limits.maxListed()))) {
            BasicFileAttributes found = folder.attributes(name);
            if (found != null && found.isRegularFile()) {
                entries.add(new FileEntry(prefix + name, false, found.size(), modified(found)));
            } else if (found != null && found.isDirectory()) {
                entries.add(new FileEntry(prefix + name, true, 0, modified(found)));
            }
        }
        entries.sort(Comparator.comparing(FileEntry::name));
        return new FileListing(entries, names.size() > limits.maxListed());
    }

    private static Instant modified(BasicFileAttributes found) {
        return found.lastModifiedTime().toInstant();
    }

    /** What is done at a place. */
    @FunctionalInterface
    private interface Visit<R> {
        R at(Place place) throws IOException;
    }

    private <R> R at(FileName file, Visit<R> visit) throws IOException {
        try (Place place = Place.open(opener.open(root), file)) {
            return visit.at(place);
        }
    }

    private <R> R reading(FileName file, Visit<R> visit) {
        return naming(file, "read", () -> at(file, visit));
    }

    /** Keeps paths of the server out of messages. */
    private static <R> R naming(FileName file, String done, FileLocks.Action<R> action) {
        try {
            return action.run();
        } catch (IOException broken) {
            throw new FileStoreException("\"" + file + "\" could not be " + done, broken);
        } catch (InvalidPathException unmappable) {
            throw new FileNameException(file.text(), 0, "this file system cannot hold all characters of the name");
        }
    }
}
