package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code /sign-ups}, {@code /sign-ups/{token}} and {@code /recoveries}. */
final class SignUpServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient SignUps signUps;

    SignUpServlet(SignUps signUps) {
        this.signUps = signUps;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<String> path = Paths.segments(request);
        if (path.isEmpty()) {
            JsonNode body = Json.read(request);
            String email = Json.text(body, "email", User.NAME);
            if (request.getServletPath().equals("/recoveries")) {
                signUps.recover(email);
            } else {
                signUps.request(email, Json.text(body, "username", User.NAME));
            }
            Json.write(response, 202, SignUps.NEXT);
        } else {
            Json.write(response, 201, signUps.confirm(SignUps.token(String.join("/", path))));
        }
    }
}
