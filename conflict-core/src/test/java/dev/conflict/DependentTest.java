package dev.conflict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.net.URI;
import org.junit.jupiter.api.Test;

class DependentTest {
    @Test
    void dependentNeedsANameAndNoLink() {
        assertThat(new Dependent("Task 1", null).href()).isNull();
        Dependent linked = new Dependent("Task 1", URI.create("/tasks/1"));
        assertThat(Serialized.copyOf(linked)).isEqualTo(linked);
    }

    @Test
    @SuppressWarnings("NullAway") // nobody checked the caller
    void namelessDependentIsRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Dependent(null, null))
                .withMessage("name");
    }
}
