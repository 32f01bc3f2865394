package dev.conflict.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldLinesTest {
    @Test
    void firstLineIsTheFirstOfAll() {
        assertThat(Fields.none().and("If-Match", "\"1\"", "\"2\"").lines().first("If-Match"))
                .isEqualTo("\"1\"");
    }

    @Test
    void absentFieldHasNoFirstLine() {
        FieldLines empty = Fields.none().lines();
        FieldLines none = name -> null;

        assertThat(empty.first("If-Match")).isNull();
        assertThat(none.first("If-Match")).isNull();
    }
}
