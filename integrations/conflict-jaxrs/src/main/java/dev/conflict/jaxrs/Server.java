package dev.conflict.jaxrs;

import jakarta.ws.rs.core.FeatureContext;

/** The makes of server that choose mappers differently. */
enum Server {
    JERSEY("org.glassfish.jersey.") {
        @Override
        void register(FeatureContext context, Installed installed) {
            JerseyPart.register(context, installed);
        }
    },

    QUARKUS("org.jboss.resteasy.reactive.") {
        @Override
        void register(FeatureContext context, Installed installed) {
            QuarkusPart.register(installed);
        }
    },

    RESTEASY("org.jboss.resteasy.") {
        @Override
        void register(FeatureContext context, Installed installed) {
            RestEasyPart.register(context);
            mappers(context, installed, new RestEasyPart());
        }
    },

    OTHER("") {
        @Override
        void register(FeatureContext context, Installed installed) {
            mappers(context, installed, new PlainFallback());
        }
    };

    private final String packages;

    Server(String packages) {
        this.packages = packages;
    }

    abstract void register(FeatureContext context, Installed installed);

    static Server of(FeatureContext context) {
        String name = context.getClass().getName();
        for (Server server : values()) {
            if (name.startsWith(server.packages)) {
                return server;
            }
        }
        return OTHER;
    }

    private static void mappers(FeatureContext context, Installed installed, Fallback fallback) {
        Mapper.all(installed, fallback).forEach(context::register);
        if (Violations.arePresent()) {
            context.register(new Mapper.OfViolations(installed, fallback));
        }
    }
}
