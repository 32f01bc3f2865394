package dev.conflict.jaxrs.quarkus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The application as the plugin has built it, in a JVM of its own. */
final class QuarkusProcess implements AutoCloseable {
    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://localhost:\\d+)");

    private final Process process;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CompletableFuture<URI> address = new CompletableFuture<>();

    private final Thread reader = new Thread(this::read, "log");

    private QuarkusProcess(Process process) {
        this.process = process;
    }

    /** Starts what stands in a folder of target. */
    static QuarkusProcess start(String variant) throws IOException {
        QuarkusProcess started = new QuarkusProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        Path.of("target", variant, "quarkus-run.jar").toString())
                .redirectErrorStream(true)
                .start());
        started.reader.setDaemon(true);
        started.reader.start();
        return started;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                Matcher listening = LISTENING.matcher(line);
                if (listening.find()) {
                    address.complete(URI.create(listening.group(1)));
                }
            }
        } catch (IOException ended) {
            address.completeExceptionally(new UncheckedIOException(ended));
        }
        address.completeExceptionally(new IllegalStateException("It did not start: " + String.join("\n", log)));
    }

    URI uri(String path) throws InterruptedException, ExecutionException, TimeoutException {
        return address.get(60, TimeUnit.SECONDS).resolve(path);
    }

    /** What was logged so far; when the process has ended, all of it. */
    List<String> log() {
        return List.copyOf(log);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            reader.join(10_000);
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
