package dev.conflict.example;

import dev.conflict.http.ConditionalRequest;
import dev.conflict.problem.ProblemException;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code /orders/{id}}, {@code …/pay}, {@code …/ship}, {@code …/return}, {@code …/cancel}, {@code …/override} and {@code …/give}. */
final class OrderServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Orders orders;

    OrderServlet(Orders orders) {
        this.orders = orders;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Order.View order = orders.read(Paths.id(request), ServletPreconditions.of(request));
        if (!ServletPreconditions.sendNotModified(request, response)) {
            Json.write(response, 200, order);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> path = Paths.segments(request);
        if (path.size() != 2) {
            throw ProblemException.notFound();
        }
        Json.write(response, 200, act(Paths.id(path.get(0)), path.get(1), request));
    }

    private Order.View act(long id, String action, HttpServletRequest request) throws IOException {
        ConditionalRequest conditional = ServletPreconditions.of(request);
        return switch (action) {
            case "override" -> orders.cancel(id, decision(request), conditional);
            case "give" -> orders.give(id, Json.number(Json.read(request), "customer"), conditional);
            default -> orders.act(id, action, conditional);
        };
    }

    private static Decision decision(HttpServletRequest request) throws IOException {
        Account.requireAdministrator(request::isUserInRole);
        return Decision.of(request.getRemoteUser(), Json.read(request));
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        orders.delete(Paths.id(request), ServletPreconditions.of(request));
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
