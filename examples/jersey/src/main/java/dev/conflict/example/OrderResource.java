package dev.conflict.example;

import dev.conflict.http.ConditionalRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;

/** {@code /orders/{id}} and {@code /orders/{id}/{action}}, as {@code OrderServlet} has them. */
@Path("orders/{id}")
@Produces("application/json")
public final class OrderResource {
    private final Orders orders;

    OrderResource(Orders orders) {
        this.orders = orders;
    }

    /** Reads an order. */
    @GET
    public String read(@PathParam("id") String id, @Context ConditionalRequest request) {
        return Json.write(orders.read(Paths.id(id), request));
    }

    /** Pays, ships, returns or cancels an order. */
    @POST
    @Path("{action}")
    public String act(
            @PathParam("id") String id, @PathParam("action") String action, @Context ConditionalRequest request) {
        return Json.write(orders.act(Paths.id(id), action, request));
    }

    /** Cancels an order whatever its state. */
    @POST
    @Path("override")
    public String override(
            @PathParam("id") String id,
            @Context SecurityContext security,
            @Context ConditionalRequest request,
            InputStream content)
            throws IOException {
        Account.requireAdministrator(security::isUserInRole);
        String by = security.getUserPrincipal().getName();
        return Json.write(orders.cancel(Paths.id(id), Decision.of(by, Json.read(content)), request));
    }

    /** Gives an order to another customer. */
    @POST
    @Path("give")
    public String give(@PathParam("id") String id, @Context ConditionalRequest request, InputStream content)
            throws IOException {
        return Json.write(orders.give(Paths.id(id), Json.number(Json.read(content), "customer"), request));
    }

    /** Deletes an order. */
    @DELETE
    public void delete(@PathParam("id") String id, @Context ConditionalRequest request) {
        orders.delete(Paths.id(id), request);
    }
}
