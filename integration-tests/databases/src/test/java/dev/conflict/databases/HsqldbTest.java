package dev.conflict.databases;

import dev.conflict.sql.SqlFailure.Product;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.hsqldb.jdbc.JDBCDataSource;

class HsqldbTest extends DatabaseContract {
    private final JDBCDataSource source = new JDBCDataSource();

    HsqldbTest() {
        source.setURL("jdbc:hsqldb:mem:matrix;hsqldb.tx=mvcc");
        source.setUser("SA");
    }

    @Override
    Product product() {
        return Product.HSQLDB;
    }

    @Override
    DataSource dataSource() {
        return source;
    }

    @Override
    void close() {
        try {
            execute("shutdown immediately");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    String[] schema() {
        return concat(TABLES, new String[] {
            "create table refusing (id int)",
            "create trigger refuse before insert on refusing"
                    + " begin atomic signal sqlstate '45000' set message_text = 'refused'; end"
        });
    }

    @Override
    void waitBriefly(Statement statement) {
        throw new UnsupportedOperationException("HSQLDB waits for ever");
    }

    @Override
    String longQuery() {
        return "select count(*) from unnest(sequence_array(1, 100000, 1)) a, unnest(sequence_array(1, 100000, 1)) b";
    }

    @Override
    String expectations() {
        return """
                UNIQUE                   | UNIQUE                | uk_name   | parent |        | ANCHORED_TEXT
                UNIQUE_BY_UPDATE         | UNIQUE                | uk_name   | parent |        | ANCHORED_TEXT
                UNIQUE_OF_TWO            | UNIQUE                | uk_place  | parent |        | ANCHORED_TEXT
                PRIMARY_KEY              | UNIQUE                | pk_parent | parent |        | ANCHORED_TEXT
                UNIQUE_INDEX             | UNIQUE                | ux_amount |        |        | ANCHORED_TEXT
                PARENT_MISSING           | FK_PARENT_MISSING     | fk_parent | child  |        | ANCHORED_TEXT
                PARENT_MISSING_BY_UPDATE | FK_PARENT_MISSING     | fk_parent | child  |        | ANCHORED_TEXT
                CHILD_EXISTS             | FK_CHILD_EXISTS       | fk_parent | child  |        | ANCHORED_TEXT
                CHILD_EXISTS_BY_UPDATE   | FK_CHILD_EXISTS       | fk_parent | child  |        | ANCHORED_TEXT
                CHECK                    | CHECK                 | ck_amount | child  |        | ANCHORED_TEXT
                NOT_NULL                 | NOT_NULL              |           | child  | amount | ANCHORED_TEXT
                NOT_NULL_OMITTED         | NOT_NULL              |           | child  | amount | ANCHORED_TEXT
                TOO_LONG                 | DATA
                OUT_OF_RANGE             | DATA
                NO_TABLE                 | NO_CONFLICT
                NO_SQL                   | NO_CONFLICT
                RAISED                   | RAISED
                EXCLUSION                | impossible | HSQLDB has no exclusion constraints
                DEFERRED_UNIQUE          | impossible | HSQLDB defers no constraint
                DEFERRED_PARENT_MISSING  | impossible | HSQLDB defers no constraint
                DEFERRED_CHILD_EXISTS    | impossible | HSQLDB defers no constraint
                LOCK_TIMEOUT             | impossible | HSQLDB waits for ever
                LOCK_NOWAIT              | impossible | HSQLDB has no NOWAIT
                DEADLOCK                 | SERIALIZATION_FAILURE
                SNAPSHOT                 | SERIALIZATION_FAILURE
                SERIALIZATION            | impossible | HSQLDB does not find write skew
                QUERY_TIMEOUT            | impossible | its timeout does not end a join that runs
                ABORTED_TRANSACTION      | impossible | a failure does not end the transaction
                READ_ONLY                | READ_ONLY
                CONNECTION_LOST          | impossible | no connection can end another one in one process
                """;
    }
}
