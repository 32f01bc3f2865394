package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a mapper read becomes a problem, each member whole or not at all. */
class MapReaderTest {
    private static final int MOST = 65_536;

    private static ReceivedProblem read(@Nullable Object current) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("title", "t");
        members.put("current", current);
        members.put("code", "C");
        return ReceivedProblem.fromMap(members);
    }

    private static List<Object> nested(int levels) {
        List<Object> nested = new ArrayList<>();
        for (int i = 1; i < levels; i++) {
            nested = new ArrayList<>(List.of(nested));
        }
        return nested;
    }

    static Stream<Arguments> wholes() {
        Map<String, @Nullable Object> nothing = new LinkedHashMap<>();
        nothing.put("none", null);
        return Stream.of(
                Arguments.of("text", "x".repeat(100_000)),
                Arguments.of("as many values as there may be", Collections.nCopies(MOST - 1, 1)),
                Arguments.of("as many levels as there may be", nested(65)),
                Arguments.of("nulls", Arrays.asList(nothing, null)),
                Arguments.of("numbers", List.of(1, 2L, 0.5)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wholes")
    void memberWithinTheLimitsIsWhole(String what, Object current) {
        ReceivedProblem received = read(current);
        assertThat(received.ignored()).isEmpty();
        assertThat(received.problem().extensions().get("current")).isEqualTo(current);
    }

    static Stream<Arguments> beyond() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        itself.add(itself);
        List<Object> doubling = List.of(1);
        for (int i = 0; i < 50; i++) {
            doubling = List.of(doubling, doubling);
        }
        Map<String, Object> wide = new LinkedHashMap<>();
        for (int i = 0; i < MOST; i++) {
            wide.put("m" + i, i);
        }
        return Stream.of(
                Arguments.of("a value more", Collections.nCopies(MOST, 1)),
                Arguments.of("a value more, within", List.of(Map.of("a", Collections.nCopies(MOST - 2, 1)))),
                Arguments.of(
                        "a value more, in an array",
                        Collections.nCopies(MOST, 1).toArray()),
                Arguments.of("a member more", wide),
                Arguments.of("a level more", nested(66)),
                Arguments.of("what contains itself", itself),
                Arguments.of("what is small and never ends", doubling),
                Arguments.of("what throws", new AbstractList<Object>() {
                    @Override
                    public Object get(int index) {
                        throw new IllegalStateException("closed");
                    }

                    @Override
                    public int size() {
                        return 1;
                    }
                }),
                Arguments.of("no data", new Object()),
                Arguments.of("no number", Double.NaN));
    }

    /** Whoever merges a part of a document and writes it back deletes the rest. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("beyond")
    void memberBeyondThemIsNullAndNamed(String what, Object current) {
        ReceivedProblem received = read(current);
        assertThat(received.ignored()).containsExactly("current");
        assertThat(received.problem().title()).contains("t");
        assertThat(received.problem().code()).contains("C");
        assertThat(received.problem().extensions()).containsEntry("current", null);
        assertThat(ProblemDetail.fromMap(Collections.singletonMap("current", current))
                        .extensions())
                .containsEntry("current", null);
    }

    @Test
    void standardMemberOfTheWrongTypeIsNamedOnce() {
        Map<String, Object> members = Map.of("status", "409", "type", new Object(), "detail", List.of());
        assertThat(ReceivedProblem.fromMap(members).ignored()).containsExactlyInAnyOrder("status", "type", "detail");
    }

    @Test
    void whatIsNoDataIsLeftOutOfWhatIs() {
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(7, "a number is no name");
        map.put("object", new Object());
        map.put(CharBuffer.wrap("day"), DayOfWeek.MONDAY);
        assertThat(read(Arrays.asList(map, new Object(), null, new Object[] {"a"}))
                        .problem()
                        .extensions()
                        .get("current"))
                .isEqualTo(Arrays.asList(Map.of("day", "MONDAY"), null, List.of("a")));
    }

    @Test
    void whatIsTakenDoesNotChange() {
        List<Object> inner = new ArrayList<>(List.of(1));
        ProblemDetail problem = read(List.of(inner)).problem();
        inner.add(2);
        assertThat(problem.extensions().get("current")).isEqualTo(List.of(List.of(1)));
    }

    /** The largest body that is read by ourselves loses nothing in an application's mapper. */
    @Test
    void whatIsReadByOurselvesIsReadByAMapper() throws Exception {
        byte[] body = ("{\"current\":[" + "1,".repeat(32_700) + "1]}").getBytes(StandardCharsets.UTF_8);
        ProblemDetail parsed = ProblemDetail.parse(body).orElseThrow();
        ProblemDetail mapped = new ObjectMapper().readValue(body, ProblemDetail.class);
        assertThat(mapped.toJson()).isEqualTo(parsed.toJson()).isEqualTo(body);
    }
}
