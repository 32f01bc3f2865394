package dev.conflict.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/** Tomcat, of whatever version stands on the class path. */
public final class EmbeddedTomcat implements ServletServer {
    private final Tomcat tomcat = new Tomcat();

    private EmbeddedTomcat() {}

    /** Starts a Tomcat. */
    public static ServletServer start(Application application) throws IOException, LifecycleException {
        return start(application, Map.of());
    }

    /** Starts a Tomcat that sends {@code 100 Continue} when the application reads, and not at once. */
    public static ServletServer startContinuingOnRead(Application application) throws IOException, LifecycleException {
        return start(application, Map.of("continueResponseTiming", "onRead"));
    }

    private static ServletServer start(Application application, Map<String, String> connector)
            throws IOException, LifecycleException {
        EmbeddedTomcat server = new EmbeddedTomcat();
        Path base = Files.createTempDirectory(Path.of("target"), "tomcat").toAbsolutePath();
        server.tomcat.setBaseDir(base.toString());
        server.tomcat.setPort(0);
        server.tomcat.setSilent(true);
        connector.forEach(server.tomcat.getConnector()::setProperty);
        Context context = server.tomcat.addContext("", base.toString());
        context.setParentClassLoader(EmbeddedTomcat.class.getClassLoader());
        context.addServletContainerInitializer(
                (classes, servletContext) -> application.start().with(servletContext), Set.of());
        for (ErrorPage page : application.errorPages()) {
            org.apache.tomcat.util.descriptor.web.ErrorPage declared =
                    new org.apache.tomcat.util.descriptor.web.ErrorPage();
            if (page.status() != 0) {
                declared.setErrorCode(page.status());
            } else {
                declared.setExceptionType(page.exception());
            }
            declared.setLocation(page.path());
            context.addErrorPage(declared);
        }
        server.tomcat.start();
        if (!context.getState().isAvailable()) {
            server.close();
            throw new IllegalStateException("The application did not start");
        }
        return server;
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
