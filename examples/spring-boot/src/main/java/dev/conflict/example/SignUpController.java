package dev.conflict.example;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /sign-ups}, {@code /sign-ups/{token}} and {@code /recoveries}, as {@code SignUpServlet} has them. */
@RestController
@RequestMapping(produces = "application/json")
class SignUpController {
    private final SignUps signUps;

    SignUpController(SignUps signUps) {
        this.signUps = signUps;
    }

    @PostMapping("/sign-ups")
    @ResponseStatus(HttpStatus.ACCEPTED)
    String request(HttpServletRequest request) throws IOException {
        JsonNode body = Json.read(request);
        signUps.request(Json.text(body, "email", User.NAME), Json.text(body, "username", User.NAME));
        return Json.write(SignUps.NEXT);
    }

    @PostMapping("/sign-ups/{token}")
    @ResponseStatus(HttpStatus.CREATED)
    String confirm(@PathVariable String token) {
        return Json.write(signUps.confirm(SignUps.token(token)));
    }

    @PostMapping("/recoveries")
    @ResponseStatus(HttpStatus.ACCEPTED)
    String recover(HttpServletRequest request) throws IOException {
        signUps.recover(Json.text(Json.read(request), "email", User.NAME));
        return Json.write(SignUps.NEXT);
    }
}
