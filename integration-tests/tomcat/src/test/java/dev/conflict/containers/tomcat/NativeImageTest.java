package dev.conflict.containers.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.schemas.NativeImageMetadata;
import org.junit.jupiter.api.Test;

class NativeImageTest {
    @Test
    void whatANativeImageIsToldIsThere() {
        assertThat(NativeImageMetadata.missing("conflict-core")).isEmpty();
        assertThat(NativeImageMetadata.missing("conflict-servlet")).isEmpty();
    }
}
