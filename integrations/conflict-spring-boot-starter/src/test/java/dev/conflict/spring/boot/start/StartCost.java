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
        List<Long> with = new ArrayList<>();
        List<Long> without = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            without.add(start(String.join(File.pathSeparator, bare), false));
            with.add(start(String.join(File.pathSeparator, whole), true));
        }
        System.out.printf(
                "with: median %d ms, least %d; without: median %d ms, least %d; between the medians %d ms, in %d starts each%n",
                median(with),
                with.stream().min(Long::compare).orElseThrow(),
                median(without),
                without.stream().min(Long::compare).orElseThrow(),
                median(with) - median(without),
                ROUNDS);
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

    private static long start(String classPath, boolean ours) throws IOException, InterruptedException {
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
        assertThat(figures.get(1)).isEqualTo(String.valueOf(ours));
        return Long.parseLong(figures.get(0));
    }

    private static long median(List<Long> millis) {
        return millis.stream().sorted().toList().get(millis.size() / 2);
    }
}
