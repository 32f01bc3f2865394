package dev.conflict.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.conflict.ConflictException;
import dev.conflict.EntityTag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What a second process does to a root; it says when it is ready on its output, and goes on when its input says so. */
final class ConflictFilesProcess {
    private ConflictFilesProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "increment" -> {
                ConflictFiles.in(root);
                sayAndWait("ready");
                increment(root, Integer.parseInt(arguments[2]));
            }
            case "stall" -> stall(root);
            case "hold" -> hold(root);
            case "sweep" -> {
                ConflictFiles.in(root);
                sayAndWait("swept");
            }
            case "attempt" -> attempt(root, arguments[2]);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    static byte[] number(int number) {
        return Integer.toString(number).getBytes(UTF_8);
    }

    static int number(FileContent content) {
        return Integer.parseInt(new String(content.bytes(), UTF_8));
    }

    /**
     * Reads a number, adds one and writes it under the tag that was read, again and again. Every other write takes its
     * time between the comparison and the move, so that without a lock others would come between.
     */
    static void increment(Path root, int times) {
        ConflictFiles files = ConflictFiles.in(root);
        for (int done = 0; done < times; ) {
            FileContent read = files.read("count").orElseThrow();
            byte[] next = number(number(read) + 1);
            try {
                if (done % 2 == 0) {
                    files.replace("count", read.tag(), next);
                } else {
                    files.put("count", current -> compareSlowly(read.tag(), current), new ByteArrayInputStream(next));
                }
                done++;
            } catch (ConflictException.File lost) {
                Thread.onSpinWait(); // reads again
            }
        }
    }

    private static void compareSlowly(EntityTag seen, Optional<EntityTag> current) {
        if (!current.equals(Optional.of(seen))) {
            throw ConflictException.version();
        }
        if (EntityTag.ofContent(new byte[2_000_000]).equals(seen)) {
            throw new IllegalStateException("what was hashed is not what is stored");
        }
    }

    /** Never ends to receive a content. */
    private static void stall(Path root) {
        InputStream never = new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return sayAndWait("stalled");
            }
        };
        ConflictFiles.in(root)
                .put(
                        "count",
                        tag -> {},
                        new SequenceInputStream(new ByteArrayInputStream("half".getBytes(UTF_8)), never));
    }

    /** Never lets the lock go. */
    private static void hold(Path root) {
        ConflictFiles.in(root)
                .put(
                        "count",
                        tag -> {
                            try {
                                sayAndWait("held");
                            } catch (IOException ended) {
                                throw new IllegalStateException(ended);
                            }
                        },
                        new ByteArrayInputStream("held".getBytes(UTF_8)));
    }

    /** Tries once, and says what comes of it. */
    private static void attempt(Path root, String name) throws IOException {
        ConflictFiles files =
                ConflictFiles.builder(root).lockTimeout(Duration.ZERO).build();
        try {
            files.put(name, tag -> {}, new ByteArrayInputStream(new byte[1]));
            sayAndWait("written");
        } catch (RuntimeException refused) {
            sayAndWait(refused.getClass().getSimpleName());
        }
    }

    private static int sayAndWait(String word) throws IOException {
        PrintStream out = System.out;
        out.println(word);
        out.flush();
        return System.in.read();
    }

    /** Returns the folder or jar that a class was read from, also where tests are patched into a module. */
    static Path classPathOf(Class<?> type) {
        String resource = type.getName().replace('.', '/') + ".class";
        String address = Objects.requireNonNull(type.getResource("/" + resource), resource)
                .toString();
        String place = address.startsWith("jar:")
                ? address.substring("jar:".length(), address.indexOf('!'))
                : address.substring(0, address.length() - resource.length());
        return Path.of(URI.create(place));
    }
}
