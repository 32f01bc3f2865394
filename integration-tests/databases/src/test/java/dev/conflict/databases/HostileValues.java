package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conflict.Conflict;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.ConflictException;
import dev.conflict.ConflictReader;
import dev.conflict.Disclosure;
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
            .disclose(Disclosure.PUBLIC)
            .unique("users.email", "mail")
            .disclose(Disclosure.PUBLIC)
            .build());

    private static final WrittenAnswer WRITTEN = new WrittenAnswer(READER);

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
            insert(insert, "harmless", "harmless");
            String told = WRITTEN.to(refused(insert, "harmless", null));
            String bare = WRITTEN.to(refused(insert, null, "harmless"));
            assertThat(told).contains("MAIL_TAKEN");
            assertNothingLeaks(told + bare);
            for (int i = 0; i < VALUES; i++) {
                String value = i + "mark" + HostileText.of(random);
                insert(insert, value, value);
                declared(value, refused(insert, value, null), told, bare);
                undeclared(value, refused(insert, null, value), bare);
            }
        }
        assertThat(tooLong).as("values that fill the server's buffer").isLessThan(VALUES / 20);
    }

    /** What is written is, to the letter, what is written of a harmless value. */
    private void declared(String value, SQLException thrown, String told, String bare) {
        ConflictException conflict = READER.read(thrown).orElseThrow();
        if (mayBeCutOff(thrown) && conflict.conflict() instanceof Conflict.Unspecified) {
            tooLong++;
            assertThat(WRITTEN.to(thrown)).as(value).isEqualTo(bare);
        } else {
            assertThat(WRITTEN.to(thrown)).as(value).isEqualTo(told);
            assertThat(conflict.conflict())
                    .as(value)
                    .isInstanceOfSatisfying(
                            Conflict.Uniqueness.class,
                            unique -> assertThat(unique.field()).isEqualTo("mail"));
        }
        assertNothingLeaks(conflict);
    }

    private static void undeclared(String value, SQLException thrown, String bare) {
        ConflictException conflict = READER.read(thrown).orElseThrow();

        assertThat(WRITTEN.to(thrown)).as(value).isEqualTo(bare);
        assertThat(conflict.conflict()).as(value).isEqualTo(new Conflict.Unspecified(Undeclared.UNIQUE));
        assertNothingLeaks(conflict);
    }

    private boolean mayBeCutOff(SQLException thrown) {
        boolean buffered = database.product() == Product.MARIADB || database.product() == Product.MYSQL;
        return buffered && String.valueOf(thrown.getMessage()).getBytes(StandardCharsets.UTF_8).length > 450;
    }

    private static void assertNothingLeaks(ConflictException conflict) {
        assertNothingLeaks(conflict + " " + conflict.conflict() + " " + conflict.details());
    }

    private static void assertNothingLeaks(String said) {
        assertThat(said.toLowerCase(Locale.ROOT)).doesNotContain("mark", "harmless", "uk_", "nick", "users");
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
