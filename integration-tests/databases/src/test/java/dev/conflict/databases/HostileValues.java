package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conflict.Conflict;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.ConflictException;
import dev.conflict.ConflictReader;
import dev.conflict.sql.ConstraintCatalog;
import dev.conflict.sql.SqlConflictReader;
import dev.conflict.sql.SqlFailure.Product;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Values that are made to be misread, in a column that was declared and in one that was not. */
final class HostileValues {
    private static final int VALUES = 10_000;
    private static final long SEED = 20261123;

    /** SQLite tells columns, so the constraint is declared both ways. */
    private static final ConflictReader READER = SqlConflictReader.of(ConstraintCatalog.builder()
            .unique("uk_email", "mail")
            .unique("users.email", "mail")
            .build());

    private final DatabaseContract database;
    private int tooLong;

    HostileValues(DatabaseContract database) {
        this.database = database;
    }

    void playOut() throws SQLException {
        database.drop("table users");
        database.execute("create table users (email varchar(400), nick varchar(400),"
                + " constraint uk_email unique (email), constraint uk_nick unique (nick))");
        Random random = new Random(SEED);
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into users (email, nick) values (?, ?)")) {
            for (int i = 0; i < VALUES; i++) {
                String value = i + "mark" + HostileText.of(random);
                insert(insert, value, value);
                declared(value, refused(insert, value, null));
                undeclared(value, refused(insert, null, value));
            }
        }
        assertThat(tooLong).as("values that fill the server's buffer").isLessThan(VALUES / 20);
    }

    private void declared(String value, SQLException thrown) {
        ConflictException conflict = READER.read(thrown).orElseThrow();
        if (mayBeCutOff(thrown) && conflict.conflict() instanceof Conflict.Unspecified) {
            tooLong++;
        } else {
            assertThat(conflict.conflict())
                    .as(value)
                    .isInstanceOfSatisfying(
                            Conflict.Uniqueness.class,
                            unique -> assertThat(unique.field()).isEqualTo("mail"));
        }
        assertNothingLeaks(conflict);
    }

    private static void undeclared(String value, SQLException thrown) {
        ConflictException conflict = READER.read(thrown).orElseThrow();

        assertThat(conflict.conflict()).as(value).isEqualTo(new Conflict.Unspecified(Undeclared.UNIQUE));
        assertNothingLeaks(conflict);
    }

    private boolean mayBeCutOff(SQLException thrown) {
        boolean buffered = database.product() == Product.MARIADB || database.product() == Product.MYSQL;
        return buffered && String.valueOf(thrown.getMessage()).getBytes(StandardCharsets.UTF_8).length > 450;
    }

    private static void assertNothingLeaks(ConflictException conflict) {
        String said = (conflict + " " + conflict.conflict() + " " + conflict.details()).toLowerCase(Locale.ROOT);

        assertThat(said).doesNotContain("mark", "uk_", "nick", "users");
    }

    private static void insert(PreparedStatement insert, @Nullable String email, @Nullable String nick)
            throws SQLException {
        set(insert, 1, email);
        set(insert, 2, nick);
        insert.executeUpdate();
    }

    private static void set(PreparedStatement insert, int index, @Nullable String value) throws SQLException {
        if (value == null) {
            insert.setNull(index, Types.VARCHAR);
        } else {
            insert.setString(index, value);
        }
    }

    private static SQLException refused(PreparedStatement insert, @Nullable String email, @Nullable String nick) {
        return Objects.requireNonNull(
                catchThrowableOfType(SQLException.class, () -> insert(insert, email, nick)), "nothing was refused");
    }
}
