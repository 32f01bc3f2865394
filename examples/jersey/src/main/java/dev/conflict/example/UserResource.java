package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** {@code /users}, as {@code UserServlet} has them. */
@Path("users")
@Produces("application/json")
public final class UserResource {
    private final Users users;

    UserResource(Users users) {
        this.users = users;
    }

    /** Creates a user. */
    @POST
    public Response create(InputStream content) throws IOException {
        JsonNode body = Json.read(content);
        User.View created = users.create(Json.text(body, "email", User.NAME), Json.text(body, "username", User.NAME));
        return Response.status(201).entity(Json.write(created)).build();
    }
}
