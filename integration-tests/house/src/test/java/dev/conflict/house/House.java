package dev.conflict.house;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Where the built house stands: what is published, and the jars that users get. */
final class House {
    static final String VERSION = System.getProperty("house.version", "");
    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    static final Path ROOT = MODULE.resolve("../..").normalize();
    static final Path GOLDEN = MODULE.resolve("src/test/golden");
    static final Path ACTUAL = MODULE.resolve("target/golden");

    private House() {}

    /** A module that users get: its folder is conflict-* (but the BOM) or stands in integrations. */
    record Published(String artifact, Path folder) {
        Path jar() {
            return target().resolve(artifact + "-" + VERSION + ".jar");
        }

        Path javadocJar() {
            return target().resolve(artifact + "-" + VERSION + "-javadoc.jar");
        }

        Path target() {
            return folder.resolve("target");
        }

        boolean hasCode() {
            try (JarFile open = new JarFile(jar().toFile())) {
                return open.stream()
                        .map(ZipEntry::getName)
                        .anyMatch(name -> name.endsWith(".class") && !name.endsWith("-info.class"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return artifact;
        }
    }

    static List<Published> published() {
        return Stream.concat(folders(ROOT, "conflict-*"), folders(ROOT.resolve("integrations"), "*"))
                .filter(folder -> Files.exists(folder.resolve("pom.xml")))
                .map(folder -> new Published(folder.getFileName().toString(), folder))
                .filter(module -> !module.artifact().equals("conflict-bom"))
                .sorted((a, b) -> a.artifact().compareTo(b.artifact()))
                .toList();
    }

    static List<Published> publishedWithCode() {
        return published().stream().filter(Published::hasCode).toList();
    }

    /** The jars on this test's class path that hold another library: two where two lines of it live side by side. */
    static Stream<Path> libraries(String artifact) {
        List<Path> found = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(path -> path.getFileName().toString().matches(artifact + "-[0-9].*\\.jar"))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalStateException(artifact + " is not on the class path");
        }
        return found.stream();
    }

    private static Stream<Path> folders(Path parent, String glob) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, glob)) {
            found.forEach(folders::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folders.stream();
    }
}
