package dev.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.Serializable;
import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void entityIsNamedByItsClassAndIdentifier() {
        Target target = Target.of(TargetTest.class, 42L);
        assertThat(target).isEqualTo(new Target("dev.conflict.TargetTest", 42L));
        assertThat(Serialized.copyOf(target)).isEqualTo(target);
    }

    /** Identifiers of two parts may have one text or hash code, and are two all the same. */
    private record Seat(int row, int number) implements Serializable {
        @Override
        public String toString() {
            return "a seat";
        }
    }

    @Test
    void identifiersCompareByValueAndNotByText() {
        assertThat(Target.of("Seat", new Seat(1, 31)))
                .isEqualTo(Target.of("Seat", new Seat(1, 31)))
                .isNotEqualTo(Target.of("Seat", new Seat(2, 0)));
    }

    @Test
    void numbersOfAnyWidthAreOneIdentifier() {
        assertThat(Target.of("A", 7))
                .isEqualTo(Target.of("A", 7L))
                .isEqualTo(Target.of("A", (short) 7))
                .isEqualTo(Target.of("A", (byte) 7))
                .isNotEqualTo(Target.of("A", 8));
    }

    @Test
    void identifierThatIsNotSerializableCountsByItsText() {
        Object id = new Object() {
            @Override
            public String toString() {
                return "id";
            }
        };
        assertThat(Target.of("A", id)).isEqualTo(new Target("A", "id"));
    }

    @Test
    @SuppressWarnings("NullAway") // nobody checked the caller
    void halfATargetIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> new Target(null, "1")).withMessage("type");
        assertThatNullPointerException().isThrownBy(() -> new Target("A", null)).withMessage("id");
    }
}
