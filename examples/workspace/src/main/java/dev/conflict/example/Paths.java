package dev.conflict.example;

import dev.conflict.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;

/** What follows a servlet's own path. */
final class Paths {
    private Paths() {}

    static List<String> segments(HttpServletRequest request) {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("/");
        return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
    }

    /** Returns the id that is all that follows. */
    static long id(HttpServletRequest request) {
        return id(String.join("/", segments(request)));
    }

    static long id(String segment) {
        try {
            return Long.parseLong(segment);
        } catch (NumberFormatException noId) {
            throw ProblemException.notFound();
        }
    }
}
