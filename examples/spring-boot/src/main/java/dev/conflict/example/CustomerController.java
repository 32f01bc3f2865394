package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.http.ConditionalRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /customers}, {@code /customers/{id}} and {@code /customers/{id}/orders}, as {@code CustomerServlet} has them. */
@RestController
@RequestMapping(path = "/customers", produces = "application/json")
class CustomerController {
    private final Customers customers;
    private final Orders orders;

    CustomerController(Customers customers, Orders orders) {
        this.customers = customers;
        this.orders = orders;
    }

    @PostMapping
    ResponseEntity<String> create(HttpServletRequest request) throws IOException {
        Customer.View created = customers.create(Json.text(Json.read(request), "name", Customer.NAME));
        return ResponseEntity.created(URI.create("/customers/" + created.id())).body(Json.write(created));
    }

    @PostMapping("/{id}/orders")
    ResponseEntity<String> order(@PathVariable String id, HttpServletRequest request, ConditionalRequest conditional)
            throws IOException {
        long customer = Paths.id(id);
        JsonNode body = Json.read(request);
        Order.View taken =
                orders.take(customer, Json.number(body, "product"), Json.number(body, "quantity"), conditional);
        return ResponseEntity.created(URI.create("/orders/" + taken.id())).body(Json.write(taken));
    }

    @GetMapping("/{id}")
    String read(@PathVariable String id, ConditionalRequest conditional) {
        return Json.write(customers.read(Paths.id(id), conditional));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, ConditionalRequest conditional) {
        customers.delete(Paths.id(id), conditional);
    }
}
