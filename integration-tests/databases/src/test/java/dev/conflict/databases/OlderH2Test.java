package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.Conflict;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.ConflictReader;
import dev.conflict.Disclosure;
import dev.conflict.sql.ConstraintCatalog;
import dev.conflict.sql.SqlConflictReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of H2 that name an index where a constraint was violated, each in a class loader of its own. */
class OlderH2Test {
    private static final ConflictReader READER = SqlConflictReader.of(ConstraintCatalog.builder()
            .unique("uk_name", "name")
            .unique("parent.uk_place", "place")
            .foreignKey("fk_parent", "parentId")
            .check("ck_amount", "amount", "positive")
            .notNull("child.amount", "amount")
            .build());

    private static final Map<Row, Conflict> EXPECTED = Map.of(
            Row.UNIQUE, new Conflict.Uniqueness(null, "name", Disclosure.HIDDEN),
            Row.UNIQUE_OF_TWO, new Conflict.Uniqueness(null, "place", Disclosure.HIDDEN),
            Row.UNIQUE_INDEX, new Conflict.Unspecified(Undeclared.UNIQUE),
            Row.PRIMARY_KEY, new Conflict.Unspecified(Undeclared.UNIQUE),
            Row.PARENT_MISSING, new Conflict.Integrity(null, "parentId", "exists"),
            Row.CHILD_EXISTS, new Conflict.Dependency(null),
            Row.CHECK, new Conflict.Integrity(null, "amount", "positive"),
            Row.NOT_NULL, new Conflict.Integrity(null, "amount", "required"));

    @ParameterizedTest
    @ValueSource(strings = {"2.1.214", "2.3.232"})
    void declaredConstraintsAreFoundByTheirNames(String version) throws Exception {
        Path jar = Path.of(System.getProperty("h2.older"), "h2-" + version + ".jar");
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
                Connection connection = connect(loader, "jdbc:h2:mem:older");
                Statement statement = connection.createStatement()) {
            assertThat(connection.getMetaData().getDatabaseProductVersion()).startsWith(version);
            for (String sql : Scenarios.TABLES) {
                statement.execute(sql);
            }
            EXPECTED.forEach((row, conflict) -> {
                SQLException thrown = Scenarios.thrownBy(() -> statement.execute(row.sql));

                assertThat(READER.read(thrown).orElseThrow().conflict())
                        .as(thrown.getMessage())
                        .isEqualTo(conflict);
            });
        }
    }

    private static Connection connect(ClassLoader loader, String url) throws Exception {
        Driver driver =
                (Driver) loader.loadClass("org.h2.Driver").getConstructor().newInstance();
        return driver.connect(url, new Properties());
    }
}
