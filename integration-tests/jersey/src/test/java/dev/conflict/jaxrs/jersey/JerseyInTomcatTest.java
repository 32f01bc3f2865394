package dev.conflict.jaxrs.jersey;

import dev.conflict.containers.EmbeddedTomcat;
import dev.conflict.containers.ServletServer;
import dev.conflict.jaxrs.RestContract;
import dev.conflict.jaxrs.RestServer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.core.Application;
import java.util.List;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/** Jersey 3.1 in Tomcat 10.1. */
class JerseyInTomcatTest extends RestContract {
    @Override
    protected RestServer start(Application application) throws Exception {
        return inTomcat(context -> serve(context, application));
    }

    static void serve(ServletContext context, Application application) {
        ServletRegistration.Dynamic servlet =
                context.addServlet("rest", new ServletContainer(ResourceConfig.forApplication(application)));
        servlet.addMapping("/*");
        servlet.setAsyncSupported(true);
    }

    static RestServer inTomcat(ServletServer.Start start) throws Exception {
        ServletServer server = EmbeddedTomcat.start(new ServletServer.Application(start, List.of()));
        return new RestServer() {
            @Override
            public int port() {
                return server.port();
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
