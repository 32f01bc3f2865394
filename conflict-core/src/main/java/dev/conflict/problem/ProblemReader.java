package dev.conflict.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a problem from bytes that anybody may have sent; whatever they hold, nothing is thrown. */
final class ProblemReader {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_MEMBERS = 256;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(1000)
                    .build())
            .build();

    private ProblemReader() {}

    static Optional<ProblemDetail> read(byte[] body) {
        if (body.length > MAX_BYTES) {
            return Optional.empty();
        }
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, @Nullable Object> members = object(parser);
            return parser.nextToken() == null ? Optional.of(problem(members)) : Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static ProblemDetail problem(Map<String, @Nullable Object> members) {
        ProblemDetail.Builder problem = ProblemDetail.received();
        members.forEach((name, value) -> {
            switch (name) {
                case "type" -> uri(value).ifPresent(problem::type);
                case "title" -> text(value).ifPresent(problem::title);
                case "status" -> status(value).ifPresent(problem::status);
                case "detail" -> text(value).ifPresent(problem::detail);
                case "instance" -> uri(value).ifPresent(problem::instance);
                default -> problem.extension(name, value);
            }
        });
        return problem.build();
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Integer> status(@Nullable Object value) {
        return value instanceof Long number && number >= 100 && number <= 599
                ? Optional.of(number.intValue())
                : Optional.empty();
    }

    private static Optional<URI> uri(@Nullable Object value) {
        try {
            return value instanceof String text ? Optional.of(new URI(text)) : Optional.empty();
        } catch (URISyntaxException notOne) {
            return Optional.empty();
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = value(parser);
            if (members.size() < MAX_MEMBERS || members.containsKey(name)) {
                members.put(name, value);
            }
        }
        return members;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getBigIntegerValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }
}
