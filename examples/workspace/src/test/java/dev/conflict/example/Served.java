package dev.conflict.example;

import java.net.URI;
import java.util.ServiceLoader;

/** What the tests of documents run against: the workspace, unless a variant of it is on the class path. */
interface Served extends AutoCloseable {
    /** Where its root is. */
    URI uri();

    /** Stops it. */
    @Override
    void close();

    /** Starts what is found. */
    static Served start(Settings settings) {
        return ServiceLoader.load(Start.class)
                .findFirst()
                .orElse(Served::workspace)
                .with(settings);
    }

    private static Served workspace(Settings settings) {
        Workspace workspace = new Workspace(settings, (servlets, store) -> {
            Workspace.add(servlets, "/unguarded/*", new UnguardedDocuments(store));
            Workspace.add(servlets, "/unguarded-users/*", new UnguardedUsers(store));
            Workspace.add(servlets, "/unguarded-orders/*", new UnguardedOrders(store));
            Workspace.add(servlets, "/commits/*", new CommittingServlet(store));
        });
        return new Served() {
            @Override
            public URI uri() {
                return workspace.uri();
            }

            @Override
            public void close() {
                workspace.close();
            }
        };
    }

    /** A variant. */
    @FunctionalInterface
    interface Start {
        /** Starts it. */
        Served with(Settings settings);
    }
}
