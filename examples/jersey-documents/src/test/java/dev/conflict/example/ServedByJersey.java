package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.http.ConditionalRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Has the tests of the workspace's documents run against Jersey. */
public final class ServedByJersey implements Served.Start {
    @Override
    public Served with(Settings settings) {
        JerseyDocuments documents = new JerseyDocuments(
                settings, (application, store) -> application.register(new UnguardedResource(store)));
        return new Served() {
            @Override
            public URI uri() {
                return documents.uri();
            }

            @Override
            public void close() {
                documents.close();
            }
        };
    }

    /** The same documents without the guard. */
    @Path("unguarded/{id}")
    @Produces("application/json")
    public static final class UnguardedResource {
        private final Store store;

        UnguardedResource(Store store) {
            this.store = store;
        }

        /** Reads. */
        @GET
        public String read(@PathParam("id") long id, @Context ConditionalRequest request) {
            return Json.write(new Documents(store).read(id, request));
        }

        /** Writes over whatever is there. */
        @PUT
        public String write(@PathParam("id") long id, InputStream content) throws IOException {
            JsonNode body = Json.read(content);
            return Json.write(new UnguardedDocuments(store)
                    .update(id, Json.text(body, "title", Document.TITLE), Json.text(body, "text", Document.TEXT)));
        }
    }
}
