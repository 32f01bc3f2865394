package dev.conflict.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.conflict.event.ConflictEvent;
import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;

/** Two rows of stock in a database of each engine, behind a pool. */
abstract class Stock {
    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    DatabaseEngine engine;

    @SuppressWarnings("NullAway.Init")
    Database database;

    @SuppressWarnings("NullAway.Init")
    HikariDataSource pool;

    final List<ConflictEvent> events = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void create() {
        database = engine.fresh();
        database.execute(
                "create table stock (sku varchar(20) primary key, amount int not null, version int not null)",
                "insert into stock values ('a', 10, 1), ('b', 10, 1)");
        pool = Pool.of(database.dataSource(), 4);
    }

    @AfterEach
    void drop() {
        pool.close();
        database.close();
    }

    final SqlTransactions transactions() {
        return SqlTransactions.of(pool).listener(events::add);
    }

    static int read(Connection connection, String column, String sku) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + column + " from stock where sku = ?")) {
            select.setString(1, sku);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    static int update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    static int take(Connection connection, String sku) throws SQLException {
        return update(
                connection, "update stock set amount = amount - 1, version = version + 1 where sku = '" + sku + "'");
    }

    final int stored(String sku) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            return read(connection, "amount", sku);
        }
    }

    final void elsewhere(String sku) {
        database.execute("update stock set amount = amount - 1, version = version + 1 where sku = '" + sku + "'");
    }
}
