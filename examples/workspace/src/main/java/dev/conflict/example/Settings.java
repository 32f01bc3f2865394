package dev.conflict.example;

import dev.conflict.Disclosure;
import java.nio.file.Path;

/**
 * What differs from one workspace to another.
 *
 * @param databaseUrl the JDBC URL of an H2 or PostgreSQL database
 * @param folder where files are kept
 * @param port the port to listen on, 0 for any that is free
 * @param emails who may learn, when users are created, that an e-mail address is taken
 * @param mail sends mail
 */
record Settings(String databaseUrl, Path folder, int port, Disclosure emails, Mail mail) {
    /** Reads the system properties {@code database}, {@code port} and {@code emails}. */
    static Settings ofProcess() {
        Path folder = Path.of("target", "workspace").toAbsolutePath();
        return new Settings(
                System.getProperty("database", "jdbc:h2:file:" + folder.resolve("database")),
                folder.resolve("files"),
                Integer.getInteger("port", 8080),
                Disclosure.valueOf(System.getProperty("emails", "PUBLIC")),
                (to, text) -> System.out.println("Mail to " + to + ": " + text));
    }
}
