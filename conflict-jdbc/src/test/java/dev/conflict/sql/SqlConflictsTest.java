package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What real databases say, in a statement, in a batch and at the commit. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class SqlConflictsTest {
    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    DatabaseEngine engine;

    @SuppressWarnings("NullAway.Init")
    private Database database;

    @BeforeEach
    void create() {
        database = engine.fresh();
        database.execute(
                "create table parent (id int constraint pk_parent primary key, name varchar(50),"
                        + " constraint uk_name unique (name))",
                "create table child (id int primary key, parent_id int, amount int not null,"
                        + " constraint fk_parent foreign key (parent_id) references parent (id),"
                        + " constraint ck_amount check (amount > 0))",
                "create unique index ux_amount on child (amount)",
                "insert into parent values (1, 'a'), (2, 'b')",
                "insert into child values (1, 1, 10), (2, 2, 20)");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
                    UNIQUE            | insert into parent values (3, 'a')      | uk_name   | parent
                    UNIQUE            | update parent set name = 'a' where id = 2 | uk_name | parent
                    UNIQUE            | insert into parent values (1, 'c')      | pk_parent | parent
                    UNIQUE            | insert into child values (3, 1, 10)     | ux_amount | child
                    FK_PARENT_MISSING | insert into child values (3, 99, 30)    | fk_parent | child
                    FK_PARENT_MISSING | update child set parent_id = 99 where id = 1 | fk_parent | child
                    FK_CHILD_EXISTS   | delete from parent where id = 1         | fk_parent | child
                    FK_CHILD_EXISTS   | update parent set id = 9 where id = 1   | fk_parent | child
                    CHECK             | insert into child values (3, 1, -1)     | ck_amount |
                    NOT_NULL          | insert into child values (3, 1, null)   |           |
                    DATA              | insert into parent values (3, 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') | |
                    NO_CONFLICT       | insert into nowhere values (1)          |           |
                    NO_CONFLICT       | selekt                                  |           |
                    """)
    void statementIsReadRight(Kind kind, String sql, @Nullable String constraint, @Nullable String table) {
        SqlFailure failure = SqlConflicts.classify(refused(sql)).orElseThrow();

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.product()).isEqualTo(engine == DatabaseEngine.H2 ? Product.H2 : Product.POSTGRESQL);
        assertThat(failure.constraint().map(SqlConflictsTest::lower)).isEqualTo(Optional.ofNullable(constraint));
        if (table != null) {
            assertThat(failure.table().map(SqlConflictsTest::lower)).contains(table);
            assertThat(failure.schema().map(SqlConflictsTest::lower)).contains("public");
        }
        if (kind == Kind.NOT_NULL) {
            assertThat(failure.columns().stream().map(SqlConflictsTest::lower)).containsExactly("amount");
        }
        assertThat(failure.sqlState()).isPresent();
    }

    @Test
    void firstFailureOfABatchDecides() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into parent values (?, ?)")) {
            for (int id = 10; id < 100; id++) {
                insert.setInt(1, id);
                insert.setString(2, "a");
                insert.addBatch();
            }
            SqlFailure failure =
                    SqlConflicts.classify(thrownBy(insert::executeBatch)).orElseThrow();

            assertThat(failure.kind()).isEqualTo(Kind.UNIQUE);
            assertThat(failure.constraint()).map(SqlConflictsTest::lower).contains("uk_name");
        }
    }

    @Test
    void deferredConstraintIsReadAtTheCommit() throws SQLException {
        assumeThat(engine).as("H2 defers no constraint").isEqualTo(DatabaseEngine.POSTGRESQL);
        database.execute("create table late (id int, constraint uk_late unique (id) deferrable initially deferred)");
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("insert into late values (1), (1)");

            SqlFailure failure =
                    SqlConflicts.classify(thrownBy(connection::commit)).orElseThrow();

            assertThat(failure.kind()).isEqualTo(Kind.UNIQUE);
            assertThat(failure.constraint()).contains("uk_late");
        }
    }

    @Test
    void exclusionConstraintAndRestrictAreReadRight() {
        assumeThat(engine).as("H2 has neither").isEqualTo(DatabaseEngine.POSTGRESQL);
        database.execute(
                "create table booking (during int4range, constraint ex_during exclude using gist (during with &&))",
                "insert into booking values ('[1,5)')",
                "create table kept (id int references parent (id) on delete restrict)",
                "insert into kept values (1)",
                "delete from child");

        SqlFailure exclusion = SqlConflicts.classify(refused("insert into booking values ('[2,3)')"))
                .orElseThrow();
        SqlFailure restrict = SqlConflicts.classify(refused("delete from parent where id = 1"))
                .orElseThrow();

        assertThat(exclusion.kind()).isEqualTo(Kind.EXCLUSION);
        assertThat(exclusion.constraint()).contains("ex_during");
        assertThat(restrict.kind()).isEqualTo(Kind.FK_CHILD_EXISTS);
    }

    @Test
    void lockThatIsNotGivenInTimeIsALockTimeout() throws SQLException {
        try (Connection holder = database.dataSource().getConnection();
                Statement holding = holder.createStatement();
                Connection waiter = database.dataSource().getConnection();
                Statement waiting = waiter.createStatement()) {
            holder.setAutoCommit(false);
            holding.execute("update parent set name = 'held' where id = 1");
            waiting.execute(engine == DatabaseEngine.H2 ? "set lock_timeout 50" : "set lock_timeout = 50");

            SqlFailure failure = SqlConflicts.classify(
                            thrownBy(() -> waiting.execute("update parent set name = 'wanted' where id = 1")))
                    .orElseThrow();

            assertThat(failure.kind()).isEqualTo(Kind.LOCK_TIMEOUT);
        }
    }

    @Test
    void transactionsThatWaitForEachOtherAreADeadlock() throws Exception {
        try (Connection one = database.dataSource().getConnection();
                Statement first = one.createStatement();
                Connection two = database.dataSource().getConnection();
                Statement second = two.createStatement()) {
            one.setAutoCommit(false);
            two.setAutoCommit(false);
            first.execute("update parent set name = 'one' where id = 1");
            second.execute("update parent set name = 'two' where id = 2");

            CompletableFuture<SQLException> waits = CompletableFuture.supplyAsync(
                    () -> thrownOrNot(first, "update parent set name = 'x' where id = 2"));
            SQLException mine = thrownOrNot(second, "update parent set name = 'y' where id = 1");
            SQLException theirs = waits.get(30, TimeUnit.SECONDS);

            SQLException victim = mine == null ? theirs : mine;
            assertThat(SqlConflicts.classify(Objects.requireNonNull(victim)))
                    .map(SqlFailure::kind)
                    .contains(Kind.DEADLOCK);
        }
    }

    @Test
    void changeSinceTheSnapshotIsASerializationFailure() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            statement.executeQuery("select * from parent").close();
            database.execute("update parent set name = 'theirs' where id = 1");

            SqlFailure failure = SqlConflicts.classify(
                            thrownBy(() -> statement.execute("update parent set name = 'mine' where id = 1")))
                    .orElseThrow();

            // H2 says "deadlock" to both.
            assertThat(failure.kind())
                    .isEqualTo(engine == DatabaseEngine.H2 ? Kind.DEADLOCK : Kind.SERIALIZATION_FAILURE);
        }
    }

    private static @Nullable SQLException thrownOrNot(Statement statement, String sql) {
        try {
            statement.execute(sql);
            return null;
        } catch (SQLException refused) {
            return refused;
        }
    }

    private SQLException refused(String sql) {
        return thrownBy(() -> {
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        });
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static SQLException thrownBy(Work work) {
        try {
            work.run();
        } catch (SQLException refused) {
            return refused;
        }
        throw new AssertionError("nothing was refused");
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
