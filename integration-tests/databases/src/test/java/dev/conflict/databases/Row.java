package dev.conflict.databases;

/** What may go wrong in a database: a row of the matrix. Those with a statement fail by it, also in a batch. */
enum Row {
    UNIQUE("insert into parent (id, name) values (3, 'a')"),
    UNIQUE_BY_UPDATE("update parent set name = 'a' where id = 2"),
    UNIQUE_OF_TWO("insert into parent (id, region, number) values (3, 'eu', 1)"),
    PRIMARY_KEY("insert into parent (id, name) values (1, 'c')"),
    UNIQUE_INDEX("insert into child (id, parent_id, amount) values (3, 1, 10)"),
    PARENT_MISSING("insert into child (id, parent_id, amount) values (3, 99, 30)"),
    PARENT_MISSING_BY_UPDATE("update child set parent_id = 99 where id = 1"),
    CHILD_EXISTS("delete from parent where id = 1"),
    CHILD_EXISTS_BY_UPDATE("update parent set id = 9 where id = 1"),
    CHECK("insert into child (id, parent_id, amount) values (3, 1, -1)"),
    NOT_NULL("insert into child (id, parent_id, amount) values (3, 1, null)"),
    NOT_NULL_OMITTED("insert into child (id, parent_id) values (3, 1)"),
    TOO_LONG(
            "insert into parent (id, name) values (3, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')"),
    OUT_OF_RANGE("insert into child (id, parent_id, amount) values (3, 1, 99999999999)"),
    NO_TABLE("insert into nowhere values (1)"),
    NO_SQL("selekt"),
    RAISED("insert into refusing (id) values (1)"),
    EXCLUSION("insert into booking values ('[2,3)')"),
    DEFERRED_UNIQUE(""),
    DEFERRED_PARENT_MISSING(""),
    DEFERRED_CHILD_EXISTS(""),
    LOCK_TIMEOUT(""),
    LOCK_NOWAIT(""),
    DEADLOCK(""),
    SNAPSHOT(""),
    SERIALIZATION(""),
    QUERY_TIMEOUT(""),
    ABORTED_TRANSACTION(""),
    READ_ONLY(""),
    CONNECTION_LOST("");

    final String sql;

    Row(String sql) {
        this.sql = sql;
    }

    boolean isStatement() {
        return !sql.isEmpty();
    }
}
