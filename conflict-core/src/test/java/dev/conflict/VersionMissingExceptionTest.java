package dev.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionMissingExceptionTest {
    @Test
    void fieldIsNamedAndNoStackTraceTaken() {
        VersionMissingException missing = Serialized.copyOf(new VersionMissingException("rev"));
        assertThat(missing.field()).isEqualTo("rev");
        assertThat(missing).hasMessageContaining("\"rev\"").hasNoCause();
        assertThat(missing.getStackTrace()).isEmpty();
    }
}
