package dev.conflict.databases;

import dev.conflict.sql.SqlFailure.Product;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.apache.derby.jdbc.EmbeddedDataSource;

class DerbyTest extends DatabaseContract {
    private final EmbeddedDataSource source = new EmbeddedDataSource();

    DerbyTest() throws SQLException {
        source.setDatabaseName("memory:matrix");
        source.setCreateDatabase("create");
        // In seconds; the shortest that there are.
        execute(
                "call syscs_util.syscs_set_database_property('derby.locks.deadlockTimeout', '1')",
                "call syscs_util.syscs_set_database_property('derby.locks.waitTimeout', '2')",
                "create procedure refuse() language java parameter style java no sql external name '"
                        + RefusingProcedure.class.getName() + ".refuse'");
    }

    @Override
    Product product() {
        return Product.DERBY;
    }

    @Override
    DataSource dataSource() {
        return source;
    }

    @Override
    void close() {
        EmbeddedDataSource drop = new EmbeddedDataSource();
        drop.setDatabaseName("memory:matrix");
        drop.setConnectionAttributes("drop=true");
        thrownBy(() -> drop.getConnection().close());
    }

    @Override
    String sql(Row row) {
        return row == Row.RAISED ? "call refuse()" : super.sql(row);
    }

    @Override
    String[] schema() {
        return concat(TABLES, new String[] {
            "create table late (id int not null, constraint uk_late unique (id) deferrable initially deferred)",
            "create table late_child (id int, parent_id int, constraint fk_late foreign key (parent_id)"
                    + " references parent (id) deferrable initially deferred)"
        });
    }

    @Override
    void waitBriefly(Statement statement) {
        // all wait for two seconds
    }

    @Override
    String longQuery() {
        return "select count(*) from sys.syscolumns a, sys.syscolumns b, sys.syscolumns c, sys.syscolumns d";
    }

    @Override
    String expectations() {
        return """
                UNIQUE                   | UNIQUE            | uk_name   | parent |        | STRUCTURED
                UNIQUE_BY_UPDATE         | UNIQUE            | uk_name   | parent |        | STRUCTURED
                UNIQUE_OF_TWO            | UNIQUE            | uk_place  | parent |        | STRUCTURED
                PRIMARY_KEY              | UNIQUE            | pk_parent | parent |        | STRUCTURED
                UNIQUE_INDEX             | UNIQUE            | ux_amount | child  |        | STRUCTURED
                PARENT_MISSING           | FK_PARENT_MISSING | fk_parent | child  |        | STRUCTURED
                PARENT_MISSING_BY_UPDATE | FOREIGN_KEY       | fk_parent |        |        | STRUCTURED
                CHILD_EXISTS             | FK_CHILD_EXISTS   | fk_parent |        |        | STRUCTURED
                CHILD_EXISTS_BY_UPDATE   | FOREIGN_KEY       | fk_parent |        |        | STRUCTURED
                CHECK                    | CHECK             | ck_amount | child  |        | STRUCTURED
                NOT_NULL                 | NOT_NULL          |           |        | amount | ANCHORED_TEXT
                NOT_NULL_OMITTED         | NOT_NULL          |           |        | amount | ANCHORED_TEXT
                TOO_LONG                 | DATA
                OUT_OF_RANGE             | DATA
                NO_TABLE                 | NO_CONFLICT
                NO_SQL                   | NO_CONFLICT
                RAISED                   | RAISED
                EXCLUSION                | impossible | Derby has no exclusion constraints
                DEFERRED_UNIQUE          | UNIQUE            | uk_late   | late   |        | STRUCTURED
                DEFERRED_PARENT_MISSING  | FK_PARENT_MISSING | fk_late   | late_child |    | STRUCTURED
                DEFERRED_CHILD_EXISTS    | FOREIGN_KEY       | fk_late   |        |        | STRUCTURED
                LOCK_TIMEOUT             | LOCK_TIMEOUT
                LOCK_NOWAIT              | impossible | Derby has no NOWAIT
                DEADLOCK                 | DEADLOCK
                SNAPSHOT                 | impossible | a reader holds a lock, so the writer waits
                SERIALIZATION            | impossible | readers hold locks, so writers wait
                QUERY_TIMEOUT            | QUERY_TIMEOUT
                ABORTED_TRANSACTION      | impossible | a failure does not end the transaction
                READ_ONLY                | READ_ONLY
                CONNECTION_LOST          | impossible | no connection can end another one in one process
                """;
    }
}
