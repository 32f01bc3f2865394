package dev.conflict.jaxrs.jersey;

import dev.conflict.event.ConflictListener;
import dev.conflict.jaxrs.RestContract;
import dev.conflict.jaxrs.RestServer;
import dev.conflict.servlet.ConflictFilter;
import jakarta.ws.rs.core.Application;

/** Jersey 3.1 in Tomcat 10.1, behind the filter, whose configuration and listeners count then. */
class JerseyBehindFilterTest extends RestContract {
    @Override
    protected RestServer start(Application application, ConflictListener listener) throws Exception {
        return JerseyInTomcatTest.inTomcat(context -> {
            ConflictFilter.builder()
                    .listener(listener)
                    .errorCodeHeader("X-Error-Code")
                    .register(context, "/*");
            JerseyInTomcatTest.serve(context, application);
        });
    }

    @Override
    protected RestServer start(Application application) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected boolean isBehindFilter() {
        return true;
    }
}
