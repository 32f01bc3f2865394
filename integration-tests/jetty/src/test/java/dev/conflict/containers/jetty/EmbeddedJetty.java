package dev.conflict.containers.jetty;

import dev.conflict.containers.ServletServer;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty. */
public final class EmbeddedJetty implements ServletServer {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    private EmbeddedJetty() {}

    /** Starts a Jetty. */
    public static ServletServer start(Application application) throws Exception {
        EmbeddedJetty jetty = new EmbeddedJetty();
        jetty.server.addConnector(jetty.connector);
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        context.setClassLoader(EmbeddedJetty.class.getClassLoader());
        context.addServletContainerInitializer(
                (classes, servletContext) -> application.start().with(servletContext));
        ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
        for (ErrorPage page : application.errorPages()) {
            if (page.status() != 0) {
                pages.addErrorPage(page.status(), page.path());
            } else {
                pages.addErrorPage(page.exception(), page.path());
            }
        }
        context.setErrorHandler(pages);
        jetty.server.setHandler(context);
        jetty.server.start();
        return jetty;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
