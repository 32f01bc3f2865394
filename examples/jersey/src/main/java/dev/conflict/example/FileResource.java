package dev.conflict.example;

import dev.conflict.file.FileStream;
import dev.conflict.http.ConditionalRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** {@code /files/{name}}, as {@code FileServlet} has them. */
@Path("files/{name: .*}")
public final class FileResource {
    private final StoredFiles files;

    FileResource(StoredFiles files) {
        this.files = files;
    }

    /** Reads a file; Jersey closes it. */
    @GET
    public Response read(@PathParam("name") String name) throws IOException {
        FileStream content = files.open(name);
        return Response.ok(content, "application/octet-stream")
                .header("ETag", content.tag())
                .header("Content-Length", content.length())
                .build();
    }

    /** Creates a file, or replaces the content that its writer saw. */
    @PUT
    public Response write(@PathParam("name") String name, @Context ConditionalRequest request, InputStream content)
            throws IOException {
        StoredFiles.Stored stored = files.put(name, content, request);
        return Response.status(stored.status()).header("ETag", stored.tag()).build();
    }

    /** Deletes a file. */
    @DELETE
    public void delete(@PathParam("name") String name, @Context ConditionalRequest request) {
        files.delete(name, request);
    }
}
