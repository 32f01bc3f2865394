package dev.conflict.example;

import java.net.URI;
import java.util.ServiceLoader;

/** What the tests run against: the workspace, unless a variant of it is on the class path. */
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
            Workspace.add(servlets, "/unguarded/*", new UnguardedServlet(store));
            Workspace.add(servlets, "/commits/*", new CommittingServlet(store));
        });
        return of(workspace.uri(), workspace::close);
    }

    /** What is at an address until it is stopped. */
    static Served of(URI uri, Runnable stop) {
        return new Served() {
            @Override
            public URI uri() {
                return uri;
            }

            @Override
            public void close() {
                stop.run();
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
