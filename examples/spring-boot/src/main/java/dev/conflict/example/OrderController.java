package dev.conflict.example;

import dev.conflict.http.ConditionalRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /orders/{id}} and {@code /orders/{id}/{action}}, as {@code OrderServlet} has them. */
@RestController
@RequestMapping(path = "/orders/{id}", produces = "application/json")
class OrderController {
    private final Orders orders;

    OrderController(Orders orders) {
        this.orders = orders;
    }

    @GetMapping
    String read(@PathVariable String id, ConditionalRequest conditional) {
        return Json.write(orders.read(Paths.id(id), conditional));
    }

    @PostMapping("/{action}")
    String act(@PathVariable String id, @PathVariable String action, ConditionalRequest conditional) {
        return Json.write(orders.act(Paths.id(id), action, conditional));
    }

    @PostMapping("/override")
    String override(@PathVariable String id, HttpServletRequest request, ConditionalRequest conditional)
            throws IOException {
        Account.requireAdministrator(request::isUserInRole);
        Decision decision = Decision.of(request.getRemoteUser(), Json.read(request));
        return Json.write(orders.cancel(Paths.id(id), decision, conditional));
    }

    @PostMapping("/give")
    String give(@PathVariable String id, HttpServletRequest request, ConditionalRequest conditional)
            throws IOException {
        return Json.write(orders.give(Paths.id(id), Json.number(Json.read(request), "customer"), conditional));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id, ConditionalRequest conditional) {
        orders.delete(Paths.id(id), conditional);
    }
}
