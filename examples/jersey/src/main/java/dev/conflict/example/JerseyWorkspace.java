package dev.conflict.example;

import dev.conflict.jaxrs.ConflictFeature;
import dev.conflict.jpa.JpaConflictReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The workspace behind Jersey, on a server without servlets. */
public final class JerseyWorkspace implements AutoCloseable {
    private final HibernateStore store;
    private final HttpServer server;

    /** Starts it with more resources than its own. */
    JerseyWorkspace(Settings settings, More more) {
        store = new HibernateStore(settings.databaseUrl());
        ResourceConfig application = application(settings);
        more.register(application, store);
        server = GrizzlyHttpServerFactory.createHttpServer(
                URI.create("http://localhost:" + settings.port() + "/"), application, false);
        try {
            server.start();
        } catch (IOException taken) {
            store.close();
            throw new UncheckedIOException("The server does not start; is port " + settings.port() + " taken?", taken);
        }
    }

    private ResourceConfig application(Settings settings) {
        Users users = new Users(store, settings.emails());
        SignUps signUps = new SignUps(store, users, settings.mail());
        Orders orders = new Orders(store);
        return new ResourceConfig()
                .register(ConflictFeature.builder()
                        .reader(JpaConflictReader.of(Constraints.of(settings.emails())))
                        .problems(problems -> problems.neutral(signUps::neutral))
                        .build())
                .register(new SignInFilter())
                .register(new DocumentResource(new Documents(store)))
                .register(new UserResource(users))
                .register(new SignUpResource(signUps))
                .register(new ProductResource(new Products(store)))
                .register(new CustomerResource(new Customers(store), orders))
                .register(new OrderResource(orders))
                .register(new TaskResource(new Tasks(store)))
                .register(new FileResource(new StoredFiles(settings.folder())))
                .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    }

    /** What somebody else registers. */
    interface More {
        /** Registers it. */
        void register(ResourceConfig application, Store store);
    }

    /**
     * Returns where the application listens.
     *
     * @return the URI of its root
     */
    public URI uri() {
        return URI.create(
                "http://localhost:" + server.getListeners().iterator().next().getPort());
    }

    /** Stops the server and closes the database. */
    @Override
    public void close() {
        server.shutdownNow();
        store.close();
    }

    /**
     * Starts the application; the process goes on until it is stopped.
     *
     * @param arguments none; the system properties of the workspace count here too
     */
    public static void main(String... arguments) {
        JerseyWorkspace workspace = new JerseyWorkspace(Settings.ofProcess(), (application, store) -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(workspace::close));
        System.out.println("Listening on " + workspace.uri() + "; Ctrl+C stops it.");
    }
}
