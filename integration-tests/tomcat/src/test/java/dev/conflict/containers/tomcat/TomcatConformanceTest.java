package dev.conflict.containers.tomcat;

import dev.conflict.containers.ConformanceContract;
import dev.conflict.containers.EmbeddedTomcat;
import dev.conflict.containers.ServletServer;
import java.util.List;

class TomcatConformanceTest extends ConformanceContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedTomcat::start;
    }

    @Override
    protected List<Deviation> deviations() {
        return List.of(
                Deviation.refusesControls(),
                Deviation.answers("TRACE", 405, "TRACE is switched off (allowTrace)"),
                Deviation.answers("CONNECT", 501, "CONNECT is for proxies"));
    }
}
