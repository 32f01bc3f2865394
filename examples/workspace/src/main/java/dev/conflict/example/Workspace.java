package dev.conflict.example;

import dev.conflict.jpa.JpaConflictReader;
import dev.conflict.servlet.ConflictFilter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.descriptor.web.LoginConfig;

/**
 * The application: documents, users, products, customers with orders, tasks and files on an embedded server.
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

    private final HibernateStore store;
    private final Tomcat tomcat = new Tomcat();

    /** Starts the application with more servlets than its own. */
    Workspace(Settings settings, BiConsumer<ServletContext, Store> more) {
        store = new HibernateStore(settings.databaseUrl());
        try {
            tomcat.setBaseDir(Files.createTempDirectory("workspace").toString());
            tomcat.setPort(settings.port());
            Context context = tomcat.addContext("", null);
            silence((StandardContext) context);
            ErrorReportValve plainPages = new ErrorReportValve(); // an error that nobody knows tells its caller nothing
            plainPages.setShowReport(false);
            plainPages.setShowServerInfo(false);
            context.getPipeline().addValve(plainPages);
            signIn(context);
            context.addServletContainerInitializer(
                    (classes, servlets) -> {
                        register(servlets, settings);
                        more.accept(servlets, store);
                    },
                    null);
            tomcat.getConnector().setProperty("address", "localhost"); // the passwords are in the source
            tomcat.getConnector().setThrowOnFailure(true); // a port that is taken ends the start
            tomcat.start();
        } catch (IOException cannotWrite) {
            close();
            throw new UncheckedIOException(cannotWrite);
        } catch (LifecycleException cannotStart) {
            close();
            throw new IllegalStateException(
                    "The server does not start; is port " + settings.port() + " taken?", cannotStart);
        }
    }

    /** Has the container sign in whoever sends credentials; nobody has to. */
    private void signIn(Context context) {
        for (Account account : Account.values()) {
            tomcat.addUser(account.user(), account.password());
            tomcat.addRole(account.user(), account.role());
        }
        context.setLoginConfig(new LoginConfig("BASIC", "workspace", null, null));
        context.setPreemptiveAuthentication(true);
        context.getPipeline().addValve(new BasicAuthenticator());
    }

    /** Turns off the checks for leaks on a stop that ends the process anyway; they warn of options of the virtual machine. */
    private static void silence(StandardContext context) {
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
    }

    private void register(ServletContext context, Settings settings) {
        Users users = new Users(store, settings.emails());
        SignUps signUps = new SignUps(store, users, settings.mail());
        Orders orders = new Orders(store);
        ConflictFilter.builder()
                .reader(JpaConflictReader.of(Constraints.of(settings.emails())))
                .problems(problems -> problems.neutral(signUps::neutral))
                .register(context, "/*");
        add(context, "/documents/*", new DocumentServlet(new Documents(store)));
        add(context, "/users", new UserServlet(users));
        add(context, "/sign-ups/*", new SignUpServlet(signUps));
        add(context, "/recoveries", new SignUpServlet(signUps));
        add(context, "/products/*", new ProductServlet(new Products(store)));
        add(context, "/customers/*", new CustomerServlet(new Customers(store), orders));
        add(context, "/orders/*", new OrderServlet(orders));
        add(context, "/tasks/*", new TaskServlet(new Tasks(store)));
        add(context, "/files/*", new FileServlet(new StoredFiles(settings.folder())));
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
     * @param arguments none; the system properties {@code database} (a JDBC URL), {@code port} (8080) and {@code emails}
     *     (who may learn that an address is taken: PUBLIC, AUTHENTICATED, HIDDEN) change where it keeps its data and
     *     listens, and what it tells
     * @throws Exception if the play cannot be performed
     */
    public static void main(String... arguments) throws Exception {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        REFUSALS.setLevel(Level.WARNING);
        Workspace workspace = new Workspace(Settings.ofProcess(), (servlets, store) -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(workspace::close));
        new Play(workspace.uri(), System.out).perform();
        REFUSALS.setLevel(Level.INFO);
        System.out.println(
                "Listening on " + workspace.uri() + " for /documents, /users, /sign-ups, /products, /customers,"
                        + " /orders, /tasks and /files; Ctrl+C stops it.");
        workspace.tomcat.getServer().await();
    }
}
