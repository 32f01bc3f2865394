package dev.conflict.file;

import static java.nio.file.StandardOpenOption.READ;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a name leads to: an open folder and a plain name in it, or the first part that leads no further. */
final class Place implements Closeable {
    /** What stands there. */
    enum Occupant {
        NOTHING,
        FILE,
        FOLDER
    }

    private final FileName name;
    private final @Nullable Folder folder;

    /** What the first part that is no folder is. */
    private final Occupant obstacle;

    /** How many parts lead to it. */
    private final int depth;

    private Place(FileName name, @Nullable Folder folder, Occupant obstacle, int depth) {
        this.name = name;
        this.folder = folder;
        this.obstacle = obstacle;
        this.depth = depth;
    }

    /** Goes from the root to the folder of a name; closes the root in the end. */
    static Place open(Folder root, FileName name) throws IOException {
        List<String> folders = name.folders();
        Folder at = root;
        for (int i = 0; i < folders.size(); i++) {
            try (Folder upper = at) {
                Occupant found = occupant(name, i, upper.attributes(folders.get(i)));
                if (found != Occupant.FOLDER) {
                    return new Place(name, null, found, i + 1);
                }
                at = upper.folder(folders.get(i));
            } catch (NoSuchFileException deleted) {
                return new Place(name, null, Occupant.NOTHING, i + 1);
            }
        }
        return new Place(name, at, Occupant.FOLDER, folders.size());
    }

    private static Occupant occupant(FileName name, int part, @Nullable BasicFileAttributes attributes) {
        if (attributes == null) {
            return Occupant.NOTHING;
        }
        if (attributes.isRegularFile()) {
            return Occupant.FILE;
        }
        if (attributes.isDirectory() && !attributes.isOther()) { // a junction of Windows is both
            return Occupant.FOLDER;
        }
        throw new FileNameException(name.text(), name.indexOf(part), "this leads to neither a file nor a folder");
    }

    FileName name() {
        return name;
    }

    /** Returns what has the name now. */
    Occupant occupant() throws IOException {
        return folder == null
                ? Occupant.NOTHING
                : occupant(name, name.folders().size(), folder.attributes(name.leaf()));
    }

    /** Tells whether nothing in the same folder has another name. */
    boolean isFree(String leaf) throws IOException {
        return folder == null || folder.attributes(leaf) == null;
    }

    /**
     * Returns the folder.
     *
     * @throws ConflictException if the name does not lead to one
     */
    Folder folder() {
        if (folder == null) {
            throw FileRefusals.noFolder(name.prefix(depth), obstacle);
        }
        return folder;
    }

    /** Gives a received content this name. */
    void take(Temporary content) throws IOException {
        Folder to = folder();
        try {
            content.moveTo(to, name.leaf());
        } catch (NoSuchFileException deleted) {
            throw folderDeleted(deleted);
        }
        to.sync();
    }

    /** Gives this file another name. */
    void moveTo(Place target) throws IOException {
        Folder to = target.folder();
        try {
            folder().move(name.leaf(), to, target.name.leaf());
        } catch (NoSuchFileException deleted) {
            throw target.folderDeleted(deleted);
        }
        to.sync();
        folder().sync();
    }

    /** Creates a folder of this name: elsewhere first, for a folder that is held cannot create one. */
    void createFolder(HiddenFolder hidden) throws IOException {
        Folder to = folder();
        try (Folder temporary = hidden.temporary()) {
            String created = hidden.createTemporaryFolder();
            try {
                temporary.move(created, to, name.leaf());
            } catch (NoSuchFileException deleted) {
                temporary.deleteFolder(created);
                throw folderDeleted(deleted);
            } catch (IOException broken) {
                temporary.deleteFolder(created);
                throw broken;
            }
        }
        to.sync();
    }

    /** The folder was deleted while it was open. */
    private ConflictException folderDeleted(IOException cause) throws IOException {
        if (name.folders().isEmpty()) {
            throw cause; // the root itself: nothing that a client could create
        }
        ConflictException refusal =
                FileRefusals.noFolder(name.prefix(name.folders().size()), Occupant.NOTHING);
        refusal.initCause(cause);
        return refusal;
    }

    /** Opens the file, null if there is no file of that name. */
    @Nullable FileChannel read() throws IOException {
        if (folder == null || occupant() != Occupant.FILE) {
            return null;
        }
        try {
            return folder.channel(name.leaf(), Set.of(READ));
        } catch (NoSuchFileException deleted) {
            return null;
        }
    }

    /** Takes the tag of the file, null if there is no file of that name. */
    @Nullable EntityTag tag() throws IOException {
        try (FileChannel channel = read()) {
            return channel == null ? null : Hashing.tag(channel);
        }
    }

    @Override
    public void close() throws IOException {
        if (folder != null) {
            folder.close();
        }
    }
}
