package dev.conflict.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The documents of the workspace, behind Spring Boot. What guards them is the starter, which nothing here configures. */
@SpringBootApplication
public class SpringBootDocuments {
    /**
     * Starts the application.
     *
     * @param arguments properties of Spring Boot, such as --spring.datasource.url=jdbc:postgresql:...
     */
    public static void main(String... arguments) {
        SpringApplication.run(SpringBootDocuments.class, arguments);
    }
}
