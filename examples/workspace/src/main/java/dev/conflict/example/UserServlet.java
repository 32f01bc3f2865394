package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /users}. */
final class UserServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Users users;

    UserServlet(Users users) {
        this.users = users;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode body = Json.read(request);
        Json.write(
                response,
                201,
                users.create(Json.text(body, "email", User.NAME), Json.text(body, "username", User.NAME)));
    }
}
