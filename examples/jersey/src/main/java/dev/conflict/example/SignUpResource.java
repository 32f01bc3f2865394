package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** {@code /sign-ups}, {@code /sign-ups/{token}} and {@code /recoveries}, as {@code SignUpServlet} has them. */
@Path("")
@Produces("application/json")
public final class SignUpResource {
    private final SignUps signUps;

    SignUpResource(SignUps signUps) {
        this.signUps = signUps;
    }

    /** Asks for an account. */
    @POST
    @Path("sign-ups")
    public Response request(InputStream content) throws IOException {
        JsonNode body = Json.read(content);
        signUps.request(Json.text(body, "email", User.NAME), Json.text(body, "username", User.NAME));
        return json(202, SignUps.NEXT);
    }

    /** Gives the account to whoever got the mail. */
    @POST
    @Path("sign-ups/{token}")
    public Response confirm(@PathParam("token") String token) {
        return json(201, signUps.confirm(SignUps.token(token)));
    }

    /** Asks for a way back into an account. */
    @POST
    @Path("recoveries")
    public Response recover(InputStream content) throws IOException {
        signUps.recover(Json.text(Json.read(content), "email", User.NAME));
        return json(202, SignUps.NEXT);
    }

    private static Response json(int status, Object body) {
        return Response.status(status).entity(Json.write(body)).build();
    }
}
