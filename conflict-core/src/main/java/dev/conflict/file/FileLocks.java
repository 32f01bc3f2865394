package dev.conflict.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.conflict.Conflict.ConcurrencyReason;
import dev.conflict.ConflictException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The locks of one root. Names share {@value HiddenFolder#STRIPES} stripes; each stripe is held three times over:
 *
 * <ol>
 *   <li>by a lock of this instance, where its threads wait in line;
 *   <li>by a claim, a file whose name only this process uses: whoever creates it has it, among all instances in this JVM,
 *       whatever class loader they came from. Under POSIX a process that closes <em>any</em> descriptor of a file loses
 *       all its locks on the file, so only one instance at a time may have a lock file open at all;
 *   <li>by the operating system's lock on the stripe's lock file, for other processes.
 * </ol>
 *
 * <p>The last two are tried again and again, with pauses of up to 4 ms, until the time is up. A blocking call has no time
 * limit; and the kernel, which knows locks by process rather than by thread, takes two processes with two stripes each for
 * a deadlock where there is none. Several stripes are taken in the order of their numbers. The operating system frees the
 * locks of a process that ends, however it ends; its claims mean nothing to others.
 */
final class FileLocks {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private final HiddenFolder hidden;
    private final Duration patience;
    private final ReentrantLock[] stripes = new ReentrantLock[HiddenFolder.STRIPES];

    FileLocks(HiddenFolder hidden, Duration patience) {
        this.hidden = hidden;
        this.patience = patience;
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** What is done under the locks. */
    @FunctionalInterface
    interface Action<R> {
        R run() throws IOException;
    }

    /**
     * Does something while no other writer compares and moves the files of the given names.
     *
     * @throws ConflictException.Concurrency if a lock is not free in time
     * @throws IllegalStateException if this thread holds one of these locks already
     */
    <R> R hold(Action<R> action, FileName... names) throws IOException {
        NavigableSet<Integer> needed = new TreeSet<>();
        for (FileName name : names) {
            needed.add(Math.floorMod(name.lockKey().hashCode(), stripes.length));
        }
        try (Folder files = hidden.locks();
                Folder claims = hidden.claims()) {
            return new Hold<>(files, claims, System.nanoTime() + patience.toNanos(), action).over(needed);
        }
    }

    private final class Hold<R> {
        private final Folder files;
        private final Folder claims;
        private final long deadline;
        private final Action<R> action;

        Hold(Folder files, Folder claims, long deadline, Action<R> action) {
            this.files = files;
            this.claims = claims;
            this.deadline = deadline;
            this.action = action;
        }

        R over(NavigableSet<Integer> needed) throws IOException {
            Integer first = needed.pollFirst();
            if (first == null) {
                return action.run();
            }
            ReentrantLock stripe = stripes[first];
            if (stripe.isHeldByCurrentThread()) {
                throw new IllegalStateException("A FileGuard must not call the ConflictFiles that asks it");
            }
            await(stripe);
            try {
                return claimed(HiddenFolder.lockFile(first), needed);
            } finally {
                stripe.unlock();
            }
        }

        private R claimed(String lockFile, NavigableSet<Integer> others) throws IOException {
            String claim = hidden.prefix() + lockFile;
            await(() -> isCreated(claims, claim));
            try {
                return locked(lockFile, others);
            } finally {
                free(claims, claim);
            }
        }

        private R locked(String lockFile, NavigableSet<Integer> others) throws IOException {
            try (FileChannel channel = files.channel(lockFile, Set.of(WRITE))) {
                await(() -> isLocked(channel));
                return over(others);
            }
        }

        private void await(ReentrantLock stripe) throws IOException {
            try {
                if (!stripe.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw busy();
                }
            } catch (InterruptedException interrupted) {
                throw interrupted();
            }
        }

        private void await(Attempt attempt) throws IOException {
            for (long pause = FIRST_PAUSE_NANOS; !attempt.succeeds(); pause = Math.min(2 * pause, LAST_PAUSE_NANOS)) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw busy();
                }
                LockSupport.parkNanos(this, Math.min(pause, left));
                if (Thread.interrupted()) {
                    throw interrupted();
                }
            }
        }
    }

    @FunctionalInterface
    private interface Attempt {
        boolean succeeds() throws IOException;
    }

    private static boolean isCreated(Folder claims, String claim) throws IOException {
        try {
            claims.channel(claim, Set.of(CREATE_NEW, WRITE)).close();
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    private static void free(Folder claims, String claim) throws IOException {
        try {
            claims.deleteFile(claim);
        } catch (NoSuchFileException freed) {
            return; // somebody tidied up too well; nobody has it now
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null; // held until the channel is closed
        } catch (OverlappingFileLockException foreign) {
            return false;
        }
    }

    private static ConflictException busy() {
        return ConflictException.concurrency(ConcurrencyReason.LOCK_TIMEOUT);
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("Interrupted while waiting for another writer");
    }
}
