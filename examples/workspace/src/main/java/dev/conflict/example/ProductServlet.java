package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /products} and {@code /products/{id}}. */
final class ProductServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Products products;

    ProductServlet(Products products) {
        this.products = products;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = Json.read(request);
        Product.View created = products.create(
                Json.text(body, "sku", Product.NAME),
                Json.text(body, "name", Product.NAME),
                Json.number(body, "stock"));
        response.setHeader("Location", "/products/" + created.id());
        Json.write(response, 201, created);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Product.View product = products.read(Paths.id(request), ServletPreconditions.of(request));
        if (!ServletPreconditions.sendNotModified(request, response)) {
            Json.write(response, 200, product);
        }
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = Json.read(request);
        Product.View updated = products.update(
                Paths.id(request),
                Json.text(body, "name", Product.NAME),
                Json.number(body, "stock"),
                ServletPreconditions.of(request));
        Json.write(response, 200, updated);
    }
}
