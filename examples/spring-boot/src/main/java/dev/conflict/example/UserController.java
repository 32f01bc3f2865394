package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /users}, as {@code UserServlet} has them. */
@RestController
class UserController {
    private final Users users;

    UserController(Users users) {
        this.users = users;
    }

    @PostMapping(path = "/users", produces = "application/json")
    @ResponseStatus(HttpStatus.CREATED)
    String create(HttpServletRequest request) throws IOException {
        JsonNode body = Json.read(request);
        return Json.write(users.create(Json.text(body, "email", User.NAME), Json.text(body, "username", User.NAME)));
    }
}
