package dev.conflict.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The reader on a class path without jakarta.persistence, as whoever takes a bundle of our modules may have it. */
class WithoutPersistenceTest {
    private static URLClassLoader loader;
    private static Object readers;

    @BeforeAll
    static void load() throws ReflectiveOperationException {
        URL[] classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.matches(".*(jakarta.persistence|hibernate|eclipse).*"))
                .map(WithoutPersistenceTest::url)
                .toArray(URL[]::new);
        loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader());
        readers = loader.loadClass("dev.conflict.ConflictReaders")
                .getMethod("load", Collection.class, ClassLoader.class)
                .invoke(null, List.of(), loader);
    }

    @AfterAll
    static void close() throws Exception {
        loader.close();
    }

    @Test
    void persistenceIsNotThere() {
        assertThat(Stream.of("jakarta.persistence.OptimisticLockException", "org.hibernate.StaleStateException"))
                .noneMatch(WithoutPersistenceTest::isPresent);
        assertThat(isPresent("dev.conflict.jpa.JpaConflictReader")).isTrue();
    }

    @Test
    void whatNobodyKnowsIsLeftAsItIs() throws ReflectiveOperationException {
        List<Throwable> unknown = List.of(
                new IllegalStateException("wrapped", new RuntimeException("inner")), new SQLException("x", "40001"));
        for (Throwable each : unknown) {
            assertThat(read(each)).isEmpty();
            assertThat(each.getSuppressed()).as("a reader that broke").isEmpty();
        }
    }

    @Test
    void whatTheDatabaseThrowsIsRead() throws Exception {
        Driver driver = (Driver)
                loader.loadClass("org.h2.Driver").getDeclaredConstructor().newInstance();
        List<SQLException> taken = new ArrayList<>();
        try (Connection connection = driver.connect("jdbc:h2:mem:", new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute("create table names (name varchar(9) primary key)");
            statement.execute("insert into names values ('a')");
            statement.execute("insert into names values ('a')");
        } catch (SQLException expected) {
            taken.add(expected);
        }

        assertThat(taken).hasSize(1);
        assertThat(read(taken.get(0)))
                .hasValueSatisfying(conflict -> assertThat(conflict.getClass().getName())
                        .isEqualTo("dev.conflict.ConflictException$Unspecified"));
        assertThat(taken.get(0).getSuppressed()).isEmpty();
    }

    private static Optional<?> read(Throwable thrown) throws ReflectiveOperationException {
        return (Optional<?>)
                readers.getClass().getMethod("read", Throwable.class).invoke(readers, thrown);
    }

    private static boolean isPresent(String type) {
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
