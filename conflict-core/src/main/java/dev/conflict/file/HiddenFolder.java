package dev.conflict.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The folder in the root that the library keeps for itself; no name of a client reaches it.
 *
 * <pre>
 * .conflict-files/locks/00 … 31    empty files, locked while a file of that stripe is compared and moved
 * .conflict-files/claims/          files that exist while a process has the lock file of that stripe open
 * .conflict-files/temporary/       contents that are being received
 * </pre>
 *
 * <p>It appears whole, by one move: whoever sees it sees every lock file, and none is ever created or deleted afterwards,
 * so that two processes never lock two different files of one name.
 */
final class HiddenFolder {
    /** Part of the format: processes with different versions of the library share a root. */
    static final int STRIPES = 32;

    private static final String LOCKS = "locks";
    private static final String CLAIMS = "claims";
    private static final String TEMPORARY = "temporary";

    private static final int MAX_SWEPT = 1000;
    private static final Duration LIFETIME = Duration.ofDays(1);

    private final Path root;
    private final Folder.Opener opener;
    private final String prefix = ownPrefix();

    HiddenFolder(Path root, Folder.Opener opener) {
        this.root = root;
        this.opener = opener;
    }

    /** Starts the names of what this process creates; the same for every instance in this JVM. */
    String prefix() {
        return prefix;
    }

    /** Returns a name that nothing has. */
    String newName() {
        return prefix + UUID.randomUUID();
    }

    static String lockFile(int stripe) {
        return String.format(Locale.ROOT, "%02d", stripe);
    }

    /** The time of the start tells containers apart, in each of which a process has the same number. */
    private static String ownPrefix() {
        ProcessHandle self = ProcessHandle.current();
        long started = self.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return self.pid() + "-" + started + "-";
    }

    /** Tells whether something that lives for seconds is so old that its process must have died. */
    private static boolean isLeftBehind(@Nullable BasicFileAttributes found, Instant now) {
        return found != null && found.lastModifiedTime().toInstant().isBefore(now.minus(LIFETIME));
    }

    /** Deletes what dead processes left behind, as far as this one may: what stays is in nobody's way. */
    void sweep(Instant now) {
        try (Folder temporary = temporary();
                Folder claims = claims()) {
            for (String name : temporary.names(name -> !name.startsWith(prefix), MAX_SWEPT)) {
                sweepTemporary(temporary, name, now);
            }
            for (String name : claims.names(name -> !name.startsWith(prefix), MAX_SWEPT)) {
                if (isLeftBehind(claims.attributes(name), now)) {
                    claims.deleteFile(name);
                }
            }
        } catch (IOException notNow) {
            return; // somebody else sweeps at the same time, or this process may not write
        }
    }

    private static void sweepTemporary(Folder temporary, String name, Instant now) throws IOException {
        BasicFileAttributes found = temporary.attributes(name);
        if (found != null && found.isRegularFile()) {
            Temporary.sweep(temporary, name);
        } else if (found != null && found.isDirectory() && isLeftBehind(found, now)) {
            temporary.deleteFolder(name);
        }
    }

    boolean exists() {
        return Files.isDirectory(root.resolve(FileName.HIDDEN), NOFOLLOW_LINKS);
    }

    Folder locks() throws IOException {
        return inside(LOCKS);
    }

    Folder claims() throws IOException {
        return inside(CLAIMS);
    }

    Folder temporary() throws IOException {
        return inside(TEMPORARY);
    }

    private Folder inside(String name) throws IOException {
        ensure();
        try (Folder top = opener.open(root);
                Folder hidden = top.folder(FileName.HIDDEN)) {
            return hidden.folder(name);
        }
    }

    /** Creates an empty folder among the temporary files, to be moved to where it belongs. */
    String createTemporaryFolder() throws IOException {
        ensure();
        String name = newName();
        Files.createDirectory(root.resolve(FileName.HIDDEN).resolve(TEMPORARY).resolve(name));
        return name;
    }

    private void ensure() throws IOException {
        if (exists()) {
            return;
        }
        Path draft = root.resolve(FileName.HIDDEN + "-" + UUID.randomUUID());
        Files.createDirectory(draft); // and not its parents: a root that has gone is not made anew
        Files.createDirectory(draft.resolve(TEMPORARY));
        Files.createDirectory(draft.resolve(CLAIMS));
        Files.createDirectory(draft.resolve(LOCKS));
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            Files.createFile(draft.resolve(LOCKS).resolve(lockFile(stripe)));
        }
        try {
            Files.move(draft, root.resolve(FileName.HIDDEN), ATOMIC_MOVE);
        } catch (IOException lost) {
            discard(draft);
            if (!exists()) {
                throw lost;
            }
        }
    }

    private static void discard(Path draft) throws IOException {
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            Files.delete(draft.resolve(LOCKS).resolve(lockFile(stripe)));
        }
        Files.delete(draft.resolve(LOCKS));
        Files.delete(draft.resolve(CLAIMS));
        Files.delete(draft.resolve(TEMPORARY));
        Files.delete(draft);
    }
}
