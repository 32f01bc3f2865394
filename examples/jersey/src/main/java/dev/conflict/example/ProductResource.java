package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.http.ConditionalRequest;
import jakarta.ws.rs.GET;
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

/** {@code /products} and {@code /products/{id}}, as {@code ProductServlet} has them. */
@Path("products")
@Produces("application/json")
public final class ProductResource {
    private final Products products;

    ProductResource(Products products) {
        this.products = products;
    }

    /** Creates a product. */
    @POST
    public Response create(InputStream content) throws IOException {
        JsonNode body = Json.read(content);
        Product.View created = products.create(
                Json.text(body, "sku", Product.NAME),
                Json.text(body, "name", Product.NAME),
                Json.number(body, "stock"));
        return Response.created(URI.create("/products/" + created.id()))
                .entity(Json.write(created))
                .build();
    }

    /** Reads a product. */
    @GET
    @Path("{id}")
    public String read(@PathParam("id") String id, @Context ConditionalRequest request) {
        return Json.write(products.read(Paths.id(id), request));
    }

    /** Updates a product that nobody has changed meanwhile. */
    @PUT
    @Path("{id}")
    public String update(@PathParam("id") String id, @Context ConditionalRequest request, InputStream content)
            throws IOException {
        JsonNode body = Json.read(content);
        String name = Json.text(body, "name", Product.NAME);
        return Json.write(products.update(Paths.id(id), name, Json.number(body, "stock"), request));
    }
}
