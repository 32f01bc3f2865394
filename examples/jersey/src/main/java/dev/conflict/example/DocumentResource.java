package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.http.ConditionalRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** {@code /documents} and {@code /documents/{id}}, as {@code DocumentServlet} has them. */
@Path("documents")
@Produces("application/json")
public final class DocumentResource {
    private final Documents documents;

    DocumentResource(Documents documents) {
        this.documents = documents;
    }

    /** Creates a document. */
    @POST
    public Response create(InputStream content) throws IOException {
        JsonNode body = Json.read(content);
        Document.View created =
                documents.create(Json.text(body, "title", Document.TITLE), Json.text(body, "text", Document.TEXT));
        return Response.created(URI.create("/documents/" + created.id()))
                .entity(Json.write(created))
                .build();
    }

    /** Reads a document; the tag, and a 304 in its place, come by themselves. */
    @GET
    @Path("{id}")
    public String read(@PathParam("id") String id, @Context ConditionalRequest request) {
        return Json.write(documents.read(Paths.id(id), request));
    }

    /** Updates a document that nobody has changed meanwhile. */
    @PUT
    @Path("{id}")
    public String update(@PathParam("id") String id, @Context ConditionalRequest request, InputStream content)
            throws IOException {
        JsonNode body = Json.read(content);
        String title = Json.text(body, "title", Document.TITLE);
        return Json.write(documents.update(Paths.id(id), title, Json.text(body, "text", Document.TEXT), request));
    }

    /** Renames a document by the version in the content. */
    @PATCH
    @Path("{id}")
    public String rename(@PathParam("id") String id, @Context ConditionalRequest request, InputStream content)
            throws IOException {
        JsonNode body = Json.read(content);
        return Json.write(documents.rename(
                Paths.id(id),
                Json.text(body, "title", Document.TITLE),
                Json.revision(body, "version"),
                Json.revision(body, "modified"),
                request));
    }

    /** Deletes a document. */
    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id, @Context ConditionalRequest request) {
        documents.delete(Paths.id(id), request);
    }
}
