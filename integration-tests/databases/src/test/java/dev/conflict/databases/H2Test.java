package dev.conflict.databases;

import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.sql.SqlFailure.Product;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

class H2Test extends DatabaseContract {
    private final Database database = DatabaseEngine.H2.fresh();

    @Override
    Product product() {
        return Product.H2;
    }

    @Override
    DataSource dataSource() {
        return database.dataSource();
    }

    @Override
    void close() {
        database.close();
    }

    @Override
    String[] schema() {
        return concat(TABLES, new String[] {
            "create table refusing (id int)",
            "create trigger refuse before insert on refusing call '" + RefusingTrigger.class.getName() + "'"
        });
    }

    @Override
    void waitBriefly(Statement statement) throws SQLException {
        statement.execute("set lock_timeout 50");
    }

    @Override
    String longQuery() {
        return "select count(*) from system_range(1, 100000000) a, system_range(1, 100000000) b where a.x = b.x + 1";
    }

    @Override
    void kill(java.sql.Connection victim, Statement killer) throws SQLException {
        try (Statement statement = victim.createStatement();
                java.sql.ResultSet id = statement.executeQuery("select session_id()")) {
            id.next();
            killer.execute("call abort_session(" + id.getInt(1) + ")");
        }
    }

    @Override
    String expectations() {
        return """
                UNIQUE                   | UNIQUE            | uk_name   | parent | name           | ANCHORED_TEXT
                UNIQUE_BY_UPDATE         | UNIQUE            | uk_name   | parent | name           | ANCHORED_TEXT
                UNIQUE_OF_TWO            | UNIQUE            | uk_place  | parent | region, number | ANCHORED_TEXT
                PRIMARY_KEY              | UNIQUE            | pk_parent | parent | id             | ANCHORED_TEXT
                UNIQUE_INDEX             | UNIQUE            | ux_amount | child  | amount         | ANCHORED_TEXT
                PARENT_MISSING           | FK_PARENT_MISSING | fk_parent | child  | parent_id      | ANCHORED_TEXT
                PARENT_MISSING_BY_UPDATE | FK_PARENT_MISSING | fk_parent | child  | parent_id      | ANCHORED_TEXT
                CHILD_EXISTS             | FK_CHILD_EXISTS   | fk_parent | child  | parent_id      | ANCHORED_TEXT
                CHILD_EXISTS_BY_UPDATE   | FK_CHILD_EXISTS   | fk_parent | child  | parent_id      | ANCHORED_TEXT
                CHECK                    | CHECK             | ck_amount |        |                | ANCHORED_TEXT
                NOT_NULL                 | NOT_NULL          |           |        | amount         | ANCHORED_TEXT
                NOT_NULL_OMITTED         | NOT_NULL          |           |        | amount         | ANCHORED_TEXT
                TOO_LONG                 | DATA
                OUT_OF_RANGE             | DATA
                NO_TABLE                 | NO_CONFLICT
                NO_SQL                   | NO_CONFLICT
                RAISED                   | RAISED
                EXCLUSION                | impossible | H2 has no exclusion constraints
                DEFERRED_UNIQUE          | impossible | H2 defers no constraint
                DEFERRED_PARENT_MISSING  | impossible | H2 defers no constraint
                DEFERRED_CHILD_EXISTS    | impossible | H2 defers no constraint
                LOCK_TIMEOUT             | LOCK_TIMEOUT
                LOCK_NOWAIT              | LOCK_TIMEOUT
                DEADLOCK                 | DEADLOCK
                SNAPSHOT                 | DEADLOCK
                SERIALIZATION            | impossible | H2 does not find write skew
                QUERY_TIMEOUT            | QUERY_TIMEOUT
                ABORTED_TRANSACTION      | impossible | a failure does not end the transaction
                READ_ONLY                | impossible | a connection cannot be made read-only
                CONNECTION_LOST          | CONNECTION_LOST
                """;
    }
}
