package dev.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void entityIsNamedByItsClassAndIdentifier() {
        Target target = Target.of(TargetTest.class, 42L);
        assertThat(target).isEqualTo(new Target("dev.conflict.TargetTest", "42"));
        assertThat(Serialized.copyOf(target)).isEqualTo(target);
    }

    @Test
    @SuppressWarnings("NullAway") // nobody checked the caller
    void halfATargetIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> new Target(null, "1")).withMessage("type");
        assertThatNullPointerException().isThrownBy(() -> new Target("A", null)).withMessage("id");
    }
}
