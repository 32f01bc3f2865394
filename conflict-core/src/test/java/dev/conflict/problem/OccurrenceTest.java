package dev.conflict.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.problem.Occurrence.Caller;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OccurrenceTest {
    private static final Occurrence PLAIN = Occurrence.of("PUT", "/documents/1");

    @Test
    void occurrenceStartsWithARequestOfWhichNothingElseIsKnown() {
        assertThat(PLAIN.method()).isEqualTo("PUT");
        assertThat(PLAIN.path()).isEqualTo("/documents/1");
        assertThat(PLAIN.caller()).isEqualTo(Caller.ANONYMOUS);
        assertThat(PLAIN.acceptLanguage()).isNull();
        assertThat(PLAIN.accept()).isNull();
        assertThat(PLAIN.traceId()).isNull();
        assertThat(PLAIN).hasToString("PUT /documents/1");
    }

    @Test
    void everyPartIsAddedByItself() {
        Occurrence full = PLAIN.by(Caller.AUTHENTICATED)
                .withAcceptLanguage("de")
                .withAccept("*/*")
                .withTraceId("t");
        assertThat(full.method()).isEqualTo("PUT");
        assertThat(full.path()).isEqualTo("/documents/1");
        assertThat(full.caller()).isEqualTo(Caller.AUTHENTICATED);
        assertThat(full.acceptLanguage()).isEqualTo("de");
        assertThat(full.accept()).isEqualTo("*/*");
        assertThat(full.traceId()).isEqualTo("t");
    }

    @Test
    void equalityIsThatOfAllParts() {
        List<Occurrence> different = List.of(
                PLAIN,
                Occurrence.of("POST", "/documents/1"),
                Occurrence.of("PUT", "/documents/2"),
                PLAIN.by(Caller.AUTHENTICATED),
                PLAIN.withAcceptLanguage("de"),
                PLAIN.withAccept("*/*"),
                PLAIN.withTraceId("t"));
        assertThat(different).doesNotHaveDuplicates();
        assertThat(PLAIN)
                .isEqualTo(Occurrence.of("PUT", "/documents/1"))
                .hasSameHashCodeAs(Occurrence.of("PUT", "/documents/1"))
                .isNotEqualTo("PUT /documents/1");
    }

    @Test
    void onlyWhoeverAsksWhatIsAcceptedDependsOnIt() {
        List<String> asked = new ArrayList<>();
        Occurrence watched = PLAIN.watched(() -> asked.add("asked"));
        assertThat(watched.path() + watched.caller() + watched.acceptLanguage()).isNotEmpty();
        assertThat(asked).isEmpty();
        assertThat(watched.accepts("text/html")).isFalse();
        assertThat(asked).containsExactly("asked");
        assertThat(watched).isEqualTo(PLAIN);
    }
}
