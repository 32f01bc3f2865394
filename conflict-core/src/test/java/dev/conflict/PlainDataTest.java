package dev.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainDataTest {
    private enum Colour {
        RED {
            @Override
            public String toString() {
                return "rot";
            }
        }
    }

    /** As java.sql.Date is; its module is not ours to require. */
    private static final class DateWithoutTime extends Date {
        private static final long serialVersionUID = 1L;

        @Override
        public Instant toInstant() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String toString() {
            return "2026-11-23";
        }
    }

    private record Point(int x, @Nullable Object y) {}

    private record Derived(int told) {
        @Override
        public String toString() {
            return "derived " + derived();
        }

        int derived() {
            return told + 1;
        }
    }

    @SuppressWarnings("UnusedMethod") // the copy calls it
    private record Throwing(int first, int second) {
        @Override
        public int first() {
            throw new IllegalStateException("not offered as data");
        }
    }

    static Stream<Arguments> data() {
        UUID id = UUID.fromString("123e4567-e89b-42d3-a456-426614174000");
        Instant moment = Instant.parse("2026-11-23T10:00:00Z");
        return Stream.of(
                arguments("text", "a", "a"),
                arguments("CharSequence", CharBuffer.wrap("a"), "a"),
                arguments("character", 'a', "a"),
                arguments("true", true, true),
                arguments("byte", (byte) 1, (byte) 1),
                arguments("short", (short) 1, (short) 1),
                arguments("int", 1, 1),
                arguments("long", 1L, 1L),
                arguments("float", 1.5f, 1.5f),
                arguments("double", 1.5, 1.5),
                arguments("BigInteger", BigInteger.TEN, BigInteger.TEN),
                arguments("BigDecimal", new BigDecimal("1.50"), new BigDecimal("1.50")),
                arguments("enum constant by its name", Colour.RED, "RED"),
                arguments("enum of java.time by its name", DayOfWeek.MONDAY, "MONDAY"),
                arguments("Instant", moment, "2026-11-23T10:00:00Z"),
                arguments(
                        "OffsetDateTime",
                        OffsetDateTime.ofInstant(moment, ZoneOffset.ofHours(1)),
                        "2026-11-23T11:00+01:00"),
                arguments("LocalDateTime", LocalDateTime.of(2026, 11, 23, 10, 0, 1), "2026-11-23T10:00:01"),
                arguments("LocalDate", LocalDate.EPOCH, "1970-01-01"),
                arguments("java.util.Date", Date.from(moment), "2026-11-23T10:00:00Z"),
                arguments("date without a time", new DateWithoutTime(), "2026-11-23"),
                arguments("UUID", id, id.toString()),
                arguments("URI", URI.create("/a?b#c"), "/a?b#c"),
                arguments("entity tag", EntityTag.weak("a"), "W/\"a\""),
                arguments("revision that is a number", Revision.of(7), 7L),
                arguments("revision that is a text", Revision.of("7"), "7"),
                arguments("revision that is a moment", Revision.of(moment), "2026-11-23T10:00:00Z"),
                arguments("optional", Optional.of("a"), "a"),
                arguments("nested optional", Optional.of(Optional.of(1)), 1),
                arguments("list", List.of(1, "a"), List.of(1, "a")),
                arguments("set", new TreeSet<>(List.of("b", "a")), List.of("a", "b")),
                arguments("list with null", Arrays.asList(1, null), Arrays.asList(1, null)),
                arguments("array", new Object[] {"a", List.of(1)}, List.of("a", List.of(1))),
                arguments("array with null", new @Nullable Object[] {null, "a"}, Arrays.asList(null, "a")),
                arguments("primitive array", new int[] {1, 2}, List.of(1, 2)),
                arguments("empty list", List.of(), List.of()),
                arguments("map", Map.of("a", Map.of("b", 1)), Map.of("a", Map.of("b", 1))),
                arguments("map with null", Collections.singletonMap("a", null), Collections.singletonMap("a", null)),
                arguments("map by enum", Map.of(Colour.RED, 1), Map.of("RED", 1)),
                arguments("map by number", Map.of(1, 1), Map.of()),
                arguments("private record", new Point(1, "b"), Map.of("x", 1, "y", "b")),
                arguments("record with null", new Point(1, null), Map.of("x", 1)),
                arguments("record with an accessor that throws", new Throwing(1, 2), Map.of("second", 2)),
                arguments("only the components of a record", new Derived(1), Map.of("told", 1)),
                arguments("undeclared value in a record", new Point(1, new Object()), Map.of("x", 1)),
                arguments("undeclared value in a map", Map.of("a", new Object()), Map.of()),
                arguments("undeclared value in a list", List.of(1, new Object()), List.of(1)),
                arguments("undeclared value in an array", new Object[] {new Object(), 1}, List.of(1)),
                arguments("empty optional in a list", List.of(Optional.empty()), List.of()),
                arguments("NaN in a list", List.of(Double.NaN), List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("data")
    void dataIsCopied(String what, Object value, Object copy) {
        assertThat(PlainData.of(value)).isEqualTo(copy);
    }

    static Stream<Arguments> undeclared() {
        return Stream.of(
                arguments("null", null),
                arguments("object", new Object()),
                arguments("exception", new IllegalStateException("duplicate key value violates unique constraint")),
                arguments("class", String.class),
                arguments("path", Path.of("/etc/passwd")),
                arguments("lock", new ReentrantLock()),
                arguments("target", (Runnable) () -> {}),
                arguments("stream", Stream.of(1)),
                arguments("iterable that is no collection", (Iterable<Integer>)
                        () -> List.of(1).iterator()),
                arguments("mutable number", new AtomicLong(1)),
                arguments("subclass of a number", new BigDecimal("1") {
                    private static final long serialVersionUID = 1L;
                }),
                arguments("NaN", Double.NaN),
                arguments("infinity", Double.NEGATIVE_INFINITY),
                arguments("float infinity", Float.POSITIVE_INFINITY),
                arguments("empty optional", Optional.empty()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("undeclared")
    void whatIsNoDataIsLeftOut(String what, @Nullable Object value) {
        assertThat(PlainData.of(value)).isNull();
    }

    @Test
    void orderOfMapsListsAndComponentsIsKept() {
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", 2);
        map.put("m", 3);
        assertThat(PlainData.of(map)).hasToString("{z=1, a=2, m=3}");
        assertThat(PlainData.of(new Point(1, "b"))).hasToString("{x=1, y=b}");
    }

    @Test
    void whatThrowsWhenItIsReadIsLeftOut() {
        List<Integer> detached = new AbstractList<>() {
            @Override
            public Integer get(int index) {
                throw new IllegalStateException("could not initialize proxy - no Session");
            }

            @Override
            public int size() {
                return 2;
            }
        };
        assertThat(PlainData.of(detached)).isNull();
        assertThat(PlainData.of(new Point(1, detached))).isEqualTo(Map.of("x", 1));
        assertThat(PlainData.of(List.of("a", detached))).isEqualTo(List.of("a"));
    }

    @Test
    void dataEndsAtTheDepthOf64() {
        Object deep = "bottom";
        for (int i = 0; i < 64; i++) {
            deep = List.of(deep);
        }
        assertThat(String.valueOf(PlainData.of(deep))).contains("bottom");
        assertThat(String.valueOf(PlainData.of(List.of(deep))))
                .doesNotContain("bottom")
                .startsWith("[[");
        assertThat(String.valueOf(PlainData.of(Map.of("a", deep)))).doesNotContain("bottom");
        assertThat(String.valueOf(PlainData.of(new Object[] {deep}))).doesNotContain("bottom");
        assertThat(String.valueOf(PlainData.of(new Point(1, deep)))).doesNotContain("bottom");
        assertThat(String.valueOf(PlainData.of(Optional.of(deep)))).doesNotContain("bottom");
    }

    @Test
    void circlesEnd() {
        List<Object> list = new ArrayList<>();
        list.add(list);
        assertThat(String.valueOf(PlainData.of(list))).startsWith("[[[").hasSizeLessThan(200);

        Map<String, Object> map = new HashMap<>();
        map.put("self", map);
        assertThat(String.valueOf(PlainData.of(map))).startsWith("{self={self=").hasSizeLessThan(1000);

        Object[] array = new Object[1];
        array[0] = array;
        assertThat(String.valueOf(PlainData.of(array))).startsWith("[[[").hasSizeLessThan(200);
    }

    @Test
    void sharedStructureDoesNotBlowUp() {
        Object doubling = "x";
        for (int i = 0; i < 40; i++) {
            doubling = List.of(doubling, doubling);
        }
        assertThat(count(PlainData.of(doubling))).isBetween(9_000, 10_000);
        for (int i = 0; i < 20; i++) {
            doubling = Map.of("a", doubling, "b", new Object[] {doubling, doubling});
        }
        assertThat(count(PlainData.of(doubling))).isBetween(1_000, 10_000);
    }

    static Stream<Arguments> wide() {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (int i = 0; i < 30_000; i++) {
            map.put("k" + i, i);
        }
        return Stream.of(
                arguments("list", Collections.nCopies(30_000, 1)),
                arguments("list of nulls", Collections.nCopies(30_000, null)),
                arguments("array", new int[30_000]),
                arguments("array of nulls", new Object[30_000]),
                arguments("map", map));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wide")
    void whatIsWideIsCutAtTenThousandValues(String what, Object value) {
        assertThat(count(PlainData.of(value))).isEqualTo(10_000);
    }

    @Test
    void endlessCollectionOfNothingIsCutToo() {
        List<@Nullable Object> endless = Collections.nCopies(Integer.MAX_VALUE, null);
        assertThat((List<?>) PlainData.of(endless)).hasSize(9_999);
    }

    private static int count(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return 1 + map.values().stream().mapToInt(PlainDataTest::count).sum();
        }
        return value instanceof List<?> list
                ? 1 + list.stream().mapToInt(PlainDataTest::count).sum()
                : 1;
    }

    @Test
    void copiesDoNotChangeWithTheirSource() {
        List<String> list = new ArrayList<>(List.of("a"));
        Map<String, Object> map = new HashMap<>(Map.of("list", list));
        Serializable copy = PlainData.of(map);
        list.add("b");
        map.put("more", 1);
        assertThat(copy).isEqualTo(Map.of("list", List.of("a")));
    }

    static Stream<Arguments> compounds() {
        return Stream.of(
                arguments("list", List.of(1)),
                arguments("array", new int[1]),
                arguments("map", Map.of("a", 1)),
                arguments("record", new Point(1, 2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("compounds")
    void copiesCannotBeChanged(String what, Object value) {
        Object copy = PlainData.of(value);
        assertThatThrownBy(() -> {
                    if (copy instanceof Map<?, ?> map) {
                        map.clear();
                    } else if (copy instanceof List<?> list) {
                        list.clear();
                    }
                })
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void copiesAreSerializable() {
        Serializable copy = PlainData.of(Map.of("list", List.of(1), "array", new int[1], "record", new Point(1, "b")));
        assertThat(copy).isNotNull();
        assertThat(Serialized.copyOf(copy)).isEqualTo(copy);
    }
}
