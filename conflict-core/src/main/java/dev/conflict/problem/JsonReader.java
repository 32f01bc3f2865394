package dev.conflict.problem;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.conflict.JsonCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as plain data, and never throws on content.
 *
 * <p>What anybody may have sent has limits; what the application's mapper wrote has none but its depth. A value that goes
 * beyond them is left out as a whole: whoever merges a part of a document and writes it back deletes the rest. A lone
 * surrogate, which JSON can escape and UTF-8 cannot carry, is read as it would be written; for one in a name Jackson refuses the
 * whole text, from its releases 2.21.8 and 2.22.4 on.
 */
final class JsonReader {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_MEMBERS = 256;

    /** The time that it takes to read a number grows with the square of its length. */
    private static final int MAX_DIGITS = 1000;

    private static final JsonFactory RECEIVED = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_BYTES)
                    .build())
            .build();

    private static final JsonFactory OWN = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH - 1) // it stands in a problem
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private final int maxMembers;
    private final int maxDigits;
    private boolean beyond;

    private JsonReader(JsonParser parser, int maxMembers, int maxDigits) {
        this.parser = parser;
        this.maxMembers = maxMembers;
        this.maxDigits = maxDigits;
    }

    /**
     * An object as it was received.
     *
     * @param members its members by name, null for those whose value goes beyond the limits
     * @param leftOut the names of those, and of members that are not there, as there are too many
     */
    record Read(Map<String, @Nullable Object> members, Set<String> leftOut) {}

    /** Reads an object that anybody may have sent; empty if it is none, or larger than is read. */
    static Optional<Read> received(byte[] body) {
        if (body.length > MAX_BYTES) {
            return Optional.empty();
        }
        try (JsonParser parser = RECEIVED.createParser(text(body))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            Read read = new JsonReader(parser, MAX_MEMBERS, MAX_DIGITS).outermost();
            return parser.nextToken() == null ? Optional.of(read) : Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /** A value as the application's mapper writes it, as plain data; null if it cannot write it, or writes it too deep. */
    static @Nullable Object own(JsonCodec codec, @Nullable Object value) {
        try (JsonParser parser = OWN.createParser(text(codec.write(value)))) {
            if (parser.nextToken() == null) {
                return null;
            }
            Object data = new JsonReader(parser, Integer.MAX_VALUE, Integer.MAX_VALUE).value();
            return parser.nextToken() == null ? data : null;
        } catch (IOException | RuntimeException unwritable) {
            return null;
        }
    }

    /** Decodes strictly: left to guess, a parser also takes UTF-16 and overlong sequences. */
    private static char[] text(byte[] body) throws CharacterCodingException {
        boolean marked = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        int start = marked ? 3 : 0;
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body, start, body.length - start));
        return Arrays.copyOf(text.array(), text.limit());
    }

    private Read outermost() throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        Set<String> leftOut = new LinkedHashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = JsonWriter.wellFormed(parser.currentName());
            parser.nextToken();
            beyond = false;
            Object value = value();
            leftOut.remove(name);
            if (members.size() >= maxMembers && !members.containsKey(name)) {
                leftOut.add(name);
            } else if (beyond) {
                members.put(name, null);
                leftOut.add(name);
            } else {
                members.put(name, value);
            }
        }
        return new Read(Collections.unmodifiableMap(members), leftOut);
    }

    private Map<String, @Nullable Object> object() throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = JsonWriter.wellFormed(parser.currentName());
            parser.nextToken();
            members.put(name, value());
        }
        beyond |= members.size() > maxMembers;
        return Collections.unmodifiableMap(members);
    }

    private List<@Nullable Object> array() throws IOException {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return Collections.unmodifiableList(items);
    }

    private @Nullable Object value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> JsonWriter.wellFormed(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private @Nullable Number number() throws IOException {
        if (parser.getTextLength() > maxDigits) {
            beyond = true;
            return null;
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            return parser.getDecimalValue();
        }
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return parser.getBigIntegerValue();
        }
        return parser.getLongValue();
    }
}
