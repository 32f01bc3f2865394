package dev.conflict.servlet;

import dev.conflict.schemas.ProblemSchemas;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

/** Tomcat on a free port, with one servlet that does what the test at hand says. */
final class TomcatServer implements AutoCloseable {
    /** What a servlet does. */
    @FunctionalInterface
    interface Service {
        void serve(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException;
    }

    /** What is done to the application while it starts. */
    @FunctionalInterface
    interface Start {
        void with(ServletContext context) throws ServletException;
    }

    private final Tomcat tomcat = new Tomcat();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Service> services = new ConcurrentHashMap<>();

    private TomcatServer() {}

    /** Starts a server whose context is configured by the given action. */
    static TomcatServer start(Start start) {
        TomcatServer server = new TomcatServer();
        try {
            Path base = Files.createTempDirectory("conflict-tomcat");
            server.tomcat.setBaseDir(base.toString());
            server.tomcat.setPort(0);
            server.tomcat.setSilent(true);
            server.tomcat.getConnector();
            Context context = server.tomcat.addContext("", base.toString());
            context.addServletContainerInitializer(
                    (classes, servletContext) -> {
                        start.with(servletContext);
                        ServletRegistration.Dynamic servlet = servletContext.addServlet("serve", server.servlet());
                        servlet.setAsyncSupported(true);
                        servlet.addMapping("/*");
                    },
                    Set.of());
            server.tomcat.start();
            if (!context.getState().isAvailable()) {
                server.close();
                throw new IllegalStateException("The application did not start");
            }
        } catch (IOException thrown) {
            throw new UncheckedIOException(thrown);
        } catch (LifecycleException thrown) {
            throw new IllegalStateException(thrown);
        }
        return server;
    }

    private HttpServlet servlet() {
        return new HttpServlet() {
            private static final long serialVersionUID = 1L;

            @Override
            protected void service(HttpServletRequest request, HttpServletResponse response)
                    throws ServletException, IOException {
                Service service = services.get(request.getRequestURI().split(";", 2)[0]);
                if (service == null) {
                    throw new IllegalStateException("Nobody serves " + request.getRequestURI());
                }
                service.serve(request, response);
            }
        };
    }

    /** Says what the servlet does at a path. */
    void serve(String path, Service service) {
        services.put(path, service);
    }

    /** Sends a request whose header is given as name, value, name, value; a problem is held against its schema. */
    HttpResponse<String> send(String method, String path, String... header) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < header.length; i += 2) {
            request.header(header[i], header[i + 1]);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            ProblemSchemas.check(field(answer, "Content-Type"), answer.body().getBytes(StandardCharsets.UTF_8));
            return answer;
        } catch (IOException thrown) {
            throw new UncheckedIOException(thrown);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Serves one request with a service, and returns the answer. */
    HttpResponse<String> exchange(Service service, String method, String... header) {
        serve("/once", service);
        return send(method, "/once", header);
    }

    static @Nullable String field(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    @Override
    public void close() {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException thrown) {
            throw new IllegalStateException(thrown);
        }
    }
}
