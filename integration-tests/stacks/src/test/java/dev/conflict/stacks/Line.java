package dev.conflict.stacks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A release of Jakarta EE, with the jars that implement it. */
enum Line {
    /** Servlet 6.0; this module's own class path. */
    EE10 {
        @Override
        List<Path> jars() {
            return paths(System.getProperty("java.class.path", ""));
        }
    },
    /** Servlet 6.1; the class path of a module that has nothing else. */
    EE11 {
        @Override
        List<Path> jars() {
            try {
                return paths(Files.readString(Path.of(System.getProperty("stacks.ee11", ""))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    abstract List<Path> jars();

    /** The jars below any of some folders of a repository. */
    final List<Path> jarsOf(List<String> groups) {
        return jars().stream()
                .filter(jar -> groups.stream().anyMatch(jar.toString().replace(File.separatorChar, '/')::contains))
                .toList();
    }

    private static List<Path> paths(String classPath) {
        return Stream.of(classPath.strip().split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }
}
