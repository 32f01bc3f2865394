package dev.conflict.example;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.problem.ProblemException;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code /orders}, {@code /orders/{id}}, {@code /orders/{id}/pay}, {@code …/ship} and {@code …/cancel}. */
final class OrderServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Orders orders;

    OrderServlet(Orders orders) {
        this.orders = orders;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> path = Paths.segments(request);
        if (path.size() != 1) {
            throw ProblemException.notFound();
        }
        Json.write(response, 200, orders.read(Paths.id(path.get(0)), ServletPreconditions.of(request)));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> path = Paths.segments(request);
        if (path.isEmpty()) {
            Json.write(response, 201, orders.take());
        } else if (path.size() == 2) {
            Json.write(response, 200, act(Paths.id(path.get(0)), path.get(1), ServletPreconditions.of(request)));
        } else {
            throw ProblemException.notFound();
        }
    }

    private Order.View act(long id, String action, ConditionalRequest request) {
        return switch (action) {
            case "pay" -> orders.move(id, OrderStatus.PAID, request);
            case "ship" -> orders.move(id, OrderStatus.SHIPPED, request);
            case "cancel" -> orders.cancel(id, request);
            default -> throw ProblemException.notFound();
        };
    }
}
