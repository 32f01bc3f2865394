package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.problem.ProblemException;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code /unguarded/documents/{id}}, {@code /unguarded/users/{reason}} and {@code /unguarded/orders/{customer}}. */
final class UnguardedServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Documents documents;
    private final transient Unguarded unguarded;

    UnguardedServlet(Store store) {
        documents = new Documents(store);
        unguarded = new Unguarded(store);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.write(response, 200, documents.read(Paths.id(last(request)), ServletPreconditions.of(request)));
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Json.write(response, 200, unguarded.write(Paths.id(last(request)), Json.read(request)));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = Json.read(request);
        switch (Paths.segments(request).get(0)) {
            case "users" -> unguarded.user(last(request), body);
            case "orders" -> unguarded.order(Paths.id(last(request)), body);
            default -> throw ProblemException.notFound();
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static String last(HttpServletRequest request) {
        List<String> path = Paths.segments(request);
        return path.get(path.size() - 1);
    }
}
