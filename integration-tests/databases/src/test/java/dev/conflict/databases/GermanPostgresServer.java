package dev.conflict.databases;

import dev.conflict.harness.SystemServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The one German PostgreSQL of this JVM: Debian's, since the embedded one speaks English only, on a free port and with a
 * locale of its own, stopped with the JVM.
 */
final class GermanPostgresServer {
    private static final String LOCALEDEF = "localedef";
    private static final String LOCALE = "de_DE.UTF-8";
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
    private static final Path MESSAGES = Path.of("/usr/share/locale/de/LC_MESSAGES");

    private final int port;

    private GermanPostgresServer(int port) {
        this.port = port;
    }

    private static final class Holder {
        static final GermanPostgresServer ONLY = start();
    }

    /** A new empty database. */
    static PGSimpleDataSource freshDatabase() {
        requireInstalled();
        String name = "t_" + UUID.randomUUID().toString().replace("-", "").toLowerCase(Locale.ROOT);
        try (Connection connection = Holder.ONLY.source("postgres").getConnection()) {
            connection.createStatement().execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Holder.ONLY.source(name);
    }

    private PGSimpleDataSource source(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/" + database);
        source.setUser("postgres");
        return source;
    }

    /** The programs of the newest version that has German messages; null if there is none. */
    private static @Nullable Path programs() {
        if (!Files.isDirectory(VERSIONS)) {
            return null;
        }
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.filter(version ->
                            Files.isRegularFile(MESSAGES.resolve("postgres-" + version.getFileName() + ".mo")))
                    .map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Path::compareTo)
                    .orElse(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Before the server is started, since what a class throws while it is initialised arrives as another error. */
    private static void requireInstalled() {
        if (programs() == null || SystemServer.program(LOCALEDEF) == null) {
            throw SystemServer.missing(
                    "PostgreSQL with German messages or localedef is not installed (Debian: postgresql and locales;"
                            + " images without /usr/share/locale leave the messages out)",
                    System.getenv("CI"));
        }
    }

    private static GermanPostgresServer start() {
        try {
            Path programs = Objects.requireNonNull(programs());
            Path localedef = Objects.requireNonNull(SystemServer.program(LOCALEDEF));
            SystemServer server = SystemServer.notAsRoot("german-postgres", "postgres");
            server.run(
                    localedef, "-i", "de_DE", "-f", "UTF-8", server.file(LOCALE).toString());
            String data = server.file("data").toString();
            server.run(
                    programs.resolve("initdb"),
                    "--pgdata=" + data,
                    "--username=postgres",
                    "--locale=" + LOCALE,
                    "--encoding=UTF8",
                    "--auth=trust",
                    "--no-sync");
            GermanPostgresServer started = new GermanPostgresServer(SystemServer.freePort());
            server.serve(
                    started.source("postgres")::getConnection,
                    programs.resolve("postgres"),
                    "-D" + data,
                    "--fsync=off",
                    "--listen_addresses=127.0.0.1",
                    "--port=" + started.port,
                    "--unix_socket_directories=" + server.file("data"));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
