package dev.conflict.jaxrs.quarkus;

import dev.conflict.event.ConflictEvent;
import dev.conflict.jaxrs.ConflictFeature;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** How an application of Quarkus configures the feature. */
@Provider
public class Conflicts implements Feature {
    private static final List<ConflictEvent> EVENTS = new CopyOnWriteArrayList<>();

    @Override
    public boolean configure(FeatureContext context) {
        return ConflictFeature.builder()
                .listener(EVENTS::add)
                .errorCodeHeader("X-Error-Code")
                .build()
                .configure(context);
    }

    /** What the listener heard since it was asked. */
    @Singleton
    @Path("events")
    public static class Heard {
        /** Tells the names, in order. */
        @GET
        public synchronized String read() {
            List<String> names = EVENTS.stream()
                    .map(event -> event.getClass().getSimpleName())
                    .toList();
            EVENTS.clear();
            return String.join(" ", names);
        }
    }
}
