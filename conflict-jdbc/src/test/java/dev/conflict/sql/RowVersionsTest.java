package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.conflict.Conflict;
import dev.conflict.ConflictException;
import dev.conflict.ConflictReaders;
import dev.conflict.Details.Member;
import dev.conflict.EntityTag;
import dev.conflict.Revision;
import dev.conflict.Target;
import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.http.ConditionalRequest;
import dev.conflict.http.Preconditions;
import dev.conflict.problem.ProblemException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class RowVersionsTest {
    private static final Target DOCUMENT = Target.of("document", 7L);

    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    DatabaseEngine engine;

    @SuppressWarnings("NullAway.Init")
    private Database database;

    @SuppressWarnings("NullAway.Init")
    private RowVersions documents;

    @BeforeEach
    void create() {
        database = engine.fresh();
        database.execute(
                "create table document (id bigint primary key, title varchar(50), version int not null)",
                "insert into document values (7, 'old', 3)");
        documents = RowVersions.of(database.dataSource(), "document", "id", "version");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private static ConditionalRequest put(String header, String value) {
        Map<String, List<String>> fields = Map.of(header, List.of(value));
        return ConditionalRequest.of(
                "PUT", name -> Collections.enumeration(fields.getOrDefault(name, List.of())), Preconditions.required());
    }

    private static int rename(Connection connection, long id, Revision read) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update document set title = 'new', version = version + 1 where id = ? and version = ?")) {
            update.setLong(1, id);
            update.setObject(2, read.value());
            return update.executeUpdate();
        }
    }

    private String title() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select title from document where id = 7")) {
            return row.next() ? row.getString(1) : "gone";
        }
    }

    /** One request, as an application writes it; {@code meanwhile} runs between its read and its write. */
    private int change(ConditionalRequest request, Runnable meanwhile) throws SQLException {
        return SqlTransactions.of(database.dataSource()).run(request, connection -> {
            Revision read = documents.find(connection, 7L, request);
            meanwhile.run();
            int rows = rename(connection, 7, read);
            documents.requireUpdated(connection, 7L, read, rows);
            return rows;
        });
    }

    @Test
    void statedVersionThatIsPresentIsWritten() throws SQLException {
        assertThat(change(put("If-Match", "\"1-3\""), () -> {})).isEqualTo(1);

        assertThat(title()).isEqualTo("new");
    }

    @Test
    void statedVersionThatIsGoneByIsRefusedWithThePresentTag() throws SQLException {
        assertThatThrownBy(() -> change(put("If-Match", "\"1-2\""), () -> {}))
                .isInstanceOfSatisfying(ConflictException.VersionMismatch.class, refused -> {
                    assertThat(refused.details().get(Member.CURRENT_ETAG))
                            .map(Object::toString)
                            .contains("\"1-3\"");
                    assertThat(((Conflict.VersionMismatch) refused.conflict()).target())
                            .isEqualTo(DOCUMENT);
                });

        assertThat(title()).isEqualTo("old");
    }

    @Test
    void raceLostInBetweenIsAttributedWithThePresentTag() {
        ConditionalRequest request = put("If-Match", "\"1-3\"");

        assertThatThrownBy(
                        () -> change(request, () -> database.execute("update document set version = 9 where id = 7")))
                .isInstanceOfSatisfying(ConflictException.class, lost -> {
                    ConflictException answer = request.attribute(lost);
                    assertThat(((Conflict.VersionMismatch) answer.conflict()).statedIn())
                            .isEqualTo("If-Match");
                    assertThat(answer.details().get(Member.CURRENT_ETAG))
                            .map(Object::toString)
                            .contains("\"1-9\"");
                });
    }

    /** The application's own reads wait for as long as its connection lets them. */
    @Test
    void onlyTheReadAfterALostRaceHasATimeoutOfItsOwn() throws SQLException {
        DataSource source = mock(DataSource.class);
        Connection connection = mock(Connection.class);
        PreparedStatement select = mock(PreparedStatement.class);
        ResultSet row = mock(ResultSet.class);
        when(source.getConnection()).thenReturn(connection);
        when(connection.prepareStatement(anyString())).thenReturn(select);
        when(select.executeQuery()).thenReturn(row);
        when(row.next()).thenReturn(true);
        when(row.getObject(1)).thenReturn(3);
        RowVersions watched = RowVersions.of(source, "document", "id", "version");
        ConditionalRequest request = put("If-Match", "\"1-3\"");

        Revision read = watched.find(connection, 7L, request);
        assertThatThrownBy(() -> watched.requireUpdated(connection, 7L, read, 0))
                .isInstanceOf(ConflictException.VersionMismatch.class);
        verify(select, never()).setQueryTimeout(anyInt());

        request.attribute(ConflictException.version().target(DOCUMENT));
        verify(select, atLeastOnce()).setQueryTimeout(2);
    }

    @Test
    void rowThatWentInBetweenIsTold() {
        ConditionalRequest request = put("If-Match", "\"1-3\"");

        assertThatThrownBy(() -> change(request, () -> database.execute("delete from document")))
                .isInstanceOfSatisfying(ConflictException.Absence.class, gone -> {
                    assertThat(gone.conflict()).isEqualTo(new Conflict.Absence(DOCUMENT));
                    assertThat(request.attribute(gone).conflict())
                            .isInstanceOfSatisfying(
                                    Conflict.VersionMismatch.class,
                                    stated -> assertThat(stated.statedIn()).isEqualTo("If-Match"));
                });
    }

    @Test
    void missingRowIsNotFoundAndAWriteWithoutPreconditionIsRefused() {
        assertThatThrownBy(() -> SqlTransactions.of(database.dataSource())
                        .run(connection -> documents.find(connection, 8L, put("If-Match", "\"1-3\""))))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> change(put("X", "y"), () -> {}))
                .isInstanceOf(ConflictException.PreconditionRequired.class);
    }

    @Test
    void raceOfTheApplicationsOwnIsRunAgain() throws SQLException {
        AtomicInteger calls = new AtomicInteger();
        SqlTransactions.of(database.dataSource()).run(connection -> {
            ConditionalRequest unconditional = ConditionalRequest.of("POST", name -> null, Preconditions.optional());
            Revision read = documents.find(connection, 7L, unconditional);
            if (calls.incrementAndGet() == 1) {
                database.execute("update document set version = 9 where id = 7");
            }
            documents.requireUpdated(connection, 7L, read, rename(connection, 7, read));
            return 0;
        });

        assertThat(calls).hasValue(2);
        assertThat(title()).isEqualTo("new");
    }

    @Test
    void staleRowTellsItsPresentVersionUnlessItIsHidden() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            assertThatThrownBy(() -> documents.requireUpdated(connection, 7L, Revision.of(2), 0))
                    .isInstanceOfSatisfying(
                            ConflictException.VersionMismatch.class,
                            stale -> assertThat(stale.conflict())
                                    .isEqualTo(new Conflict.VersionMismatch(DOCUMENT, null, Revision.of(3), null)));
            assertThatThrownBy(() -> documents.requireUpdated(connection, 7L, Revision.of(3), 0))
                    .isInstanceOfSatisfying(
                            ConflictException.VersionMismatch.class,
                            stale -> assertThat(stale.conflict())
                                    .isEqualTo(new Conflict.VersionMismatch(DOCUMENT, null, null, null)));
            assertThatThrownBy(() -> documents.requireUpdated(connection, 7L, Revision.of(3), 2))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** Inserts, with another creator in between if there is one. */
    private void create(ConditionalRequest request, Runnable meanwhile) throws SQLException {
        SqlTransactions.of(database.dataSource()).run(request, connection -> {
            Optional<Revision> present = documents.findForPut(connection, 8L, request);
            assertThat(present).isEmpty();
            meanwhile.run();
            try (PreparedStatement insert = connection.prepareStatement("insert into document values (8, 'mine', 1)")) {
                return insert.executeUpdate();
            }
        });
    }

    @Test
    void creationUnderIfNoneMatchIsDecidedByTheKey() throws SQLException {
        ConditionalRequest won = put("If-None-Match", "*");
        create(won, () -> {});
        assertThatThrownBy(() -> create(put("If-None-Match", "*"), () -> {}))
                .isInstanceOf(ConflictException.PreconditionFailed.class);
        database.execute("delete from document where id = 8");

        ConditionalRequest lost = put("If-None-Match", "*");
        assertThatThrownBy(() -> create(lost, () -> database.execute("insert into document values (8, 'theirs', 5)")))
                .isInstanceOfSatisfying(SQLException.class, thrown -> {
                    ConflictException conflict = ConflictReaders.load(
                                    List.of(new SqlConflictReader()), getClass().getClassLoader())
                            .read(thrown)
                            .orElseThrow();
                    ConflictException answer = lost.attribute(conflict);
                    assertThat(answer).isInstanceOf(ConflictException.PreconditionFailed.class);
                    assertThat(answer.details().get(Member.CURRENT_ETAG))
                            .map(Object::toString)
                            .contains("\"1-5\"");
                });
    }

    @Test
    void presentRowOfAPutIsChecked() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            assertThat(documents.findForPut(connection, 7L, put("If-Match", "\"1-3\"")))
                    .contains(Revision.of(3));
            assertThatThrownBy(() -> documents.findForPut(connection, 8L, put("If-Match", "\"1-3\"")))
                    .isInstanceOf(ConflictException.VersionMismatch.class);
        }
    }

    @Test
    void versionsOfOtherTypesAreReadAndAMomentIsRefused() throws SQLException {
        database.execute(
                "create table other (id int primary key, n numeric(10), t varchar(10), m timestamp, z int)",
                "insert into other values (1, 5, 'x', current_timestamp, null)");
        ConditionalRequest none = ConditionalRequest.of("POST", name -> null, Preconditions.optional());
        try (Connection connection = database.dataSource().getConnection()) {
            assertThat(of("n").find(connection, 1, none)).isEqualTo(Revision.of(5));
            assertThat(of("t").find(connection, 1, none)).isEqualTo(Revision.of("x"));
            assertThatThrownBy(() -> of("m").find(connection, 1, none))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("moment");
            assertThatThrownBy(() -> of("z").find(connection, 1, none))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not null");
        }
        assertThat(EntityTag.from(Revision.of(5))).hasToString("\"1-5\"");
    }

    private RowVersions of(String column) {
        return RowVersions.of(database.dataSource(), "other", "id", column);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;", "a--", "a.b.c.d", "1a", "\"a", "a'", "(select 1)", "[a]]", "a\n"})
    void nameThatIsNoneIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowVersions.of(database.dataSource(), name, "id", "version"))
                .withMessageContaining("not: " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "s.a", "c.s.a", "\"a b\"", "s.\"order\"", "`a`", "[a b]", "größe", "a$1", "_a#"})
    void nameMayBeQualifiedAndQuoted(String name) {
        assertThat(Identifier.checked(name)).isEqualTo(name);
    }
}
