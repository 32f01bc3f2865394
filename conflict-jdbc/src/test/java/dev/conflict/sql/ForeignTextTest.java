package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Optional;
import org.h2.jdbc.JdbcSQLIntegrityConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** What versions and languages say that do not run here, rebuilt from their texts; and chains of exceptions. */
class ForeignTextTest {
    /** Texts of H2 2.5 and 2.3, in English, German and Japanese, with backticks for double quotes; then broken ones. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    23505 | Unique index or primary key violation: `PUBLIC.UK INDEX PUBLIC.UK_INDEX_5 ON PUBLIC.P(NAME NULLS FIRST) VALUES ( /* 1 */ 'a' )`; SQL statement: x [23505-252] | UK | | P
                    23505 | Unique index or primary key violation: `PUBLIC.UK_INDEX_5 ON PUBLIC.P(NAME NULLS FIRST) VALUES ( /* 1 */ 'a' )`; SQL statement: x [23505-232] | UK_INDEX_5 | UK | P
                    23505 | Unique index or primary key violation: `PUBLIC.UK_INDEX_5 ON PUBLIC.P(NAME NULLS FIRST) VALUES ( /* 1 */ 'a' )`; SQL statement: x [23505-252] | UK_INDEX_5 | | P
                    23505 | Unique index or primary key violation: `PUBLIC.UX ON PUBLIC.P(NAME NULLS FIRST) VALUES ( /* 1 */ 'a' )`; SQL statement: x [23505-232] | UX | | P
                    23505 | Unique index or primary key violation: `PUBLIC.PK_P PRIMARY KEY ON PUBLIC.P(ID) ( /* key:1 */ CAST(1 AS BIGINT))`; SQL statement: x [23505-252] | PK_P | | P
                    23505 | Unique index or primary key violation: `PRIMARY KEY ON PUBLIC.P(ID) ( /* key:1 */ CAST(1 AS BIGINT))`; SQL statement: x [23505-232] | | |
                    23505 | Eindeutiger Index oder Primärschlüssel verletzt: `PUBLIC.UK INDEX PUBLIC.UK_INDEX_5 ON PUBLIC.P(NAME) VALUES ( /* 1 */ 'a' )` Unique index or primary key violation: `PUBLIC.EVIL ON PUBLIC.P(NAME)`; SQL statement: x [23505-252] | UK | | P
                    23505 | ユニークインデックス、またはプライマリキー違反: `PUBLIC.UK INDEX PUBLIC.UK_INDEX_5 ON PUBLIC.P(NAME) VALUES ( /* 1 */ 'a' )`; SQL statement: x [23505-252] | UK | | P
                    23505 | Unique index or primary key violation: `PUBLIC.``odd ````uk`` INDEX PUBLIC.``odd ````uk_INDEX_5`` ON PUBLIC.P(``odd ````col`` NULLS FIRST) VALUES ( /* 1 */ 1 )`; SQL statement: x [23505-252] | odd `uk | | P
                    23505 | Unique index or primary key violation: ```Odd.S``.``x.y`` INDEX ``Odd.S``.``x.y_INDEX_1`` ON ``Odd.S``.``t t``(A NULLS FIRST) VALUES ( /* 1 */ 1 )`; SQL statement: x [23505-252] | x.y | | t t
                    23506 | Referential integrity constraint violation: `FK_C: PUBLIC.C FOREIGN KEY(PID) REFERENCES PUBLIC.P(ID) (CAST(99 AS BIGINT))`; SQL statement: x [23506-252] | FK_C | | C
                    23513 | Check constraint violation: `CK_Q: (Q > 0)`; SQL statement: x [23513-214] | CK_Q | |
                    23505 | Unique index or primary key violation: no argument | | |
                    23505 | Unique index or primary key violation: `PUBLIC.UK WORDS THAT NOBODY KNOWS ON | | |
                    23505 | Unique index or primary key violation: ` | | |
                    23505 | Unique index or primary key violation: ```never closed | | |
                    23505 | Unique index or primary key violation: `PUBLIC. | | |
                    23506 | Referential integrity constraint violation: `FK_C; | | |
                    """)
    void namesAreReadFromTheStartOfTheArgumentOnly(
            int code, String text, @Nullable String constraint, @Nullable String indexOf, @Nullable String table) {
        SqlFailure failure =
                SqlConflicts.classify(h2(code, text.replace('`', '"'))).orElseThrow();

        assertThat(failure.kind().isConflict()).isTrue();
        assertThat(failure.constraint())
                .isEqualTo(Optional.ofNullable(constraint).map(name -> name.replace('`', '"')));
        assertThat(failure.names().indexOf()).isEqualTo(indexOf);
        assertThat(failure.table()).isEqualTo(Optional.ofNullable(table));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    insert or update on table "child" violates foreign key constraint "fk"                    | FK_PARENT_MISSING
                    update or delete on table "parent" violates foreign key constraint "fk" on table "child"  | FK_CHILD_EXISTS
                    update or delete on table "child" violates foreign key constraint "fk" on table "child"   | FK_CHILD_EXISTS
                    update or delete on table "fk" violates foreign key constraint "fk" on table "child"      | FK_CHILD_EXISTS
                    update or delete on table "pa"rent" violates foreign key constraint "fk" on table "child" | FK_CHILD_EXISTS
                    Einfügen oder Aktualisieren in Tabelle »child« verletzt Fremdschlüssel-Constraint »fk«    | FK_PARENT_MISSING
                    Aktualisieren oder Löschen in Tabelle »parent« verletzt Fremdschlüssel-Constraint »fk« von Tabelle »child« | FK_CHILD_EXISTS
                    une instruction insert ou update sur la table « child » viole la contrainte de clé étrangère « fk » | FK_PARENT_MISSING
                    UPDATE ou DELETE sur la table « parent » viole la contrainte de clé étrangère « fk » de la table « child » | FK_CHILD_EXISTS
                    テーブル"parent"の更新または削除は、テーブル"child"の外部キー制約"fk"に違反します | FK_CHILD_EXISTS
                    no name at all                                                                            | FOREIGN_KEY
                    removing partition "p" violates foreign key constraint "fk"                               | FOREIGN_KEY
                    """)
    void directionOfAForeignKeyIsReadInEveryLanguage(String message, Kind kind) {
        PSQLException thrown = new PSQLException(new ServerErrorMessage(
                "SERROR\0C23503\0M" + message + "\0DKey (x)=(update or delete on table )\0spublic\0tchild\0nfk\0"));

        assertThat(SqlConflicts.classify(thrown)).map(SqlFailure::kind).contains(kind);
    }

    @Test
    void namesAreReadFromTheFieldsInEveryLanguage() {
        SqlFailure failure = SqlConflicts.classify(new PSQLException(new ServerErrorMessage(
                        "SFEHLER\0C23505\0Mdoppelter Schlüsselwert verletzt Unique-Constraint »uk«\0"
                                + "DSchlüssel »(name)=(unique constraint \"evil\")« existiert bereits.\0"
                                + "spublic\0tparent\0nuk\0")))
                .orElseThrow();

        assertThat(failure.kind()).isEqualTo(Kind.UNIQUE);
        assertThat(failure.constraint()).contains("uk");
        assertThat(failure.toString()).isEqualTo("POSTGRESQL UNIQUE (23505/0) uk");
    }

    @Test
    void exceptionWithoutServerFieldsIsReadByItsState() {
        SqlFailure deadlock = SqlConflicts.classify(new PSQLException("x", PSQLState.DEADLOCK_DETECTED))
                .orElseThrow();
        SqlFailure none = SqlConflicts.classify(new PSQLException("x", null)).orElseThrow();

        assertThat(deadlock.kind()).isEqualTo(Kind.DEADLOCK);
        assertThat(deadlock.constraint()).isEmpty();
        assertThat(none.kind()).isEqualTo(Kind.NO_CONFLICT);
        assertThat(none.sqlState()).isEmpty();
    }

    @Test
    void withoutAnSqlExceptionThereIsNothingToSay() {
        assertThat(SqlConflicts.classify(new IllegalStateException(new RuntimeException("23505"))))
                .isEmpty();
    }

    @Test
    void anotherProductIsUnknownWhateverItsCodesLookLike() {
        SqlFailure failure =
                SqlConflicts.classify(new SQLException("x", "23505", 23505)).orElseThrow();

        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(failure.product()).isEqualTo(Product.OTHER);
        assertThat(failure.vendorCode()).isEqualTo(23505);
    }

    @Test
    void whatIsWrappedDecidesOverWhatWrapsIt() {
        SQLException wrapper = new SQLException("pool", "08000", 1, h2(23506, "x: \"FK: T FOREIGN KEY(\""));

        assertThat(SqlConflicts.classify(new RuntimeException(wrapper)))
                .map(SqlFailure::kind)
                .contains(Kind.FK_PARENT_MISSING);
    }

    @Test
    void conflictDecidesOverAFailureThatIsNone() {
        PSQLException aborted = new PSQLException("x", PSQLState.IN_FAILED_SQL_TRANSACTION);
        aborted.setNextException(new PSQLException("x", PSQLState.DEADLOCK_DETECTED));

        assertThat(SqlConflicts.classify(aborted)).map(SqlFailure::kind).contains(Kind.DEADLOCK);
    }

    @Test
    void batchIsReadByWhatItLinks() {
        BatchUpdateException batch = new BatchUpdateException("x", "23505", 23505, new int[0]);
        batch.setNextException(h2(23503, "x: \"FK: T FOREIGN KEY(\""));
        batch.setNextException(h2(23502, "x: \"C\""));

        assertThat(SqlConflicts.classify(batch)).map(SqlFailure::kind).contains(Kind.FK_CHILD_EXISTS);
    }

    @Test
    void circleAndEndlessChainEnd() {
        SQLException circle = new SQLException("one");
        circle.setNextException(new SQLException("two", circle));
        SQLException chain = new SQLException("first");
        for (int i = 0; i < 10_000; i++) {
            SQLException outer = new SQLException("outer " + i);
            outer.setNextException(chain);
            chain = outer;
        }

        assertThat(SqlConflicts.classify(circle)).map(SqlFailure::kind).contains(Kind.UNKNOWN);
        assertThat(SqlConflicts.classify(chain)).map(SqlFailure::kind).contains(Kind.UNKNOWN);
    }

    /** A mock, since H2's own class appends the build that runs here to the text. */
    private static SQLException h2(int code, String text) {
        SQLException thrown = mock(JdbcSQLIntegrityConstraintViolationException.class);
        when(thrown.getErrorCode()).thenReturn(code);
        when(thrown.getMessage()).thenReturn(text);
        return thrown;
    }
}
