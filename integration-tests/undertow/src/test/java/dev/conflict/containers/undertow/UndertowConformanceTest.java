package dev.conflict.containers.undertow;

import dev.conflict.conformance.ConformanceSuite;
import dev.conflict.containers.ConformanceContract;
import dev.conflict.containers.ServletServer;
import java.util.List;

class UndertowConformanceTest extends ConformanceContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedUndertow::start;
    }

    /**
     * Undertow makes one space of several in a field. So the asctime date of a day below ten, which has two, is no date
     * when it arrives, and what is none for having two spaces becomes one.
     */
    @Override
    protected List<Deviation> deviations() {
        String reason = "several spaces in a field become one";
        return List.of(
                Deviation.refusesControls(),
                new Deviation(
                        reason,
                        "proceed",
                        List.of("dates/asctime-date", "dates/asctime-date-equal", "dates/other-day-name-asctime")),
                new Deviation(reason, "failed If-Unmodified-Since", List.of("dates/not-two-spaces")),
                new Deviation(reason, "proceed-ignoring-range", List.of("if-range/date-asctime")),
                new Deviation(reason, "proceed", generatedWithAsctime()));
    }

    private static List<String> generatedWithAsctime() {
        return ConformanceSuite.generators().stream()
                .flatMap(generator -> generator.requests().stream())
                .map(request -> request.asCase().id())
                .filter(id -> id.endsWith("asctime"))
                .toList();
    }
}
