package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.problem.ProblemException;
import dev.conflict.servlet.ServletPreconditions;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code /tasks}, {@code /tasks/{id}}, {@code /tasks/{id}/approve}, {@code …/ask} and {@code …/inform}. */
final class TaskServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Tasks tasks;

    TaskServlet(Tasks tasks) {
        this.tasks = tasks;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Task.View task = tasks.read(Paths.id(request), ServletPreconditions.of(request));
        if (!ServletPreconditions.sendNotModified(request, response)) {
            Json.write(response, 200, task);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> path = Paths.segments(request);
        if (path.isEmpty()) {
            JsonNode body = Json.read(request);
            Task.View created =
                    tasks.create(Json.text(body, "title", Task.TITLE), Json.flag(body, "informationMandatory"));
            response.setHeader("Location", "/tasks/" + created.id());
            Json.write(response, 201, created);
        } else if (path.size() == 2) {
            Json.write(response, 200, act(Paths.id(path.get(0)), path.get(1), request));
        } else {
            throw ProblemException.notFound();
        }
    }

    private Task.View act(long id, String action, HttpServletRequest request) throws IOException {
        ConditionalRequest conditional = ServletPreconditions.of(request);
        return switch (action) {
            case "inform" ->
                tasks.inform(id, Json.text(Json.read(request), "information", Task.INFORMATION), conditional);
            default -> tasks.act(id, action, conditional);
        };
    }
}
