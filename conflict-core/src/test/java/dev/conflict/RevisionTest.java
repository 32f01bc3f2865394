package dev.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RevisionTest {
    private static final UUID ID = UUID.fromString("123e4567-e89b-42d3-a456-426614174000");
    private static final Instant MOMENT = Instant.parse("2026-11-23T10:00:00.123456789Z");

    static Stream<Arguments> everyVersionType() {
        return Stream.of(
                arguments("Revision", Revision.of(7), 7L),
                arguments("Versioned", (Versioned) () -> Revision.of(8), 8L),
                arguments("Byte", (byte) 7, 7L),
                arguments("Short", (short) -7, -7L),
                arguments("Integer", 0, 0L),
                arguments("Long", Long.MAX_VALUE, Long.MAX_VALUE),
                arguments("String", "rev-3", "rev-3"),
                arguments("CharSequence", CharBuffer.wrap("rev-4"), "rev-4"),
                arguments("empty text", "", ""),
                arguments("UUID", ID, ID),
                arguments("bytes", new byte[] {0, 0x1F, (byte) 0xFF}, "001fff"),
                arguments("Instant", MOMENT, MOMENT),
                arguments("java.util.Date", Date.from(Instant.ofEpochMilli(5)), Instant.ofEpochMilli(5)),
                arguments("OffsetDateTime", MOMENT.atOffset(ZoneOffset.ofHours(3)), MOMENT),
                arguments("ZonedDateTime", MOMENT.atZone(ZoneId.of("Europe/Berlin")), MOMENT),
                arguments("LocalDateTime, as UTC", LocalDateTime.ofInstant(MOMENT, ZoneOffset.UTC), MOMENT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyVersionType")
    void everyVersionTypeIsTakenByItsValue(String type, Object version, Object value) {
        assertThat(Revision.from(version).value()).isEqualTo(value);
    }

    static Stream<Object> whatIsNoVersion() {
        return Stream.of(
                1.5,
                new BigDecimal("1"),
                new BigInteger("1"),
                new AtomicLong(1),
                List.of(1),
                new Object(),
                LocalDate.EPOCH,
                new DateWithoutTime());
    }

    @ParameterizedTest
    @MethodSource("whatIsNoVersion")
    void whatIsNoVersionIsRefusedByItsClass(Object version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Revision.from(version))
                .withMessageContaining(version.getClass().getName());
    }

    /** As java.sql.Date does; its module is not ours to require. */
    private static final class DateWithoutTime extends Date {
        private static final long serialVersionUID = 1L;

        @Override
        public Instant toInstant() {
            throw new UnsupportedOperationException();
        }
    }

    static Stream<Arguments> pairs() {
        Revision moment = Revision.of(Instant.parse("2026-11-23T10:00:00Z"));
        return Stream.of(
                arguments(Revision.of(7), Revision.of(7), true),
                arguments(Revision.of(7), Revision.of(8), false),
                arguments(Revision.of(7), Revision.of("7"), true),
                arguments(Revision.of(-7), Revision.of("-7"), true),
                arguments(Revision.of(7), Revision.of("8"), false),
                arguments(Revision.of(7), Revision.of("7.0"), false),
                arguments(Revision.of(7), Revision.of(" 7"), false),
                arguments(Revision.of(7), Revision.of(""), false),
                arguments(Revision.of(7), Revision.of("seven"), false),
                arguments(Revision.of(7), Revision.of("99999999999999999999"), false),
                arguments(moment, moment, true),
                arguments(moment, Revision.of("2026-11-23T10:00:00Z"), true),
                arguments(moment, Revision.of("2026-11-23T10:00:00.000Z"), true),
                arguments(moment, Revision.of("2026-11-23T11:00:00+01:00"), true),
                arguments(moment, Revision.of("2026-11-23T10:00:00.001Z"), false),
                arguments(moment, Revision.of("2026-11-23T10:00:00"), false),
                arguments(moment, Revision.of("2026-11-23"), false),
                arguments(moment, Revision.of(0), false),
                arguments(Revision.of(ID), Revision.of(ID.toString()), true),
                arguments(Revision.of(ID), Revision.of("123E4567-E89B-42D3-A456-426614174000"), true),
                arguments(Revision.of(ID), Revision.of("123e4567-e89b-42d3-a456-426614174001"), false),
                arguments(Revision.of(ID), Revision.of("no uuid"), false),
                arguments(Revision.of(ID), Revision.of(7), false),
                arguments(Revision.of("a"), Revision.of("a"), true),
                arguments(Revision.of("a"), Revision.of("A"), false),
                arguments(Revision.of("7"), Revision.of("07"), false));
    }

    @ParameterizedTest(name = "{0} ~ {1}: {2}")
    @MethodSource("pairs")
    void revisionsMatchByWhatTheyDenoteFromBothSides(Revision one, Revision other, boolean same) {
        assertThat(one.matches(other)).isEqualTo(same);
        assertThat(other.matches(one)).isEqualTo(same);
    }

    @Test
    void equalityKeepsNumberAndTextApart() {
        assertThat(Revision.of(7)).isEqualTo(Revision.from((short) 7)).hasSameHashCodeAs(Revision.from((short) 7));
        assertThat(Revision.of(7)).isNotEqualTo(Revision.of("7")).isNotEqualTo(7L);
        assertThat(Revision.of(7).hashCode()).isNotEqualTo(Revision.of(8).hashCode());
    }

    @Test
    void textIsDigitsIsoUuidOrItself() {
        assertThat(Revision.of(-7)).hasToString("-7");
        assertThat(Revision.of(MOMENT)).hasToString("2026-11-23T10:00:00.123456789Z");
        assertThat(Revision.of(ID)).hasToString(ID.toString());
        assertThat(Revision.of("x y")).hasToString("x y");
    }

    @Test
    void onlyDatesAreMoments() {
        assertThat(Revision.of(MOMENT).isMoment()).isTrue();
        assertThat(Revision.from(OffsetDateTime.now(ZoneOffset.UTC)).isMoment()).isTrue();
        assertThat(Revision.from(ZonedDateTime.now(ZoneOffset.UTC)).isMoment()).isTrue();
        assertThat(Revision.of(7).isMoment()).isFalse();
        assertThat(Revision.of("2026-11-23T10:00:00Z").isMoment()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyVersionType")
    void serializationKeepsTheValue(String type, Object version, Object value) {
        Revision revision = Revision.from(version);
        assertThat(Serialized.copyOf(revision)).isEqualTo(revision);
    }

    @Test
    @SuppressWarnings("NullAway") // nobody checked the caller
    void nullIsRefusedByName() {
        assertThatNullPointerException().isThrownBy(() -> Revision.from(null)).withMessage("version");
        assertThatNullPointerException()
                .isThrownBy(() -> Revision.of((String) null))
                .withMessage("text");
        assertThatNullPointerException()
                .isThrownBy(() -> Revision.of((UUID) null))
                .withMessage("uuid");
        assertThatNullPointerException()
                .isThrownBy(() -> Revision.of((Instant) null))
                .withMessage("moment");
    }
}
