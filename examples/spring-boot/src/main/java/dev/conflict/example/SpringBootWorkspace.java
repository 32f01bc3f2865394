package dev.conflict.example;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The workspace behind Spring Boot. What guards it is the starter; {@link WorkspaceConfiguration} tells it of the constraints. */
@SpringBootApplication
public class SpringBootWorkspace {
    /** Starts it with more beans than its own. */
    static ConfigurableApplicationContext start(Settings settings, Class<?>... more) {
        SpringApplication application = new SpringApplication(SpringBootWorkspace.class);
        application.addPrimarySources(Arrays.asList(more));
        application.setDefaultProperties(Map.of(
                "server.address", "localhost", // the passwords are in the source
                "server.port", settings.port(),
                "spring.datasource.url", settings.databaseUrl(),
                "spring.datasource.hikari.maximum-pool-size", 40,
                "spring.jpa.hibernate.ddl-auto", "update", // a restart keeps the data
                "spring.main.banner-mode", "off",
                "logging.level.root", "warn",
                "logging.level.dev.conflict", "info", // one line a refusal
                "logging.level.org.hibernate.orm.jdbc.error",
                        "off")); // it would log the values that a constraint refused
        application.addInitializers(
                context -> ((GenericApplicationContext) context).registerBean(Settings.class, () -> settings));
        return application.run();
    }

    /**
     * Starts the application.
     *
     * @param arguments none; the system properties of the workspace count here too
     */
    public static void main(String... arguments) {
        ConfigurableApplicationContext context = start(Settings.ofProcess());
        System.out.println("Listening on " + uri(context) + "; Ctrl+C stops it.");
    }

    /** Returns where an application listens. */
    static URI uri(ConfigurableApplicationContext context) {
        return URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port"));
    }
}
