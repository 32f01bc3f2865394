package dev.conflict.example;

import dev.conflict.file.ConflictFiles;
import dev.conflict.jpa.JpaConflictReader;
import dev.conflict.servlet.ConflictFilter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;

/**
 * The application: documents, users, orders and files on an embedded server.
 *
 * <p>Started by {@link #main}, it plays a lost update that is refused and resolved, and goes on listening. The data is
 * kept in {@code target/workspace}, or in the database whose JDBC URL the property {@code database} gives.
 */
public final class Workspace implements AutoCloseable {
    /** Held here, since a logger that nobody holds forgets its level. */
    private static final List<Logger> QUIET = Stream.of("org.apache", "org.hibernate", "com.zaxxer")
            .map(Logger::getLogger)
            .toList();

    /** One line a refusal; kept quiet during the play, which shows them itself. */
    private static final Logger REFUSALS = Logger.getLogger("dev.conflict.servlet");

    private final Store store;
    private final Tomcat tomcat = new Tomcat();

    /**
     * Starts the application.
     *
     * @param databaseUrl the JDBC URL of an H2 or PostgreSQL database
     * @param folder where files are kept
     * @param port the port to listen on, 0 for any that is free
     */
    public Workspace(String databaseUrl, Path folder, int port) {
        this(databaseUrl, folder, port, (servlets, data) -> {});
    }

    /** Starts the application with more servlets than its own. */
    Workspace(String databaseUrl, Path folder, int port, BiConsumer<ServletContext, Store> more) {
        store = new Store(databaseUrl);
        try {
            tomcat.setBaseDir(Files.createTempDirectory("workspace").toString());
            tomcat.setPort(port);
            Context context = tomcat.addContext("", null);
            silence((StandardContext) context);
            ErrorReportValve plainPages = new ErrorReportValve(); // an error that nobody knows tells its caller nothing
            plainPages.setShowReport(false);
            plainPages.setShowServerInfo(false);
            context.getPipeline().addValve(plainPages);
            Path root = Files.createDirectories(folder);
            context.addServletContainerInitializer(
                    (classes, servlets) -> {
                        register(servlets, root);
                        more.accept(servlets, store);
                    },
                    null);
            tomcat.getConnector().setThrowOnFailure(true); // a port that is taken ends the start
            tomcat.start();
        } catch (IOException cannotWrite) {
            close();
            throw new UncheckedIOException(cannotWrite);
        } catch (LifecycleException cannotStart) {
            close();
            throw new IllegalStateException("The server does not start; is port " + port + " taken?", cannotStart);
        }
    }

    /** Turns off the checks for leaks on a stop that ends the process anyway; they warn of options of the virtual machine. */
    private static void silence(StandardContext context) {
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
    }

    private void register(ServletContext context, Path root) {
        ConflictFilter.builder().reader(JpaConflictReader.of(Users.CONSTRAINTS)).register(context, "/*");
        add(context, "/documents/*", new DocumentServlet(new Documents(store)));
        add(context, "/users", new UserServlet(new Users(store)));
        add(context, "/orders/*", new OrderServlet(new Orders(store)));
        add(context, "/files/*", new FileServlet(ConflictFiles.in(root)));
    }

    static void add(ServletContext context, String path, HttpServlet servlet) {
        context.addServlet(path, servlet).addMapping(path);
    }

    /**
     * Returns where the application listens.
     *
     * @return the URI of its root
     */
    public URI uri() {
        return URI.create("http://localhost:" + tomcat.getConnector().getLocalPort());
    }

    /** Stops the server and closes the database. */
    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException alreadyDown) {
            System.getLogger("dev.conflict.example")
                    .log(System.Logger.Level.WARNING, "The server did not stop", alreadyDown);
        } finally {
            store.close();
        }
    }

    /**
     * Starts the application, plays the lost update and goes on listening.
     *
     * @param arguments none; the system properties {@code database} (a JDBC URL) and {@code port} (8080) change where
     *     it keeps its data and listens
     * @throws Exception if the play cannot be performed
     */
    public static void main(String... arguments) throws Exception {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        REFUSALS.setLevel(Level.WARNING);
        Path folder = Path.of("target", "workspace").toAbsolutePath();
        String url = System.getProperty("database", "jdbc:h2:file:" + folder.resolve("data"));
        Workspace workspace = new Workspace(url, folder.resolve("files"), Integer.getInteger("port", 8080));
        Runtime.getRuntime().addShutdownHook(new Thread(workspace::close));
        new Play(workspace.uri(), System.out).perform();
        REFUSALS.setLevel(Level.INFO);
        System.out.println(
                "Listening on " + workspace.uri() + " for /documents, /users, /orders and /files; Ctrl+C stops it.");
        workspace.tomcat.getServer().await();
    }
}
