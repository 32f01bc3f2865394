package dev.conflict.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import java.io.ByteArrayInputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writers of one process against each other. */
@Timeout(60)
class ConflictFilesRaceTest {
    private static final int THREADS = 64;
    private static final int ROUNDS = 6;

    @TempDir(factory = ConflictFilesRoots.class)
    Path root;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    /** A writer's attempt in a round, with what he writes. */
    private interface Writer {
        EntityTag write(int instance, byte[] content) throws Exception;
    }

    /** Lets all writers loose at once, and returns the content of the one that won. */
    private byte[] race(int round, int instances, Writer writer) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<Boolean>> attempts = new ArrayList<>();
        List<byte[]> contents = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            byte[] content = new byte[20_000 + i];
            Arrays.fill(content, (byte) i);
            content[content.length - 1] = (byte) round; // the content that is there already would match twice
            contents.add(content);
            int instance = i % instances;
            attempts.add(threads.submit(() -> {
                start.await();
                try {
                    return writer.write(instance, content).equals(EntityTag.ofContent(content));
                } catch (ConflictException.File lost) {
                    return false;
                }
            }));
        }
        List<byte[]> winners = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            if (attempts.get(i).get()) {
                winners.add(contents.get(i));
            }
        }
        assertThat(winners.size()).isOne();
        return winners.get(0);
    }

    private List<ConflictFiles> instances(int count) {
        List<ConflictFiles> instances = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            instances.add(ConflictFiles.in(root));
        }
        return instances;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void oneOf64CreatesTheFileAndItHasHisWholeContent(int count) throws Exception {
        List<ConflictFiles> files = instances(count);
        for (int round = 0; round < ROUNDS; round++) {
            String name = "round-" + round;

            byte[] winner = race(
                    round,
                    count,
                    (instance, content) -> files.get(instance).create(name, new ByteArrayInputStream(content)));

            assertThat(files.get(0).read(name).orElseThrow().bytes()).isEqualTo(winner);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void oneOf64ReplacesTheFileAndItHasHisWholeContent(int count) throws Exception {
        List<ConflictFiles> files = instances(count);
        EntityTag start = files.get(0).create("a.txt", new byte[] {1});
        for (int round = 0; round < ROUNDS; round++) {
            EntityTag seen = start;

            byte[] winner = race(
                    round,
                    count,
                    (instance, content) ->
                            files.get(instance).replace("a.txt", seen, new ByteArrayInputStream(content)));

            FileContent stored = files.get(0).read("a.txt").orElseThrow();
            assertThat(stored.bytes()).isEqualTo(winner);
            start = stored.tag();
        }
    }

    @Test
    void oneOf64MovesTheFileAndOneTakesTheName() throws Exception {
        ConflictFiles files = ConflictFiles.in(root);
        files.createFolder("to");
        for (int round = 0; round < ROUNDS; round++) {
            String to = "to/" + round;
            race(round, 1, (instance, content) -> {
                String from = "from-" + content.length + "-" + to.hashCode();
                EntityTag tag = files.create(from, content);
                return files.move(from, tag, to);
            });
            assertThat(files.read(to)).isPresent();
        }
    }

    @Test
    void readersAlwaysSeeAWholeContent() throws Exception {
        ConflictFiles files = ConflictFiles.in(root);
        byte[] zeros = new byte[100_000];
        byte[] ones = new byte[120_000];
        Arrays.fill(ones, (byte) 1);
        EntityTag tag = files.create("a", zeros);
        CountDownLatch written = new CountDownLatch(1);
        Future<Integer> reader = threads.submit(() -> {
            int reads = 0;
            while (written.getCount() > 0 || reads == 0) {
                byte[] seen = files.read("a").orElseThrow().bytes();
                assertThat(Arrays.equals(seen, zeros) || Arrays.equals(seen, ones))
                        .isTrue();
                reads++;
            }
            return reads;
        });

        for (int i = 0; i < 50; i++) {
            tag = files.replace("a", tag, i % 2 == 0 ? ones : zeros);
        }
        written.countDown();

        assertThat(reader.get()).isPositive();
    }

    @Test
    void filesMovedCrosswiseDoNotBlockEachOther() throws Exception {
        ConflictFiles one = ConflictFiles.in(root);
        ConflictFiles other = ConflictFiles.in(root);
        one.create("x", new byte[] {1});
        List<Future<Integer>> movers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ConflictFiles files = i % 2 == 0 ? one : other;
            String from = i < 4 ? "x" : "y";
            String to = i < 4 ? "y" : "x";
            movers.add(threads.submit(() -> {
                int moved = 0;
                for (int n = 0; n < 50; n++) {
                    try {
                        files.move(from, tag -> {}, to);
                        moved++;
                    } catch (ConflictException.Absence | ConflictException.File lost) {
                        Thread.onSpinWait();
                    }
                }
                return moved;
            }));
        }
        int balance = 0;
        for (int i = 0; i < 8; i++) {
            balance += i < 4 ? movers.get(i).get() : -movers.get(i).get();
        }

        assertThat(one.tag("x").isPresent()).isEqualTo(balance == 0);
        assertThat(one.tag("y").isPresent()).isEqualTo(balance == 1);
    }

    @Test
    void fileCreatedInAFolderThatIsDeletedStandsOrIsRefused() throws Exception {
        ConflictFiles files = ConflictFiles.in(root);
        for (int round = 0; round < 40; round++) {
            String folder = "folder-" + round;
            files.createFolder(folder);
            CyclicBarrier start = new CyclicBarrier(2);
            Future<Boolean> created =
                    threads.submit(() -> succeeds(start, () -> files.create(folder + "/a.txt", new byte[] {1})));
            Future<Boolean> deleted = threads.submit(() -> succeeds(start, () -> {
                files.deleteFolder(folder);
                return folder;
            }));

            assertThat(created.get()).isNotEqualTo(deleted.get());
            assertThat(files.tag(folder + "/a.txt").isPresent()).isEqualTo(created.get());
        }
    }

    private static boolean succeeds(CyclicBarrier start, Callable<?> write) throws Exception {
        start.await();
        try {
            write.call();
            return true;
        } catch (ConflictException.State | ConflictException.File lost) {
            return false;
        }
    }

    @Test
    void waitForALockIsBounded() throws Exception {
        ConflictFiles same =
                ConflictFiles.builder(root).lockTimeout(Duration.ofMillis(20)).build();
        ConflictFiles other =
                ConflictFiles.builder(root).lockTimeout(Duration.ofMillis(20)).build();
        ConflictFilesHolder holder = new ConflictFilesHolder(threads, same, "a.txt");

        for (ConflictFiles files : List.of(same, other, other)) {
            assertThatThrownBy(() -> files.create("a.txt", new byte[1]))
                    .isInstanceOfSatisfying(
                            ConflictException.Concurrency.class,
                            busy -> assertThat(busy.conflict())
                                    .isEqualTo(new Conflict.Concurrency(Conflict.ConcurrencyReason.LOCK_TIMEOUT)));
        }

        holder.end();
        EntityTag tag = same.tag("a.txt").orElseThrow();
        assertThat(other.replace("a.txt", tag, new byte[2])).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptEndsTheWaitForALock(boolean sameInstance) throws Exception {
        ConflictFiles files = ConflictFiles.in(root);
        ConflictFiles waiting = sameInstance ? files : ConflictFiles.in(root);
        ConflictFilesHolder holder = new ConflictFilesHolder(threads, files, "a.txt");
        List<Boolean> flags = new ArrayList<>();
        Thread waiter = new Thread(() -> {
            assertThatThrownBy(() -> waiting.put("a.txt", tag -> {}, new ByteArrayInputStream(new byte[2])))
                    .isInstanceOf(FileStoreException.class)
                    .hasMessage("\"a.txt\" could not be written");
            flags.add(Thread.currentThread().isInterrupted());
        });
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        waiter.interrupt();
        waiter.join();

        assertThat(flags).containsExactly(true);
        holder.end();
        assertThat(files.read("a.txt").orElseThrow().bytes()).hasSize(1);
    }

    @Test
    void namesThatAFileSystemMayTakeForOneShareALock() {
        assertThat(FileName.parse("\u00FC/A.TXT").lockKey())
                .isEqualTo(FileName.parse("u\u0308/a.txt").lockKey())
                .isNotEqualTo(FileName.parse("u/a.txt").lockKey());
        assertThat(FileName.parse("stra\u00DFe").lockKey())
                .isEqualTo(FileName.parse("STRASSE").lockKey());
    }

    @Test
    void librariesOfTwoClassLoadersLoseNoIncrement() throws Exception {
        ConflictFiles.in(root).create("count", ConflictFilesProcess.number(0));
        List<Future<Object>> runs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            runs.add(threads.submit(() -> incrementInOwnClassLoader(20)));
        }
        for (Future<Object> run : runs) {
            run.get();
        }

        assertThat(ConflictFilesProcess.number(
                        ConflictFiles.in(root).read("count").orElseThrow()))
                .isEqualTo(40);
    }

    private Object incrementInOwnClassLoader(int times) throws Exception {
        URL[] path = {location(ConflictFiles.class), location(ConflictFilesProcess.class)};
        try (URLClassLoader own = new URLClassLoader(path, null)) {
            Class<?> process = own.loadClass(ConflictFilesProcess.class.getName());
            assertThat(process).isNotSameAs(ConflictFilesProcess.class);
            var increment = process.getDeclaredMethod("increment", Path.class, int.class);
            increment.setAccessible(true);
            return Objects.requireNonNullElse(increment.invoke(null, root, times), "done");
        }
    }

    private static URL location(Class<?> type) throws Exception {
        return ConflictFilesProcess.classPathOf(type).toUri().toURL();
    }
}
