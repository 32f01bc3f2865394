package dev.conflict.jaxrs.jersey4;

import com.sun.net.httpserver.HttpServer;
import dev.conflict.jaxrs.RestContract;
import dev.conflict.jaxrs.RestServer;
import jakarta.ws.rs.core.Application;
import java.net.URI;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** Jersey 4 on the server of the JDK. */
class Jersey4OnJdkTest extends RestContract {
    @Override
    protected RestServer start(Application application) {
        HttpServer server = JdkHttpServerFactory.createHttpServer(
                URI.create("http://localhost:0/"), ResourceConfig.forApplication(application));
        return new RestServer() {
            @Override
            public int port() {
                return server.getAddress().getPort();
            }

            @Override
            public void close() {
                server.stop(0);
            }
        };
    }
}
