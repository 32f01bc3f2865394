package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.problem.ProblemException;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code /customers}, {@code /customers/{id}} and {@code /customers/{id}/orders}. */
final class CustomerServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Customers customers;
    private final transient Orders orders;

    CustomerServlet(Customers customers, Orders orders) {
        this.customers = customers;
        this.orders = orders;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> path = Paths.segments(request);
        if (path.isEmpty()) {
            Customer.View created = customers.create(Json.text(Json.read(request), "name", Customer.NAME));
            response.setHeader("Location", "/customers/" + created.id());
            Json.write(response, 201, created);
        } else if (path.size() == 2 && path.get(1).equals("orders")) {
            takeOrder(Paths.id(path.get(0)), request, response);
        } else {
            throw ProblemException.notFound();
        }
    }

    private void takeOrder(long customer, HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = Json.read(request);
        Order.View taken = orders.take(
                customer,
                Json.number(body, "product"),
                Json.number(body, "quantity"),
                ServletPreconditions.of(request));
        response.setHeader("Location", "/orders/" + taken.id());
        Json.write(response, 201, taken);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Customer.View customer = customers.read(Paths.id(request), ServletPreconditions.of(request));
        if (!ServletPreconditions.sendNotModified(request, response)) {
            Json.write(response, 200, customer);
        }
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        customers.delete(Paths.id(request), ServletPreconditions.of(request));
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
