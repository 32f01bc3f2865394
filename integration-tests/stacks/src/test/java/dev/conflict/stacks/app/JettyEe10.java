package dev.conflict.stacks.app;

import dev.conflict.containers.ServletServer;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty with its environment of Servlet 6.0. */
final class JettyEe10 implements ServletServer {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    private JettyEe10() {}

    static ServletServer start(Application application) throws Exception {
        JettyEe10 jetty = new JettyEe10();
        jetty.server.addConnector(jetty.connector);
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        context.setClassLoader(JettyEe10.class.getClassLoader());
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
