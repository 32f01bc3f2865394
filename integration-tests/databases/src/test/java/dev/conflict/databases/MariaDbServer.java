package dev.conflict.databases;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** The one MariaDB of this JVM: Debian's mariadb-server on a free port, stopped with the JVM. */
final class MariaDbServer {
    private static final int SECONDS_TO_START = 60;

    private final int port;

    private MariaDbServer(int port) {
        this.port = port;
    }

    private static final class Holder {
        static final MariaDbServer ONLY = start();
    }

    /** The address of a new empty database, without the scheme. */
    static String freshDatabase() {
        String name = "t_" + UUID.randomUUID().toString().replace("-", "").toLowerCase(Locale.ROOT);
        try (Connection connection = DriverManager.getConnection(Holder.ONLY.url("mysql"), "root", "")) {
            connection.createStatement().execute("create database " + name + " character set utf8mb4");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return "//127.0.0.1:" + Holder.ONLY.port + "/" + name;
    }

    private String url(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?sslMode=disable";
    }

    private static MariaDbServer start() {
        Path install = program("mariadb-install-db");
        Path daemon = program("mariadbd");
        if (install == null || daemon == null) {
            throw missing(System.getenv("CI"));
        }
        try {
            Path folder = Files.createTempDirectory("mariadb");
            Path data = folder.resolve("data");
            String user = "--user=" + System.getProperty("user.name");
            Process installed = run(
                    folder,
                    List.of(
                            install.toString(),
                            "--no-defaults",
                            user,
                            "--datadir=" + data,
                            "--auth-root-authentication-method=normal",
                            "--skip-test-db",
                            "--skip-name-resolve"));
            if (!installed.waitFor(SECONDS_TO_START, TimeUnit.SECONDS) || installed.exitValue() != 0) {
                throw new IllegalStateException("mariadb-install-db failed; see " + folder);
            }
            int port = freePort();
            Process server = run(
                    folder,
                    List.of(
                            daemon.toString(),
                            "--no-defaults",
                            user,
                            "--datadir=" + data,
                            "--port=" + port,
                            "--bind-address=127.0.0.1",
                            "--socket=" + folder.resolve("s.sock"),
                            "--innodb-flush-log-at-trx-commit=0"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, folder)));
            MariaDbServer started = new MariaDbServer(port);
            started.awaitReady(server);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A server tells nobody when it is ready; so it is asked, as often as a connection takes to be refused. */
    private void awaitReady(Process server) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
        while (true) {
            try (Connection connection = DriverManager.getConnection(url("mysql"), "root", "")) {
                connection.isValid(1);
                return;
            } catch (SQLException notYet) {
                if (!server.isAlive() || System.nanoTime() > end) {
                    throw new IllegalStateException("mariadbd does not answer", notYet);
                }
                server.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static void stop(Process server, Path folder) {
        server.destroy();
        try {
            server.waitFor(20, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
            }
        } catch (InterruptedException | IOException e) {
            server.destroyForcibly();
        }
    }

    /** On a developer's machine a skip that says why; where everything is expected to run, an error. */
    static RuntimeException missing(@Nullable String ci) {
        String reason = "mariadbd and mariadb-install-db are not installed (Debian: mariadb-server)";
        return Boolean.parseBoolean(ci)
                ? new IllegalStateException(reason + ", required, because CI=true")
                : new TestAbortedException(reason);
    }

    private static Process run(Path folder, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private static @Nullable Path program(String name) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)), Stream.of("/usr/sbin"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
