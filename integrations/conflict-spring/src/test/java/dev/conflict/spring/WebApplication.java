package dev.conflict.spring;

import dev.conflict.servlet.ConflictFilter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/** Spring MVC without Boot, in a Tomcat on a port of its own. */
final class WebApplication implements AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Tomcat tomcat = new Tomcat();

    private WebApplication(Class<?> configuration, String pattern) throws LifecycleException {
        tomcat.setBaseDir("target/tomcat");
        tomcat.setPort(0);
        Context context = tomcat.addContext("", null);
        context.addServletContainerInitializer((types, servlets) -> start(servlets, configuration, pattern), null);
        tomcat.getConnector();
        tomcat.start();
    }

    static WebApplication start(Class<?> configuration) throws LifecycleException {
        return new WebApplication(configuration, "/*");
    }

    static WebApplication startWithFilter(Class<?> configuration, String pattern) throws LifecycleException {
        return new WebApplication(configuration, pattern);
    }

    private static void start(ServletContext servletContext, Class<?> configuration, String pattern) {
        ConflictFilter.register(servletContext, pattern);
        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.register(configuration);
        ServletRegistration.Dynamic servlet = servletContext.addServlet("spring", new DispatcherServlet(spring));
        servlet.setAsyncSupported(true);
        servlet.setLoadOnStartup(1);
        servlet.addMapping("/");
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    HttpResponse<String> send(String method, String path, String json, String... fields)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + path))
                .header("Accept-Language", "en")
                .header("Content-Type", "application/json")
                .method(method, json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }
}
