package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Collectors;

/** Writes any text and any number, and has another parser read them. */
class JsonWriterFuzzTest {
    private static final ObjectMapper JACKSON = new ObjectMapper();

    @FuzzTest
    void everythingThatIsWrittenIsReadAsWhatItWas(byte[] input) throws IOException {
        String text = utf16(input);
        double number = input.length < 8 ? Double.NaN : ByteBuffer.wrap(input).getDouble();
        for (boolean asciiOnly : new boolean[] {false, true}) {
            JsonWriter writer = new JsonWriter(asciiOnly, 0);
            writer.object(Collections.singletonMap(text, Arrays.asList(text, number, null)));
            byte[] json = writer.toByteArray();
            String written = new String(json, StandardCharsets.UTF_8);

            JsonNode read = JACKSON.readTree(json);
            JsonNode items = read.get(wellFormed(text));
            assertThat(items.get(0).textValue()).isEqualTo(wellFormed(text));
            assertThat(items.get(1).isNull()).isEqualTo(!Double.isFinite(number));
            assertThat(items.get(1).isNull() || items.get(1).doubleValue() == number)
                    .isTrue();
            assertThat(written).doesNotContain("<", ">", "&", "\u2028", "\u2029", "\u007F");
            assertThat(written.chars().allMatch(c -> c >= 0x20 && (c < 0x7F || !asciiOnly)))
                    .isTrue();
        }
    }

    /** Each two bytes are a character, so that halves of pairs come too. */
    private static String utf16(byte[] input) {
        char[] text = new char[input.length / 2];
        ByteBuffer.wrap(input).asCharBuffer().get(text);
        return new String(text);
    }

    private static String wellFormed(String text) {
        return text.codePoints()
                .map(c -> c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
