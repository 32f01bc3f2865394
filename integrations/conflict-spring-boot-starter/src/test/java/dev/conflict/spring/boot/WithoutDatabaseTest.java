package dev.conflict.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.spring.boot.bare.BareApplication;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The starter on a class path without JPA, JDBC, transactions, Bean Validation and Spring Security. */
class WithoutDatabaseTest {
    private static final String ABSENT =
            ".*(persistence|hibernate|eclipse|spring-(boot-)?(orm|tx|jdbc|data|security|jpa|transaction|validation|sql)"
                    + "|validation|HikariCP|[/\\\\]h2-).*[.]jar";

    @Test
    void applicationStartsAndAnswersConflicts() throws Exception {
        URL[] classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.matches(ABSENT))
                .map(WithoutDatabaseTest::url)
                .toArray(URL[]::new);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            assertThat(Stream.of(
                            "jakarta.persistence.EntityManager",
                            "jakarta.validation.Validator",
                            "org.springframework.transaction.PlatformTransactionManager",
                            "org.springframework.dao.DataAccessException",
                            "org.springframework.security.web.SecurityFilterChain"))
                    .noneMatch(type -> isPresent(loader, type));
            Thread.currentThread().setContextClassLoader(loader);
            answers(loader);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static void answers(ClassLoader loader) throws Exception {
        // A process has one, and another Tomcat of these tests may have it already.
        loader.loadClass("org.apache.catalina.webresources.TomcatURLStreamHandlerFactory")
                .getMethod("disable")
                .invoke(null);
        Class<?> launcher = loader.loadClass(Application.class.getName());
        var start = launcher.getDeclaredMethod("start", Class.class, String[].class);
        start.setAccessible(true);
        try (AutoCloseable application =
                (AutoCloseable) start.invoke(null, loader.loadClass(BareApplication.class.getName()), new String[0])) {
            var uri = launcher.getDeclaredMethod("uri", String.class);
            uri.setAccessible(true);

            HttpResponse<String> taken = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder((URI) uri.invoke(application, "/taken"))
                                    .build(),
                            BodyHandlers.ofString());

            assertThat(taken.statusCode()).isEqualTo(409);
            assertThat(taken.body()).contains("NAME_TAKEN");
        }
    }

    private static boolean isPresent(ClassLoader loader, String type) {
        try {
            loader.loadClass(type);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
