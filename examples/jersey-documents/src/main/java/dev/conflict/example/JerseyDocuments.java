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

/** The documents of the workspace, behind Jersey. */
public final class JerseyDocuments implements AutoCloseable {
    private final Store store;
    private final HttpServer server;

    /** Starts it with more resources than its own. */
    JerseyDocuments(Settings settings, More more) {
        store = new Store(settings.databaseUrl());
        ResourceConfig application = new ResourceConfig()
                .register(ConflictFeature.builder()
                        .reader(JpaConflictReader.of(Constraints.of(settings.emails())))
                        .build())
                .register(new DocumentResource(new Documents(store)))
                .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
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
        JerseyDocuments documents = new JerseyDocuments(Settings.ofProcess(), (application, store) -> {});
        Runtime.getRuntime().addShutdownHook(new Thread(documents::close));
        System.out.println("Listening on " + documents.uri() + "/documents; Ctrl+C stops it.");
    }
}
