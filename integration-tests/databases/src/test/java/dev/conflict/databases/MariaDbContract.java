package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.harness.MariaDbServer;
import dev.conflict.sql.SqlConflicts;
import dev.conflict.sql.SqlFailure;
import dev.conflict.sql.SqlFailure.Kind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real MariaDB, whichever driver speaks to it. */
@Tag("mariadb")
abstract class MariaDbContract extends DatabaseContract {
    final String address = MariaDbServer.plain().freshDatabase();

    @Override
    void close() {
        // the server goes with the JVM
    }

    @Override
    String[] schema() {
        return concat(TABLES, new String[] {
            "create table refusing (id int)",
            "create trigger refuse before insert on refusing for each row"
                    + " signal sqlstate '45000' set message_text = 'refused'"
        });
    }

    @Override
    void waitBriefly(Statement statement) throws SQLException {
        statement.execute("set innodb_lock_wait_timeout = 0");
    }

    @Override
    void beforeSnapshot(Statement statement) throws SQLException {
        statement.execute("set innodb_snapshot_isolation = on");
    }

    @Override
    String longQuery() {
        return "select count(*) from seq_1_to_1000000 a, seq_1_to_1000000 b where a.seq + b.seq = 1";
    }

    @Override
    void kill(Connection victim, Statement killer) throws SQLException {
        try (Statement statement = victim.createStatement();
                ResultSet id = statement.executeQuery("select connection_id()")) {
            id.next();
            killer.execute("kill " + id.getLong(1));
        }
    }

    @Override
    SQLException readOnly() throws SQLException {
        return refused(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("start transaction read only");
                statement.execute("update parent set name = 'c' where id = 1");
            }
        });
    }

    /** The server's text has 511 bytes at most, and must not end right behind what a value says about keys. */
    @Test
    void valueThatFillsTheServersBufferNamesNoOtherConstraint() throws SQLException {
        execute("create or replace table users (email varchar(400), nick varchar(400),"
                + " constraint uk_email unique (email), constraint uk_nick unique (nick))");
        Set<String> named = new TreeSet<>();
        for (int i = 0; i < 40; i++) {
            String value = "字".repeat(150) + "x".repeat(i) + "' for key 'uk_email'";
            String insert = "insert into users (nick) values ('" + value.replace("'", "''") + "')";
            execute(insert);
            SQLException thrown = refused(connection -> run(connection, insert));

            SqlFailure failure = SqlConflicts.classify(thrown).orElseThrow();
            assertThat(failure.kind()).isEqualTo(Kind.UNIQUE);
            named.add(failure.constraint().orElse("none"));
        }
        assertThat(named).isSubsetOf("none", "uk_nick");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"UNIQUE", "PRIMARY_KEY", "PARENT_MISSING", "CHILD_EXISTS", "CHECK", "NOT_NULL", "NOT_NULL_OMITTED"
            })
    void germanServerTellsTheSameNames(Row row) throws SQLException {
        SqlFailure english = failure(row, "en_US");
        SqlFailure german = failure(row, "de_DE");

        assertThat(german).hasToString(english.toString());
        assertThat(german.columns()).isEqualTo(english.columns());
    }

    private SqlFailure failure(Row row, String language) throws SQLException {
        SQLException thrown = refused(connection -> {
            run(connection, "set lc_messages = '" + language + "'");
            run(connection, sql(row));
        });
        return SqlConflicts.classify(thrown).orElseThrow();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    String expectations() {
        return """
                UNIQUE                   | UNIQUE            | uk_name   |        |           | ANCHORED_TEXT
                UNIQUE_BY_UPDATE         | UNIQUE            | uk_name   |        |           | ANCHORED_TEXT
                UNIQUE_OF_TWO            | UNIQUE            | uk_place  |        |           | ANCHORED_TEXT
                PRIMARY_KEY              | UNIQUE            | primary   |        |           | ANCHORED_TEXT
                UNIQUE_INDEX             | UNIQUE            | ux_amount |        |           | ANCHORED_TEXT
                PARENT_MISSING           | FK_PARENT_MISSING | fk_parent | child  | parent_id | ANCHORED_TEXT
                PARENT_MISSING_BY_UPDATE | FK_PARENT_MISSING | fk_parent | child  | parent_id | ANCHORED_TEXT
                CHILD_EXISTS             | FK_CHILD_EXISTS   | fk_parent | child  | parent_id | ANCHORED_TEXT
                CHILD_EXISTS_BY_UPDATE   | FK_CHILD_EXISTS   | fk_parent | child  | parent_id | ANCHORED_TEXT
                CHECK                    | CHECK             | ck_amount | child  |           | ANCHORED_TEXT
                NOT_NULL                 | NOT_NULL          |           |        | amount    | ANCHORED_TEXT
                NOT_NULL_OMITTED         | NOT_NULL          |           |        | amount    | ANCHORED_TEXT
                TOO_LONG                 | DATA
                OUT_OF_RANGE             | DATA
                NO_TABLE                 | NO_CONFLICT
                NO_SQL                   | NO_CONFLICT
                RAISED                   | RAISED
                EXCLUSION                | impossible | MariaDB has no exclusion constraints
                DEFERRED_UNIQUE          | impossible | MariaDB defers no constraint
                DEFERRED_PARENT_MISSING  | impossible | MariaDB defers no constraint
                DEFERRED_CHILD_EXISTS    | impossible | MariaDB defers no constraint
                LOCK_TIMEOUT             | LOCK_TIMEOUT
                LOCK_NOWAIT              | LOCK_TIMEOUT
                DEADLOCK                 | DEADLOCK
                SNAPSHOT                 | SERIALIZATION_FAILURE
                SERIALIZATION            | impossible | readers hold locks, so writers wait
                QUERY_TIMEOUT            | QUERY_TIMEOUT
                ABORTED_TRANSACTION      | impossible | a failure does not end the transaction
                READ_ONLY                | READ_ONLY
                CONNECTION_LOST          | CONNECTION_LOST
                """;
    }
}
