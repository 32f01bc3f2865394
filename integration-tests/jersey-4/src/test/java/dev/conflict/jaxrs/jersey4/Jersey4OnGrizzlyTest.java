package dev.conflict.jaxrs.jersey4;

import dev.conflict.jaxrs.RestContract;
import dev.conflict.jaxrs.RestServer;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.net.URI;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** Jersey 4 on a server without a servlet. */
class Jersey4OnGrizzlyTest extends RestContract {
    @Override
    protected RestServer start(Application application) throws IOException {
        HttpServer server = GrizzlyHttpServerFactory.createHttpServer(
                URI.create("http://localhost:0/"), ResourceConfig.forApplication(application), false);
        server.start();
        return new RestServer() {
            @Override
            public int port() {
                return server.getListeners().iterator().next().getPort();
            }

            @Override
            public void close() {
                server.shutdownNow();
            }
        };
    }
}
