package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.http.ConditionalRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /products} and {@code /products/{id}}, as {@code ProductServlet} has them. */
@RestController
@RequestMapping(path = "/products", produces = "application/json")
class ProductController {
    private final Products products;

    ProductController(Products products) {
        this.products = products;
    }

    @PostMapping
    ResponseEntity<String> create(HttpServletRequest request) throws IOException {
        JsonNode body = Json.read(request);
        Product.View created = products.create(
                Json.text(body, "sku", Product.NAME),
                Json.text(body, "name", Product.NAME),
                Json.number(body, "stock"));
        return ResponseEntity.created(URI.create("/products/" + created.id())).body(Json.write(created));
    }

    @GetMapping("/{id}")
    String read(@PathVariable String id, ConditionalRequest conditional) {
        return Json.write(products.read(Paths.id(id), conditional));
    }

    @PutMapping("/{id}")
    String update(@PathVariable String id, HttpServletRequest request, ConditionalRequest conditional)
            throws IOException {
        JsonNode body = Json.read(request);
        String name = Json.text(body, "name", Product.NAME);
        return Json.write(products.update(Paths.id(id), name, Json.number(body, "stock"), conditional));
    }
}
