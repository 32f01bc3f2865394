package dev.conflict.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.conflict.JsonCodec;
import dev.conflict.problem.ProblemShape.OlderMembers;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a problem from bytes that anybody may have sent; whatever they hold, nothing is thrown. */
final class ProblemReader {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_MEMBERS = 256;

    /** The time that it takes to read a number grows with the square of its length. */
    private static final int MAX_DIGITS = 1000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_BYTES)
                    .build())
            .build();

    private static final byte[] VALUE = {'{', '"', 'v', '"', ':'};

    private static final Set<String> OLDER =
            Set.of(OlderMembers.ERROR, OlderMembers.MESSAGE, OlderMembers.DETAILS, "status");

    private ProblemReader() {}

    static Optional<ReceivedProblem> read(byte[] body) {
        return members(body).map(ProblemReader::problem);
    }

    /** A value as a mapper writes it, as plain data; null if it cannot write it, or writes more than is read. */
    static @Nullable Object value(JsonCodec codec, @Nullable Object value) {
        try {
            byte[] json = codec.write(value);
            ByteBuffer object = ByteBuffer.allocate(json.length + 6);
            object.put(VALUE).put(json).put((byte) '}');
            return members(object.array()).map(members -> members.get("v")).orElse(null);
        } catch (RuntimeException unwritable) {
            return null;
        }
    }

    private static Optional<Map<String, @Nullable Object>> members(byte[] body) {
        if (body.length > MAX_BYTES) {
            return Optional.empty();
        }
        try (JsonParser parser = JSON.createParser(text(body))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Map<String, @Nullable Object> members = object(parser);
            return parser.nextToken() == null ? Optional.of(members) : Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /** Decodes strictly: left to guess, a parser also takes UTF-16 and overlong sequences. */
    private static char[] text(byte[] body) throws CharacterCodingException {
        boolean marked = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        int start = marked ? 3 : 0;
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, start, body.length - start));
        return Arrays.copyOf(text.array(), text.limit());
    }

    /** Takes members as they are; of a standard member only what has its type (RFC 9457 §3.1). */
    static ReceivedProblem problem(Map<String, ? extends @Nullable Object> members) {
        return isOlder(members) ? older(members) : standard(members);
    }

    private static ReceivedProblem standard(Map<String, ? extends @Nullable Object> members) {
        ProblemDetail.Builder problem = ProblemDetail.received();
        List<String> ignored = new ArrayList<>();
        members.forEach((name, value) -> {
            boolean taken = switch (name) {
                case "type" -> take(uri(value), problem::type);
                case "title" -> take(text(value), problem::title);
                case "status" -> take(status(value), problem::status);
                case "detail" -> take(text(value), problem::detail);
                case "instance" -> take(uri(value), problem::instance);
                default -> {
                    problem.member(name, value);
                    yield true;
                }
            };
            if (!taken) {
                ignored.add(name);
            }
        });
        return new ReceivedProblem(problem.build(), ignored);
    }

    private static <T> boolean take(Optional<T> value, Consumer<T> member) {
        value.ifPresent(member);
        return value.isPresent();
    }

    /** Tells the older shape by what only it has, and by what a problem would have. */
    private static boolean isOlder(Map<String, ? extends @Nullable Object> members) {
        return members.get(OlderMembers.ERROR) instanceof String
                && members.get(OlderMembers.MESSAGE) instanceof String
                && members.get(OlderMembers.DETAILS) instanceof Map<?, ?>
                && !(members.get("title") instanceof String)
                && !(members.get("detail") instanceof String);
    }

    /** Puts what the older shape says where a problem says it; details may not stand in for standard members. */
    private static ReceivedProblem older(Map<String, ? extends @Nullable Object> members) {
        Map<String, @Nullable Object> moved = new LinkedHashMap<>();
        moved.put("title", members.get(OlderMembers.ERROR));
        if (members.containsKey("status")) {
            moved.put("status", members.get("status"));
        }
        moved.put("detail", members.get(OlderMembers.MESSAGE));
        if (members.get(OlderMembers.DETAILS) instanceof Map<?, ?> details) {
            details.forEach((name, value) -> {
                if (!ProblemDetail.isStandard(String.valueOf(name))) {
                    moved.put(String.valueOf(name), value);
                }
            });
        }
        members.forEach((name, value) -> {
            if (!OLDER.contains(name)) {
                moved.putIfAbsent(name, value);
            }
        });
        return standard(moved);
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Optional<Integer> status(@Nullable Object value) {
        return (value instanceof Long || value instanceof Integer)
                        && value instanceof Number number
                        && number.longValue() >= 100
                        && number.longValue() <= 599
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
        return Collections.unmodifiableMap(members);
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return Collections.unmodifiableList(items);
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getTextLength() > MAX_DIGITS ? null : number(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Number number(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            return parser.getDecimalValue();
        }
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return parser.getBigIntegerValue();
        }
        return parser.getLongValue();
    }
}
