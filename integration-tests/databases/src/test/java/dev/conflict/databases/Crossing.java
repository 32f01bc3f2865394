package dev.conflict.databases;

import dev.conflict.sql.SqlTransactions.Work;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/**
 * Two writers who take the same two rows in opposite order. One of them becomes the victim of a deadlock, swallows it, and
 * goes on.
 */
record Crossing(DataSource source) {
    /** Carries out the work in a transaction. */
    interface Runner {
        void run(Work<Integer> work) throws SQLException;
    }

    /** Returns what is stored in the end: who took what, and what is left. */
    List<String> by(Runner runner) throws Exception {
        execute("create table shelf (id int not null primary key, pieces int not null)");
        execute("create table taken (writer varchar(10) not null, id int not null)");
        execute("insert into shelf values (1, 10)");
        execute("insert into shelf values (2, 10)");
        try {
            CyclicBarrier both = new CyclicBarrier(2);
            CompletableFuture<Void> left = CompletableFuture.runAsync(() -> take(runner, "left", 1, 2, both));
            take(runner, "right", 2, 1, both);
            left.get(60, TimeUnit.SECONDS);
            List<String> stored = texts("select id, writer from taken order by id, writer");
            stored.addAll(texts("select id, pieces from shelf order by id"));
            return stored;
        } finally {
            execute("drop table shelf");
            execute("drop table taken");
        }
    }

    private static void take(Runner runner, String writer, int first, int second, CyclicBarrier both) {
        boolean[] met = {false};
        try {
            runner.run(connection -> {
                execute(connection, "update shelf set pieces = pieces - 1 where id = " + first);
                execute(connection, "insert into taken values ('" + writer + "', " + first + ")");
                if (!met[0]) {
                    met[0] = true;
                    await(both);
                }
                swallowing(connection, "update shelf set pieces = pieces - 1 where id = " + second);
                swallowing(connection, "insert into taken values ('" + writer + "', " + second + ")");
                return 0;
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CyclicBarrier both) {
        try {
            both.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void swallowing(Connection connection, String sql) {
        try {
            execute(connection, sql);
        } catch (SQLException swallowed) {
            // as much code does that logs and goes on
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = source.getConnection()) {
            execute(connection, sql);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> texts(String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1) + " " + rows.getString(2));
            }
        }
        return texts;
    }
}
