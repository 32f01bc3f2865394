package dev.conflict.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.conflict.EntityTag;
import org.junit.jupiter.api.Test;

class ValidatorsTest {
    @Test
    void existenceAndTagAreTwoFacts() {
        assertThat(Validators.absent().exists()).isFalse();
        assertThat(Validators.absent().tag()).isNull();
        assertThat(Validators.absent()).hasToString("absent");

        assertThat(Validators.untagged().exists()).isTrue();
        assertThat(Validators.untagged().tag()).isNull();
        assertThat(Validators.untagged()).hasToString("exists");

        EntityTag tag = EntityTag.weak("a");
        assertThat(Validators.of(tag).exists()).isTrue();
        assertThat(Validators.of(tag).tag()).isSameAs(tag);
        assertThat(Validators.of(tag)).hasToString("W/\"a\"");
    }

    @Test
    @SuppressWarnings("NullAway") // nobody checked the caller
    void tagThatIsNoneIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> Validators.of(null)).withMessage("tag");
    }
}
