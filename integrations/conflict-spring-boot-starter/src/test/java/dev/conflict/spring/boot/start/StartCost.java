package dev.conflict.spring.boot.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starts an application with and without us, in turn and each in a process of its own, and prints how long it takes.
 *
 * <p>No test: it is run by its name, as docs/spring.md says, and judges no time.
 */
class StartCost {
    static final String MARK = "ready after ms: ";

    private static final int ROUNDS = Integer.getInteger("start.rounds", 15);

    @Test
    void ofTheStarter(@TempDir Path jars) throws Exception {
        List<String> bare = new ArrayList<>();
        List<String> whole = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (isOurs(entry)) {
                whole.add(jar(Path.of(entry), jars));
            } else {
                bare.add(entry);
            }
        }
        whole.addAll(0, bare);
        List<Figures> with = new ArrayList<>();
        List<Figures> without = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            without.add(start(String.join(File.pathSeparator, bare), false));
            with.add(start(String.join(File.pathSeparator, whole), true));
        }
        print("on the clock", with, without, Figures::millis);
        print("of processor time", with, without, Figures::processorMillis);
    }

    /** What a start took; the time of processors grows less when others use the machine. */
    private record Figures(long millis, long processorMillis) {}

    private static void print(String what, List<Figures> with, List<Figures> without, ToLongFunction<Figures> figure) {
        long[] ours = with.stream().mapToLong(figure).sorted().toArray();
        long[] theirs = without.stream().mapToLong(figure).sorted().toArray();
        long median = ours[ROUNDS / 2];
        long other = theirs[ROUNDS / 2];
        System.out.printf(
                "ms %s, with: median %d, least %d; without: median %d, least %d; between the medians %d, the least %d; %d starts each%n",
                what, median, ours[0], other, theirs[0], median - other, ours[0] - theirs[0], ROUNDS);
    }

    /** Our modules, as jars or as folders of a build; the application itself stays. */
    private static boolean isOurs(String entry) {
        return entry.matches(".*[/\\\\]conflict-[a-z-]+([/\\\\]target[/\\\\]classes[/\\\\]?|-[^/\\\\]*\\.jar)");
    }

    /** As users have us: a folder in front of a class path costs every class that is looked up behind it. */
    private static String jar(Path entry, Path jars) throws IOException {
        if (!Files.isDirectory(entry)) {
            return entry.toString();
        }
        Path jar = Files.createTempFile(jars, "ours", ".jar");
        try (ZipOutputStream packed = new ZipOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(entry)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                packed.putNextEntry(
                        new ZipEntry(entry.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, packed);
            }
        }
        return jar.toString();
    }

    private static Figures start(String classPath, boolean ours) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        classPath,
                        NoteApplication.class.getName(),
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=warn")
                .redirectErrorStream(true)
                .start();
        String line;
        List<String> printed = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            while ((line = output.readLine()) != null) {
                printed.add(line);
            }
        }
        assertThat(process.waitFor()).as("%s", printed).isZero();
        String ready = printed.stream()
                .filter(each -> each.startsWith(MARK))
                .findFirst()
                .orElseThrow();
        List<String> figures = Arrays.asList(ready.substring(MARK.length()).split(" ", -1));
        assertThat(figures.get(2)).isEqualTo(String.valueOf(ours));
        return new Figures(Long.parseLong(figures.get(0)), Long.parseLong(figures.get(1)));
    }
}
