package dev.conflict.example;

import dev.conflict.http.ConditionalRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.io.InputStream;

/** Has the tests of the workspace run against Jersey. */
public final class ServedByJersey implements Served.Start {
    @Override
    public Served with(Settings settings) {
        JerseyWorkspace workspace = new JerseyWorkspace(
                settings, (application, store) -> application.register(new UnguardedResource(store)));
        return Served.of(workspace.uri(), workspace::close);
    }

    /** The same without guards. */
    @Path("unguarded")
    @Produces("application/json")
    public static final class UnguardedResource {
        private final Documents documents;
        private final Unguarded unguarded;

        UnguardedResource(Store store) {
            documents = new Documents(store);
            unguarded = new Unguarded(store);
        }

        /** Reads a document. */
        @GET
        @Path("documents/{id}")
        public String read(@PathParam("id") long id, @Context ConditionalRequest request) {
            return Json.write(documents.read(id, request));
        }

        /** Writes over whatever is there. */
        @PUT
        @Path("documents/{id}")
        public String write(@PathParam("id") long id, InputStream content) throws IOException {
            return Json.write(unguarded.write(id, Json.read(content)));
        }

        /** Stores a user. */
        @POST
        @Path("users/{reason}")
        public void user(@PathParam("reason") String reason, InputStream content) throws IOException {
            unguarded.user(reason, Json.read(content));
        }

        /** Stores an order. */
        @POST
        @Path("orders/{customer}")
        public void order(@PathParam("customer") long customer, InputStream content) throws IOException {
            unguarded.order(customer, Json.read(content));
        }
    }
}
