package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conflict.Conflict;
import dev.conflict.Conflict.Undeclared;
import dev.conflict.ConflictException;
import dev.conflict.ConflictReader;
import dev.conflict.ConflictReaders;
import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqlConflictReaderTest {
    private static final ClassLoader LOADER = SqlConflictReaderTest.class.getClassLoader();

    private static final String[] PIECES = {
        "'",
        "\"",
        "\"\"",
        "\"\"\"\"",
        "»",
        "\\",
        "\n",
        "\r\n",
        ": \"",
        "\"; SQL statement:\n",
        "PUBLIC.UK_NICK",
        "uk_nick",
        "uk_email",
        "UK_EMAIL_INDEX_1",
        " INDEX ",
        " ON ",
        " PRIMARY KEY ON ",
        " VALUES ( /* 1 */ ",
        " )",
        "[23505-252]",
        "[23505-100]",
        "duplicate key value violates unique constraint \"uk_nick\"",
        "Key (nick)=(",
        "Unique index or primary key violation: \"PUBLIC.UK_NICK ON PUBLIC.USERS(NICK)\"",
        ") already exists.",
        "Ω",
        "𝕏"
    };

    @Test
    void readerOnTheClassPathDeclaresNothing() {
        ConflictReaders readers = ConflictReaders.load(List.of(), LOADER);

        assertThat(readers.readers()).hasSize(1).first().isInstanceOf(SqlConflictReader.class);
    }

    @Test
    void readerOfTheApplicationStandsInItsPlace() {
        ConflictReader own = SqlConflictReader.of(ConstraintCatalog.empty());

        assertThat(ConflictReaders.load(List.of(own), LOADER).readers()).containsExactly(own);
    }

    @Test
    void whatIsNoSqlExceptionIsNotRead() {
        assertThat(new SqlConflictReader().read(new IllegalStateException("23505")))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void hostileValuesNeitherChangeTheConstraintNorReachTheConflict(DatabaseEngine engine) throws SQLException {
        ConflictReader reader = SqlConflictReader.of(
                ConstraintCatalog.builder().unique("uk_email", "email").build());
        Random random = new Random(20261123);
        try (Database database = engine.fresh()) {
            database.execute("create table users (email varchar(1000), nick varchar(1000),"
                    + " constraint uk_email unique (email), constraint uk_nick unique (nick))");
            try (Connection connection = database.dataSource().getConnection();
                    PreparedStatement insert = connection.prepareStatement("insert into users values (?, ?)")) {
                for (int i = 0; i < 500; i++) {
                    String value = i + "mark" + text(random);
                    insert(insert, value, value);

                    SQLException email = refused(insert, value, null);
                    SQLException nick = refused(insert, null, value);

                    ConflictException declared = reader.read(email).orElseThrow();
                    assertThat(declared.conflict())
                            .as(value)
                            .isInstanceOfSatisfying(
                                    Conflict.Uniqueness.class,
                                    unique -> assertThat(unique.field()).isEqualTo("email"));
                    assertThat(declared).hasCause(email);
                    assertThat(declared.toString() + declared.details().toString())
                            .doesNotContain("mark");
                    assertThat(reader.read(nick).orElseThrow().conflict())
                            .as(value)
                            .isEqualTo(new Conflict.Unspecified(Undeclared.UNIQUE));
                }
            }
        }
    }

    private static void insert(PreparedStatement insert, @Nullable String email, @Nullable String nick)
            throws SQLException {
        insert.setObject(1, email, Types.VARCHAR);
        insert.setObject(2, nick, Types.VARCHAR);
        insert.executeUpdate();
    }

    private static SQLException refused(PreparedStatement insert, @Nullable String email, @Nullable String nick) {
        return catchThrowableOfType(SQLException.class, () -> insert(insert, email, nick));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
