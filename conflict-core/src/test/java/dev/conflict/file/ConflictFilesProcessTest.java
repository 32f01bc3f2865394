package dev.conflict.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Writers of several processes against each other. */
@Timeout(60)
class ConflictFilesProcessTest {
    @TempDir(factory = ConflictFilesRoots.class)
    Path root;

    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> processes = new ArrayList<>();
    private ConflictFiles files;

    @BeforeEach
    void createCount() {
        files = ConflictFiles.in(root);
        files.create("count", ConflictFilesProcess.number(0));
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    /** Starts a process and waits until it says the word. */
    private Process start(String word, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                ConflictFilesProcess.classPathOf(ConflictFiles.class)
                        + File.pathSeparator
                        + ConflictFilesProcess.classPathOf(ConflictFilesProcess.class),
                ConflictFilesProcess.class.getName()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        processes.add(process);
        BufferedReader said = process.inputReader(UTF_8);
        assertThat(said.readLine()).isEqualTo(word);
        return process;
    }

    private int count() {
        return ConflictFilesProcess.number(files.read("count").orElseThrow());
    }

    private List<Path> temporaries() throws IOException {
        try (Stream<Path> found = Files.list(root.resolve(".conflict-files").resolve("temporary"))) {
            return found.toList();
        }
    }

    @Test
    void twoProcessesLoseNoIncrement() throws Exception {
        Process other = start("ready", "increment", root.toString(), "30");

        other.outputWriter(UTF_8).append('\n').flush();
        ConflictFilesProcess.increment(root, 30);

        assertThat(other.waitFor()).isZero();
        assertThat(count()).isEqualTo(60);
        assertThat(temporaries()).isEmpty();
    }

    @Test
    void processKilledWhileItWritesLeavesTheOldContent() throws Exception {
        Process other = start("stalled", "stall", root.toString());

        ConflictFiles.in(root);
        assertThat(temporaries()).as("a living writer's content is not swept").hasSize(1);

        other.destroyForcibly().waitFor();
        assertThat(count()).isZero();
        files.replace("count", files.tag("count").orElseThrow(), ConflictFilesProcess.number(1));
        assertThat(count()).isOne();
        assertThat(temporaries()).as("left behind").hasSize(1);

        ConflictFiles.in(root);
        assertThat(temporaries()).as("swept").isEmpty();
    }

    @Test
    void contentThatIsBeingReceivedIsSweptByNobody() {
        files.create("swept", new SequenceInputStream(new ByteArrayInputStream(new byte[1]), new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                ConflictFiles.in(root);
                start("swept", "sweep", root.toString());
                return -1;
            }
        }));

        assertThat(files.read("swept").orElseThrow().bytes()).hasSize(1);
    }

    @Test
    void processKilledWhileItHoldsTheLockLeavesItFree() throws Exception {
        Process other = start("held", "hold", root.toString());
        ConflictFiles impatient =
                ConflictFiles.builder(root).lockTimeout(Duration.ofMillis(20)).build();
        EntityTag tag = files.tag("count").orElseThrow();

        assertThatThrownBy(() -> impatient.replace("count", tag, new byte[1]))
                .isInstanceOf(ConflictException.Concurrency.class);
        assertThatThrownBy(() -> ConflictFiles.builder(root)
                        .lockTimeout(Duration.ZERO)
                        .build()
                        .replace("count", tag, new byte[1]))
                .as("what gave up has not freed the lock")
                .isInstanceOf(ConflictException.Concurrency.class);

        other.destroyForcibly().waitFor();
        assertThat(impatient.replace("count", tag, ConflictFilesProcess.number(1)))
                .isNotNull();
        assertThat(count()).isOne();
    }

    @Test
    void writerThatGivesUpFreesNoLockThatItsProcessHolds() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            ConflictFilesHolder holder = new ConflictFilesHolder(threads, files, "count");
            ConflictFiles other =
                    ConflictFiles.builder(root).lockTimeout(Duration.ZERO).build();
            assertThatThrownBy(() -> other.delete("count", tag -> {}))
                    .isInstanceOf(ConflictException.Concurrency.class);

            start("Concurrency", "attempt", root.toString(), "count");

            holder.end();
            start("written", "attempt", root.toString(), "count");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void nameThatTheServersLocaleCannotWriteIsRefused() throws Exception {
        environment.put("LC_ALL", "POSIX");

        start("FileNameException", "attempt", root.toString(), "\u00FC");
    }
}
