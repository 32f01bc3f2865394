package dev.conflict.example;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.conflict.problem.ProblemDetail;
import dev.conflict.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Bodies in JSON; one that cannot be used ends the request with a problem that says where. */
final class Json {
    private static final int MAX_BODY_BYTES = 1024 * 1024;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static JsonNode read(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            throw new ProblemException(ProblemDetail.builder(413)
                    .title("Content Too Large")
                    .detail("A body has at most " + MAX_BODY_BYTES + " bytes.")
                    .build());
        }
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException unreadable) {
            throw new ProblemException(ProblemDetail.builder(400)
                    .title("Bad Request")
                    .detail("The body is no JSON from line "
                            + unreadable.getLocation().getLineNr() + ", column "
                            + unreadable.getLocation().getColumnNr() + " on.")
                    .build());
        }
    }

    /** Returns a member that must be a text. */
    static String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isTextual()) {
            return value.textValue();
        }
        throw new ProblemException(ProblemDetail.builder(422)
                .title("Unprocessable Content")
                .detail("The body lacks a text.")
                .extension("errors", List.of(Map.of("code", "TEXT_REQUIRED", "field", field, "pointer", "#/" + field)))
                .build());
    }

    static void write(HttpServletResponse response, int status, Object body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(MAPPER.writeValueAsBytes(body));
    }
}
