package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.http.ConditionalRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** {@code /tasks}, {@code /tasks/{id}} and {@code /tasks/{id}/{action}}, as {@code TaskServlet} has them. */
@Path("tasks")
@Produces("application/json")
public final class TaskResource {
    private final Tasks tasks;

    TaskResource(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Creates a task. */
    @POST
    public Response create(InputStream content) throws IOException {
        JsonNode body = Json.read(content);
        Task.View created = tasks.create(Json.text(body, "title", Task.TITLE), Json.flag(body, "informationMandatory"));
        return Response.created(URI.create("/tasks/" + created.id()))
                .entity(Json.write(created))
                .build();
    }

    /** Reads a task. */
    @GET
    @Path("{id}")
    public String read(@PathParam("id") String id, @Context ConditionalRequest request) {
        return Json.write(tasks.read(Paths.id(id), request));
    }

    /** Approves a task, or asks for more. */
    @POST
    @Path("{id}/{action}")
    public String act(
            @PathParam("id") String id, @PathParam("action") String action, @Context ConditionalRequest request) {
        return Json.write(tasks.act(Paths.id(id), action, request));
    }

    /** Gives the information that a task lacks. */
    @POST
    @Path("{id}/inform")
    public String inform(@PathParam("id") String id, @Context ConditionalRequest request, InputStream content)
            throws IOException {
        String information = Json.text(Json.read(content), "information", Task.INFORMATION);
        return Json.write(tasks.inform(Paths.id(id), information, request));
    }
}
