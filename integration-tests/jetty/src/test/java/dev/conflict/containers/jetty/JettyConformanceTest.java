package dev.conflict.containers.jetty;

import dev.conflict.containers.ConformanceContract;
import dev.conflict.containers.ServletServer;
import java.util.List;

class JettyConformanceTest extends ConformanceContract {
    @Override
    protected ServletServer.Container container() {
        return EmbeddedJetty::start;
    }

    @Override
    protected List<Deviation> deviations() {
        return List.of(
                Deviation.refusesControls(),
                Deviation.answers("CONNECT", 400, "the target of CONNECT is an authority and no path"));
    }
}
