package dev.conflict.databases;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The rows that need more than one statement, in words that most products understand; the others say theirs. */
abstract class Scenarios {
    /** A source of new connections to one and the same database. */
    abstract DataSource dataSource();

    /** Drops the database, or stops it. */
    abstract void close();

    /** Statements that create the tables and the rows of the matrix. */
    abstract String[] schema();

    /** What there may be from the last test, dependents first. */
    private static final String[] DROPS = {
        "trigger refuse",
        "table refusing",
        "table late_child",
        "table late",
        "table booking",
        "table child",
        "table parent"
    };

    final void recreate() throws SQLException {
        for (String what : DROPS) {
            drop(what);
        }
        execute(schema());
    }

    final void drop(String what) {
        try {
            execute("drop " + what);
        } catch (SQLException notThere) {
            // not every product has every one
        }
    }

    /** Tables and rows of the matrix. */
    static final String[] TABLES = {
        "create table parent (id int not null, name varchar(50), region varchar(10), number int,"
                + " constraint pk_parent primary key (id), constraint uk_name unique (name),"
                + " constraint uk_place unique (region, number))",
        "create table child (id int not null, parent_id int, amount int not null,"
                + " constraint pk_child primary key (id),"
                + " constraint fk_parent foreign key (parent_id) references parent (id),"
                + " constraint ck_amount check (amount > 0))",
        "create unique index ux_amount on child (amount)",
        "insert into parent (id, name, region, number) values (1, 'a', 'eu', 1)",
        "insert into parent (id, name, region, number) values (2, 'b', 'eu', 2)",
        "insert into child (id, parent_id, amount) values (1, 1, 10)",
        "insert into child (id, parent_id, amount) values (2, 2, 20)"
    };

    /** The statement of a row. */
    String sql(Row row) {
        return row.sql;
    }

    /** Lets a connection wait for a lock no longer than a moment. */
    abstract void waitBriefly(Statement statement) throws SQLException;

    /** A statement that runs for long unless it is stopped. */
    abstract String longQuery();

    /** Ends a connection from elsewhere. */
    void kill(Connection victim, Statement killer) throws SQLException {
        throw new UnsupportedOperationException("kill");
    }

    String nowait() {
        return "select * from parent where id = 1 for update nowait";
    }

    int snapshotIsolation() {
        return Connection.TRANSACTION_REPEATABLE_READ;
    }

    SQLException scenario(Row row) throws Exception {
        return switch (row) {
            case DEFERRED_UNIQUE -> atCommit("insert into late (id) values (1)", "insert into late (id) values (1)");
            case DEFERRED_PARENT_MISSING -> atCommit("insert into late_child (id, parent_id) values (1, 99)");
            case DEFERRED_CHILD_EXISTS -> {
                execute("insert into late_child (id, parent_id) values (1, 2)", "delete from child");
                yield atCommit("delete from parent where id = 2");
            }
            case LOCK_TIMEOUT -> whileLocked("update parent set name = 'wanted' where id = 1");
            case LOCK_NOWAIT -> whileLocked(nowait());
            case DEADLOCK -> deadlock();
            case SNAPSHOT -> changedSinceRead();
            case SERIALIZATION -> writeSkew();
            case QUERY_TIMEOUT -> queryTimeout();
            case ABORTED_TRANSACTION -> afterAFailure();
            case READ_ONLY -> readOnly();
            case CONNECTION_LOST -> connectionLost();
            default -> throw new IllegalArgumentException(row.name());
        };
    }

