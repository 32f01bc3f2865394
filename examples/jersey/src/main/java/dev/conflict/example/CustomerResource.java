package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.http.ConditionalRequest;
import jakarta.ws.rs.DELETE;
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

/** {@code /customers}, {@code /customers/{id}} and {@code /customers/{id}/orders}, as {@code CustomerServlet} has them. */
@Path("customers")
@Produces("application/json")
public final class CustomerResource {
    private final Customers customers;
    private final Orders orders;

    CustomerResource(Customers customers, Orders orders) {
        this.customers = customers;
        this.orders = orders;
    }

    /** Creates a customer. */
    @POST
    public Response create(InputStream content) throws IOException {
        Customer.View created = customers.create(Json.text(Json.read(content), "name", Customer.NAME));
        return Response.created(URI.create("/customers/" + created.id()))
                .entity(Json.write(created))
                .build();
    }

    /** Takes an order of a customer. */
    @POST
    @Path("{id}/orders")
    public Response order(@PathParam("id") String id, @Context ConditionalRequest request, InputStream content)
            throws IOException {
        long customer = Paths.id(id);
        JsonNode body = Json.read(content);
        Order.View taken = orders.take(customer, Json.number(body, "product"), Json.number(body, "quantity"), request);
        return Response.created(URI.create("/orders/" + taken.id()))
                .entity(Json.write(taken))
                .build();
    }

    /** Reads a customer. */
    @GET
    @Path("{id}")
    public String read(@PathParam("id") String id, @Context ConditionalRequest request) {
        return Json.write(customers.read(Paths.id(id), request));
    }

    /** Deletes a customer without orders. */
    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id, @Context ConditionalRequest request) {
        customers.delete(Paths.id(id), request);
    }
}
