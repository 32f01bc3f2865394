package dev.conflict.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.EntityTag;
import dev.conflict.Target;
import dev.conflict.event.ConflictEvent;
import dev.conflict.event.ConflictEvent.Kind;
import dev.conflict.event.ConflictEvent.WouldRefuse;
import dev.conflict.event.ConflictStatistics;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Validators;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What passes while a filter only reports, and what does not. */
class ReportOnlyTest {
    private static final Target DOCUMENT = Target.of("Document", "1");
    private static final Validators CURRENT = Validators.of(EntityTag.strong("2"));

    private final List<ConflictEvent> events = new ArrayList<>();
    private final ConflictStatistics statistics = new ConflictStatistics();

    private ConflictFilter.Builder reporting() {
        return ConflictFilter.builder()
                .listener(events::add)
                .listener(statistics)
                .reportOnly();
    }

    private static int status(ConflictFilter.Builder builder, String... header) {
        try (TomcatServer server = TomcatServer.start(context -> builder.register(context, "/*"))) {
            return server.exchange(
                            (request, response) -> {
                                ConditionalRequest conditional = ServletPreconditions.of(request);
                                conditional.require(DOCUMENT, CURRENT);
                                conditional.require(DOCUMENT, CURRENT);
                                response.setStatus(204);
                            },
                            "PUT",
                            header)
                    .statusCode();
        }
    }

    @Test
    void writeThatStatesNothingPassesAndIsReportedOnce() {
        assertThat(status(reporting())).isEqualTo(204);
        assertThat(events).containsExactly(new WouldRefuse(Kind.PRECONDITION_REQUIRED, "PUT"));
        assertThat(statistics.wouldRefuse(Kind.PRECONDITION_REQUIRED)).isEqualTo(1);
        assertThat(statistics.wouldRefuse()).isEqualTo(1);
        assertThat(statistics.refused()).isZero();
    }

    @Test
    void whatIsStatedIsEnforced() {
        assertThat(status(reporting(), "If-Match", "\"1\"")).isEqualTo(412);
        assertThat(status(reporting(), "If-Match", "2")).isEqualTo(400);
        assertThat(status(reporting(), "If-Match", "\"2\"")).isEqualTo(204);
        assertThat(statistics.wouldRefuse()).isZero();
    }

    @Test
    void earlyStageOnlyReports() {
        ConflictFilter.Builder builder = reporting().validators("/*", request -> Optional.of(CURRENT));

        assertThat(status(builder)).isEqualTo(204);
        assertThat(events).containsExactly(new WouldRefuse(Kind.PRECONDITION_REQUIRED, "PUT"));
    }

    @Test
    void whatTheEarlyStageLetsThroughIsRefusedByTheHandler() {
        ConflictFilter.Builder builder = reporting().validators("/*", request -> Optional.of(CURRENT));

        assertThat(status(builder, "If-Match", "\"1\"")).isEqualTo(412);
        assertThat(events).hasSize(2).first().isEqualTo(new WouldRefuse(Kind.VERSION, "PUT"));
        assertThat(events.get(1)).isInstanceOf(ConflictEvent.Refused.class);
    }

    @Test
    void whatCannotBeReadIsRefusedByTheHandlerToo() {
        ConflictFilter.Builder builder = reporting().validators("/*", request -> Optional.of(CURRENT));

        assertThat(status(builder, "If-Match", "2")).isEqualTo(400);
        assertThat(events).isEmpty();
    }

    @Test
    void filterDoesNotReportUnlessItIsToldTo() {
        assertThat(status(ConflictFilter.builder().listener(events::add))).isEqualTo(428);
    }

    @Test
    void reportingAndStrictnessContradictEachOther() {
        assertThatThrownBy(() -> Fakes.initialised(reporting().strict()))
                .isInstanceOf(ServletException.class)
                .hasMessageContaining("strict and reportOnly contradict each other");
    }
}
