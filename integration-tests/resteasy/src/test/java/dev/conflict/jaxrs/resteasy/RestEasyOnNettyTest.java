package dev.conflict.jaxrs.resteasy;

import dev.conflict.jaxrs.RestContract;
import dev.conflict.jaxrs.RestServer;
import jakarta.ws.rs.core.Application;
import org.jboss.resteasy.core.ResteasyDeploymentImpl;
import org.jboss.resteasy.plugins.server.netty.NettyJaxrsServer;
import org.jboss.resteasy.spi.ResteasyDeployment;

/** RESTEasy on Netty. */
class RestEasyOnNettyTest extends RestContract {
    @Override
    protected boolean letsNobodyBefore(Class<?> catchAll) {
        return true;
    }

    @Override
    protected RestServer start(Application application) {
        ResteasyDeployment deployment = new ResteasyDeploymentImpl();
        deployment.setApplication(application);
        NettyJaxrsServer server = new NettyJaxrsServer();
        server.setDeployment(deployment);
        server.setHostname("localhost");
        server.setPort(0);
        server.start();
        return new RestServer() {
            @Override
            public int port() {
                return server.getPort();
            }

            @Override
            public void close() {
                server.stop();
            }
        };
    }
}