    private SQLException atCommit(String... statements) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            return rollingBack(connection, thrownBy(connection::commit));
        }
    }

    private SQLException whileLocked(String sql) throws SQLException {
        try (Connection holder = dataSource().getConnection();
                Statement holding = holder.createStatement();
                Connection waiter = dataSource().getConnection();
                Statement waiting = waiter.createStatement()) {
            waitBriefly(waiting);
            holder.setAutoCommit(false);
            waiter.setAutoCommit(false);
            holding.execute("update parent set name = 'held' where id = 1");
            SQLException thrown = rollingBack(waiter, thrownBy(() -> waiting.execute(sql)));
            holder.rollback();
            return thrown;
        }
    }

    private SQLException deadlock() throws Exception {
        try (Connection one = dataSource().getConnection();
                Statement first = one.createStatement();
                Connection two = dataSource().getConnection();
                Statement second = two.createStatement()) {
            one.setAutoCommit(false);
            two.setAutoCommit(false);
            first.execute("update parent set name = 'one' where id = 1");
            second.execute("update parent set name = 'two' where id = 2");
            CountDownLatch going = new CountDownLatch(1);
            CompletableFuture<@Nullable SQLException> waits = CompletableFuture.supplyAsync(() -> {
                going.countDown();
                return endOf(one, () -> first.execute("update parent set name = 'x' where id = 2"));
            });
            going.await();
            SQLException mine = endOf(two, () -> second.execute("update parent set name = 'y' where id = 1"));
            SQLException theirs = waits.get(60, TimeUnit.SECONDS);
            SQLException victim = mine == null ? theirs : mine;
            if (victim == null) {
                throw new AssertionError("nobody was refused");
            }
            return victim;
        }
    }

    private SQLException changedSinceRead() throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setTransactionIsolation(snapshotIsolation());
            connection.setAutoCommit(false);
            beforeSnapshot(statement);
            statement.executeQuery("select * from parent").close();
            execute("update parent set name = 'theirs' where id = 1");
            return rollingBack(
                    connection, thrownBy(() -> statement.execute("update parent set name = 'mine' where id = 1")));
        }
    }

    void beforeSnapshot(Statement statement) throws SQLException {}

    private SQLException writeSkew() throws SQLException {
        try (Connection one = dataSource().getConnection();
                Statement first = one.createStatement();
                Connection two = dataSource().getConnection();
                Statement second = two.createStatement()) {
            for (Connection each : new Connection[] {one, two}) {
                each.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                each.setAutoCommit(false);
            }
            first.executeQuery("select sum(number) from parent").close();
            second.executeQuery("select sum(number) from parent").close();
            first.execute("update parent set number = 7 where id = 1");
            second.execute("update parent set number = 8 where id = 2");
            one.commit();
            return rollingBack(two, thrownBy(two::commit));
        }
    }

    SQLException queryTimeout() throws SQLException {
        return refused(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(1);
                statement.executeQuery(longQuery()).next();
            }
        });
    }

    private SQLException afterAFailure() throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            thrownBy(() -> statement.execute("insert into parent (id) values (1)"));
            return rollingBack(
                    connection, thrownBy(() -> statement.execute("update parent set name = 'c' where id = 1")));
        }
    }

    SQLException readOnly() throws SQLException {
        return refused(connection -> {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("update parent set name = 'c' where id = 1");
            } finally {
                connection.rollback();
            }
        });
    }

    private SQLException connectionLost() throws SQLException {
        try (Connection victim = dataSource().getConnection();
                Statement statement = victim.createStatement();
                Connection other = dataSource().getConnection();
                Statement killer = other.createStatement()) {
            victim.setAutoCommit(false);
            statement.execute("update parent set name = 'c' where id = 1");
            kill(victim, killer);
            return thrownBy(() -> statement.execute("update parent set name = 'd' where id = 1"));
        }
    }

    /** Work that a database refuses. */
    interface Work {
        void run() throws SQLException;
    }

    /** Work on a connection of its own. */
    interface Use {
        void run(Connection connection) throws SQLException;
    }

    final SQLException refused(Use use) throws SQLException {
        try (Connection connection = dataSource().getConnection()) {
            return thrownBy(() -> use.run(connection));
        }
    }

    static SQLException thrownBy(Work work) {
        try {
            work.run();
        } catch (SQLException refused) {
            return refused;
        }
        throw new AssertionError("nothing was refused");
    }

    private static SQLException rollingBack(Connection connection, SQLException thrown) throws SQLException {
        connection.rollback();
        return thrown;
    }

    /** Runs what may be refused, and rolls back; null if it was not. */
    private static @Nullable SQLException endOf(Connection connection, Work work) {
        SQLException thrown = null;
        try {
            work.run();
        } catch (SQLException refused) {
            thrown = refused;
        }
        try {
            connection.rollback();
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
        return thrown;
    }

    final void execute(String... statements) throws SQLException {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    static String[] concat(String[]... parts) {
        return java.util.Arrays.stream(parts).flatMap(java.util.Arrays::stream).toArray(String[]::new);
    }
}
