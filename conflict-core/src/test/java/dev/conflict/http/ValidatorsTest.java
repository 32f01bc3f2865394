package dev.conflict.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.conflict.EntityTag;
import java.time.Instant;
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

    /** RFC 9110 §8.8.2. */
    @Test
    void whatIsAbsentWasNeverModified() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Validators.absent().lastModified(Instant.EPOCH))
                .withMessageContaining("never modified");
        assertThatIllegalStateException().isThrownBy(() -> Validators.absent().strongLastModified(Instant.EPOCH));
        Validators epoch = Validators.untagged().lastModified(Instant.EPOCH);
        assertThat(epoch.lastModified()).contains(Instant.EPOCH);
        assertThat(Validators.untagged().lastModified()).isEmpty();
        assertThat(epoch).hasToString("exists, modified 1970-01-01T00:00:00Z");
    }

    @Test
    void equivalentTagsStandBesideAPresentOne() {
        assertThatIllegalStateException().isThrownBy(() -> Validators.untagged().equivalents(EntityTag.strong("a")));
    }

    @Test
    @SuppressWarnings("NullAway") // nobody checked the caller
    void tagThatIsNoneIsRefused() {
        assertThatNullPointerException().isThrownBy(() -> Validators.of(null)).withMessage("tag");
    }
}
