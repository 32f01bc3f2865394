package dev.conflict.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.schemas.NativeImageMetadata;
import org.junit.jupiter.api.Test;

class NativeImageTest {
    @Test
    void whatANativeImageIsToldIsThere() {
        assertThat(NativeImageMetadata.missing("conflict-jpa"))
                .containsExactly(
                        "org.springframework.orm.jpa.EntityManagerProxy"); // Spring is no part of this class path
    }
}
