package dev.conflict.harness;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** A server out of the system's packages in a folder of its own, stopped with the JVM. */
public final class SystemServer {
    private static final int SECONDS_TO_START = 60;
    private static final int SECONDS_TO_STOP = 20;

    /** Opens a connection as soon as the server lets somebody in. */
    public interface Door {
        /**
         * Opens one.
         *
         * @return the connection
         * @throws SQLException if nobody is let in
         */
        Connection open() throws SQLException;
    }

    private final Path folder;
    private final List<String> asUser;

    private SystemServer(Path folder, List<String> asUser) {
        this.folder = folder;
        this.asUser = asUser;
    }

    /**
     * Makes a folder for a server that runs as whoever runs the tests.
     *
     * @param name what the folder's name begins with
     * @return the server, not started
     * @throws IOException if there can be no folder
     */
    public static SystemServer of(String name) throws IOException {
        return new SystemServer(Files.createTempDirectory(name), List.of());
    }

    /**
     * Makes a folder for a server that refuses to be root: if the tests are, it runs as another user.
     *
     * @param name what the folder's name begins with
     * @param user the other user
     * @return the server, not started
     * @throws IOException if there can be no folder
     */
    public static SystemServer notAsRoot(String name, String user) throws IOException {
        SystemServer server = of(name);
        if (!System.getProperty("user.name").equals("root")) {
            return server;
        }
        Files.setOwner(
                server.folder,
                server.folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        return new SystemServer(
                server.folder, List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--"));
    }

    /**
     * Returns a file in the server's folder.
     *
     * @param name its name
     * @return its path
     */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * Runs a program to its end.
     *
     * @param program the program
     * @param arguments its arguments
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public void run(Path program, String... arguments) throws IOException, InterruptedException {
        Process process = begin(program, arguments);
        if (!process.waitFor(SECONDS_TO_START, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException(program + " failed; see " + file("log"));
        }
    }

    /**
     * Starts the server. It tells nobody when it is ready; so it is asked, as often as a connection takes to be refused.
     *
     * @param door opens a connection to it
     * @param program its program
     * @param arguments the program's arguments
     * @throws IOException if it cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public void serve(Door door, Path program, String... arguments) throws IOException, InterruptedException {
        Process server = begin(program, arguments);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
        while (true) {
            try (Connection connection = door.open()) {
                connection.isValid(1);
                return;
            } catch (SQLException notYet) {
                if (!server.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException(program + " does not answer; see " + file("log"), notYet);
                }
                server.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
    }

    private Process begin(Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(asUser);
        command.add(program.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file("log").toFile()));
        builder.environment().remove("LANGUAGE"); // stands over the language that a server is told
        builder.environment().put("LOCPATH", folder.toString());
        return builder.start();
    }

    private void stop(Process server) {
        server.destroy();
        try {
            if (!server.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
            }
        } catch (InterruptedException | IOException e) {
            server.destroyForcibly();
        }
    }

    /**
     * On a developer's machine a skip that says why; where everything is expected to run, an error.
     *
     * @param what what is missing
     * @param ci what the environment says of {@code CI}
     * @return what to throw
     */
    public static RuntimeException missing(String what, @Nullable String ci) {
        return Boolean.parseBoolean(ci)
                ? new IllegalStateException(what + ", required, because CI=true")
                : new TestAbortedException(what);
    }

    /**
     * Finds a program.
     *
     * @param name its name
     * @return its path, null if it is not installed
     */
    public static @Nullable Path program(String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /**
     * Finds a port that nobody listens on.
     *
     * @return its number
     * @throws IOException if there is none
     */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
