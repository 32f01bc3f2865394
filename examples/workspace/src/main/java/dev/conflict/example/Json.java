package dev.conflict.example;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.conflict.Revision;
import dev.conflict.problem.ProblemDetail;
import dev.conflict.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bodies in JSON; one that cannot be used ends the request with a problem that says where. */
final class Json {
    private static final int MAX_BODY_BYTES = 1024 * 1024;
    private static final int MAX_REVISION = 64;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    static JsonNode read(HttpServletRequest request) throws IOException {
        return read(request.getInputStream());
    }

    static JsonNode read(InputStream content) throws IOException {
        byte[] body = content.readNBytes(MAX_BODY_BYTES + 1);
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
                    .detail("The body is not JSON" + place(unreadable.getLocation()) + ".")
                    .build());
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null
                ? ""
                : ", from line " + location.getLineNr() + ", column " + location.getColumnNr() + " on";
    }

    /** Returns a member that must be a text of at most so many characters. */
    static String text(JsonNode body, String field, int maxLength) {
        JsonNode value = body.path(field);
        if (!value.isTextual()) {
            throw unusable(field, "TEXT_REQUIRED", "The member \"" + field + "\" must be a text.");
        }
        String text = value.textValue();
        if (text.length() > maxLength || text.indexOf('\0') >= 0) {
            throw unusable(
                    field,
                    "TEXT_NOT_STORABLE",
                    "The member \"" + field + "\" has at most " + maxLength + " characters, none of them U+0000.");
        }
        return text;
    }

    /** Returns a member that must be a whole number. */
    static long number(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw unusable(field, "WHOLE_NUMBER_REQUIRED", "The member \"" + field + "\" must be a whole number.");
        }
        return value.longValue();
    }

    /** Returns a member that is true or false; false if there is no such member. */
    static boolean flag(JsonNode body, String field) {
        return body.path(field).booleanValue();
    }

    /** Returns the version that a member states, as a number or as a text; null if there is no such member. */
    static @Nullable Revision revision(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return value.isTextual() ? Revision.of(text(body, field, MAX_REVISION)) : Revision.of(number(body, field));
    }

    private static ProblemException unusable(String field, String code, String detail) {
        return new ProblemException(ProblemDetail.builder(422)
                .title("Unprocessable Content")
                .detail(detail)
                .extension("code", code)
                .extension("errors", List.of(Map.of("code", code, "field", field, "pointer", "#/" + field)))
                .build());
    }

    static void write(HttpServletResponse response, int status, Object body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(write(body).getBytes(StandardCharsets.UTF_8));
    }

    static String write(Object body) {
        try {
            return MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
