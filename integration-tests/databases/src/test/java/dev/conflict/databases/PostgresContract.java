package dev.conflict.databases;

import dev.conflict.sql.SqlFailure.Product;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL, whatever language it speaks. */
abstract class PostgresContract extends DatabaseContract {
    @Override
    Product product() {
        return Product.POSTGRESQL;
    }

    @Override
    String[] schema() {
        return concat(TABLES, new String[] {
            "create table late (id int, constraint uk_late unique (id) deferrable initially deferred)",
            "create table late_child (id int, parent_id int, constraint fk_late foreign key (parent_id)"
                    + " references parent (id) deferrable initially deferred)",
            "create table booking (during int4range, constraint ex_during exclude using gist (during with &&))",
            "insert into booking values ('[1,5)')",
            "create table refusing (id int)",
            "create or replace function refuse() returns trigger language plpgsql as"
                    + " 'begin raise exception ''refused''; end'",
            "create trigger refuse before insert on refusing for each row execute function refuse()"
        });
    }

    @Override
    void waitBriefly(Statement statement) throws SQLException {
        statement.execute("set lock_timeout = 50");
    }

    @Override
    String longQuery() {
        return "select pg_sleep(60)";
    }

    @Override
    void kill(Connection victim, Statement killer) throws SQLException {
        try (Statement statement = victim.createStatement();
                java.sql.ResultSet id = statement.executeQuery("select pg_backend_pid()")) {
            id.next();
            killer.execute("select pg_terminate_backend(" + id.getInt(1) + ", 10000)");
        }
    }

    @Override
    String expectations() {
        return """
                UNIQUE                   | UNIQUE                | uk_name   | parent     |        | STRUCTURED
                UNIQUE_BY_UPDATE         | UNIQUE                | uk_name   | parent     |        | STRUCTURED
                UNIQUE_OF_TWO            | UNIQUE                | uk_place  | parent     |        | STRUCTURED
                PRIMARY_KEY              | UNIQUE                | pk_parent | parent     |        | STRUCTURED
                UNIQUE_INDEX             | UNIQUE                | ux_amount | child      |        | STRUCTURED
                PARENT_MISSING           | FK_PARENT_MISSING     | fk_parent | child      |        | STRUCTURED
                PARENT_MISSING_BY_UPDATE | FK_PARENT_MISSING     | fk_parent | child      |        | STRUCTURED
                CHILD_EXISTS             | FK_CHILD_EXISTS       | fk_parent | child      |        | STRUCTURED
                CHILD_EXISTS_BY_UPDATE   | FK_CHILD_EXISTS       | fk_parent | child      |        | STRUCTURED
                CHECK                    | CHECK                 | ck_amount | child      |        | STRUCTURED
                NOT_NULL                 | NOT_NULL              |           | child      | amount | STRUCTURED
                NOT_NULL_OMITTED         | NOT_NULL              |           | child      | amount | STRUCTURED
                TOO_LONG                 | DATA
                OUT_OF_RANGE             | DATA
                NO_TABLE                 | NO_CONFLICT
                NO_SQL                   | NO_CONFLICT
                RAISED                   | RAISED
                EXCLUSION                | EXCLUSION             | ex_during | booking    |        | STRUCTURED
                DEFERRED_UNIQUE          | UNIQUE                | uk_late   | late       |        | STRUCTURED
                DEFERRED_PARENT_MISSING  | FK_PARENT_MISSING     | fk_late   | late_child |        | STRUCTURED
                DEFERRED_CHILD_EXISTS    | FK_CHILD_EXISTS       | fk_late   | late_child |        | STRUCTURED
                LOCK_TIMEOUT             | LOCK_TIMEOUT
                LOCK_NOWAIT              | LOCK_TIMEOUT
                DEADLOCK                 | DEADLOCK
                SNAPSHOT                 | SERIALIZATION_FAILURE
                SERIALIZATION            | SERIALIZATION_FAILURE
                QUERY_TIMEOUT            | QUERY_TIMEOUT
                ABORTED_TRANSACTION      | UNIQUE                | pk_parent | parent     |        | STRUCTURED
                READ_ONLY                | READ_ONLY
                CONNECTION_LOST          | CONNECTION_LOST
                """;
    }
}
