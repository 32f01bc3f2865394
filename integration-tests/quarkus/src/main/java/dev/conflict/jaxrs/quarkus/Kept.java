package dev.conflict.jaxrs.quarkus;

import dev.conflict.http.ConditionalRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jspecify.annotations.Nullable;

/** A resource that lives as long as the application. */
@Singleton
@Path("kept")
public class Kept {
    @Inject
    @Nullable ConditionalRequest conditional;

    /** Is not reached. */
    @GET
    public String read() {
        return conditional == null ? "none" : conditional.method();
    }
}
