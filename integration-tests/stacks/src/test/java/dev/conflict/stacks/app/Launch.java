package dev.conflict.stacks.app;

import dev.conflict.containers.EmbeddedTomcat;
import dev.conflict.containers.ServletServer;
import dev.conflict.containers.ServletServer.Application;
import dev.conflict.containers.ServletServer.ErrorPage;
import dev.conflict.containers.jetty.EmbeddedJetty;
import dev.conflict.containers.undertow.EmbeddedUndertow;
import dev.conflict.servlet.ConflictFilter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;

/**
 * Starts the application of a stack. It is called in the stack's own class loader, so only types of the JDK go in and out.
 */
public final class Launch {
    private Launch() {}

    /** A started server: its port, the cause of the last exception that the application's outermost filter saw, and its end. */
    private record Running(ServletServer server, Watch watch) implements IntSupplier, Supplier<String>, AutoCloseable {
        @Override
        public int getAsInt() {
            return server.port();
        }

        @Override
        public String get() {
            return watch.lastThrown();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /**
     * Starts a server.
     *
     * @param container which container
     * @param framework which framework
     * @param options may contain {@code filter}, with it {@code told} (to make problems of everything) and {@code adapter} (of the framework), and
     *     {@code pages}
     * @return an {@link IntSupplier} of the port, a {@link Supplier} of the last exception, and an {@link AutoCloseable}
     */
    public static Object start(String container, String framework, List<String> options) throws Exception {
        Watch watch = new Watch();
        Application application = new Application(
                context -> open(context, framework, options, watch),
                options.contains("pages")
                        ? List.of(
                                ErrorPage.of(409, "/error"),
                                ErrorPage.of(412, "/error"),
                                ErrorPage.of(428, "/error"),
                                ErrorPage.of(500, "/error"),
                                ErrorPage.of(RuntimeException.class, "/error"))
                        : List.of());
        return new Running(container(container).start(application), watch);
    }

    private static ServletServer.Container container(String name) {
        return switch (name) {
            case "TOMCAT_10", "TOMCAT_11" -> Launch::tomcat;
            case "JETTY_EE10" -> JettyEe10::start;
            case "JETTY_EE11" -> EmbeddedJetty::start;
            case "UNDERTOW" -> EmbeddedUndertow::start;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** There is one factory of URL handlers in a JVM, and here is more than one Tomcat class loader that wants to be it. */
    private static ServletServer tomcat(Application application) throws Exception {
        TomcatURLStreamHandlerFactory.disable();
        return EmbeddedTomcat.start(application);
    }

    private static void open(ServletContext context, String framework, List<String> options, Watch watch)
            throws ServletException {
        boolean filtered = options.contains("filter");
        watch.register(context);
        if (options.contains("told")) {
            ConflictFilter.builder().problemsForErrors().problemsForExceptions().register(context, "/*");
        } else if (filtered) {
            ConflictFilter.register(context, "/*");
        }
        Watch.add(context, "cors", (request, response, chain) -> {
            ((HttpServletResponse) response).setHeader("Access-Control-Allow-Origin", "https://app.example");
            chain.doFilter(request, response);
        });
        add(context, "ping", new Pages.Ping(), "/ping");
        add(context, "error", new Pages.Failure(), "/error");
        switch (framework) {
            case "SERVLET" -> add(context, "app", new PlainServlet(filtered), "/app/*");
            case "JERSEY_31", "JERSEY_4", "JERSEY_31_ADAPTED", "JERSEY_4_ADAPTED" ->
                add(context, "app", JerseyOrders.servlet(options.contains("adapter")), "/app/*");
            case "SPRING_62", "SPRING_7", "SPRING_62_ADAPTED", "SPRING_7_ADAPTED" ->
                add(context, "app", SpringOrders.servlet(options.contains("adapter")), "/");
            default -> throw new IllegalArgumentException(framework);
        }
    }

    private static void add(ServletContext context, String name, Servlet servlet, String pattern) {
        ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
        registration.setAsyncSupported(true);
        registration.setLoadOnStartup(1);
        registration.addMapping(pattern);
    }
}
