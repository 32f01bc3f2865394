package dev.conflict.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/**
 * A MariaDB of this JVM: Debian's mariadb-server on a free port, started when a test first asks and stopped with the JVM; one as
 * it comes, one configured. MariaDB's driver has to be on the class path. Where the server is not installed, the test is skipped
 * with the reason, and fails if the environment says {@code CI=true}.
 */
public final class MariaDbServer {
    private static final String INSTALL = "mariadb-install-db";
    private static final String DAEMON = "mariadbd";

    private final int port;

    private MariaDbServer(int port) {
        this.port = port;
    }

    private static final class Plain {
        static final MariaDbServer SERVER = start("--innodb-rollback-on-timeout=OFF");
    }

    private static final class RollingBackOnTimeout {
        static final MariaDbServer SERVER = start("--innodb-rollback-on-timeout=ON");
    }

    /**
     * Returns the server as it comes.
     *
     * @return the one of this JVM
     */
    public static MariaDbServer plain() {
        requireInstalled();
        return Plain.SERVER;
    }

    /**
     * Returns the server that rolls back everything after a lock timeout.
     *
     * @return the one of this JVM
     */
    public static MariaDbServer rollingBackOnTimeout() {
        requireInstalled();
        return RollingBackOnTimeout.SERVER;
    }

    /**
     * Creates an empty database; user {@code root}, no password.
     *
     * @return its address, without the scheme and the parameters of a driver
     */
    public String freshDatabase() {
        String name = "t_" + UUID.randomUUID().toString().replace("-", "").toLowerCase(Locale.ROOT);
        try (Connection connection = open()) {
            connection.createStatement().execute("create database " + name + " character set utf8mb4");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return "//127.0.0.1:" + port + "/" + name;
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/mysql?sslMode=disable", "root", "");
    }

    /** Before a server is started, since what a class throws while it is initialised arrives as another error. */
    private static void requireInstalled() {
        if (SystemServer.program(INSTALL) == null || SystemServer.program(DAEMON) == null) {
            throw SystemServer.missing(
                    DAEMON + " and " + INSTALL + " are not installed (Debian: mariadb-server)", System.getenv("CI"));
        }
    }

    private static MariaDbServer start(String option) {
        Path install = Objects.requireNonNull(SystemServer.program(INSTALL));
        Path daemon = Objects.requireNonNull(SystemServer.program(DAEMON));
        try {
            SystemServer server = SystemServer.of("mariadb");
            String user = "--user=" + System.getProperty("user.name");
            String data = "--datadir=" + server.file("data");
            server.run(
                    install,
                    "--no-defaults",
                    user,
                    data,
                    "--auth-root-authentication-method=normal",
                    "--skip-test-db",
                    "--skip-name-resolve");
            MariaDbServer started = new MariaDbServer(SystemServer.freePort());
            server.serve(
                    started::open,
                    daemon,
                    "--no-defaults",
                    user,
                    data,
                    "--port=" + started.port,
                    "--bind-address=127.0.0.1",
                    "--socket=" + server.file("s.sock"),
                    "--lower-case-table-names=1", // as elsewhere: a table's name has no case
                    "--innodb-flush-log-at-trx-commit=0",
                    option);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
