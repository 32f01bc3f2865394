package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.conflict.sql.SqlFailure.Kind;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Any text as what a server says, and as a value that a server repeats: no parser fails, and no value names a constraint. */
class SqlTextFuzzTest {
    private record Server(String maker, List<String> states, List<Integer> codes) {}

    private static final List<Server> SERVERS = List.of(
            new Server(Rebuilt.MYSQL, List.of("23000", "HY000"), List.of(1062, 1452, 1451, 3819, 1048, 1364)),
            new Server(Rebuilt.MARIADB, List.of("23000"), List.of(1062, 1452, 4025, 1048)),
            new Server(Rebuilt.HSQLDB, List.of("23505", "23503", "23504", "23513", "23502"), List.of(0)),
            new Server(Rebuilt.DERBY, List.of("23505", "23503", "23516", "23502"), List.of(30000)),
            new Server(Rebuilt.SQLITE, List.of(""), List.of(0, 19)),
            new Server(Rebuilt.ORACLE, List.of("23000"), List.of(1, 2291, 2292, 1400, 2091)),
            new Server(Rebuilt.SQL_SERVER, List.of("23000"), List.of(2627, 2601, 547, 515)),
            new Server(Rebuilt.DB2, List.of("23505"), List.of(-803, -911)),
            new Server("org.h2.message.DbException", List.of("23505"), List.of(23505, 23503, 23506, 23513, 23502)));

    @FuzzTest
    void noTextIsMisread(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        for (Server server : SERVERS) {
            for (String state : server.states) {
                for (int code : server.codes) {
                    assertThat(read(server.maker, state, code, text)).isPresent();
                }
            }
        }
        assertNoConstraintButUk(text);
        int names = QuotedNames.besides(text, "uk", null);
        assertThat(names).isGreaterThanOrEqualTo(-1);
    }

    /** The value where each product repeats it. */
    private static void assertNoConstraintButUk(String value) {
        assertNamed(Rebuilt.MYSQL, "23000", 1062, "Duplicate entry '" + value + "' for key 'uk'");
        assertNamed(Rebuilt.MYSQL, "23000", 1062, "Duplicate entry '" + value + "' for key 't.uk'");
        assertNamed(Rebuilt.MARIADB, "23000", 1062, "(conn=7) Doppelter Eintrag '" + value + "' für Schlüssel 'uk'");
        assertNamed(
                Rebuilt.HSQLDB,
                "23503",
                -177,
                "integrity constraint violation: foreign key no parent ; uk table: t value: " + value);
        assertNamed(
                Rebuilt.SQL_SERVER,
                "23000",
                2627,
                "Violation of UNIQUE KEY constraint 'uk'. Cannot insert duplicate key in object 'dbo.t'."
                        + " The duplicate key value is (" + value + ").");
        assertNamed(
                Rebuilt.SQL_SERVER,
                "23000",
                2601,
                "Cannot insert duplicate key row in object 'dbo.t' with unique index 'uk'. The duplicate key value is ("
                        + value + ").");
        assertNamed(
                Rebuilt.ORACLE,
                "23000",
                1,
                "ORA-00001: unique constraint (s.uk) violated on table s.t columns (c)\n"
                        + "ORA-03301: (ORA-00001 details) row with column values (C:'" + value + "') already exists");
        assertNamed(
                "org.h2.message.DbException",
                "23505",
                23505,
                "Unique index or primary key violation: \"S.uk INDEX S.uk_INDEX_2 ON S.t(C NULLS FIRST) VALUES ( /* 1 */ '"
                        + value + "' )\"; SQL statement:\ninsert into t values ('" + value + "') [23505-252]");
    }

    private static void assertNamed(String maker, String state, int code, String text) {
        SqlFailure failure = read(maker, state, code, text).orElseThrow();

        assertThat(failure.kind()).isIn(Kind.UNIQUE, Kind.FK_PARENT_MISSING);
        assertThat(failure.constraint().orElse("uk")).as(text).isEqualTo("uk");
        assertThat(failure.table().orElse("t")).as(text).isEqualTo("t");
    }

    private static Optional<SqlFailure> read(String maker, String state, int code, String text) {
        SQLException thrown = new SQLException(text, state.isEmpty() ? null : state, code);
        return SqlConflicts.classify(Rebuilt.madeBy(maker, thrown));
    }
}
