package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.conflict.ConflictException;
import dev.conflict.event.ConflictEvent.Attempted;
import dev.conflict.event.ConflictEvent.Outcome;
import dev.conflict.harness.DatabaseEngine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.util.PSQLException;

/** What the work can do on the connection that it gets, and what it cannot. */
@ParameterizedClass
@EnumSource(DatabaseEngine.class)
class GuardTest extends Stock {
    private static void swallow(Connection connection) throws SQLException {
        try {
            update(connection, "insert into stock values ('a', 1, 1)");
            throw new AssertionError("stored twice");
        } catch (SQLException swallowed) {
            assertThat(swallowed.getSQLState()).isEqualTo("23505");
        }
    }

    /** On PostgreSQL the driver's commit returns normally here, and nothing is stored: {@link #driverCommitsNothing}. */
    @Test
    void commitOfATransactionThatASwallowedFailureEndedIsRefused() throws SQLException {
        SqlTransactions.Work<Integer> work = connection -> {
            int rows = take(connection, "b");
            swallow(connection);
            return rows;
        };

        if (engine == DatabaseEngine.H2) { // rolls back the statement only
            assertThat(transactions().run(work)).isEqualTo(1);
            assertThat(stored("b")).isEqualTo(9);
        } else {
            assertThatThrownBy(() -> transactions().run(work))
                    .isInstanceOf(IllegalStateException.class)
                    .satisfies(refused -> assertThat(
                                    SqlConflicts.classify(refused).orElseThrow().kind())
                            .isEqualTo(SqlFailure.Kind.UNIQUE));
            assertThat(stored("b")).isEqualTo(10);
            assertThat(events).containsExactly(new Attempted(Outcome.REFUSED, 1));
        }
    }

    @Test
    void driverCommitsNothing() throws SQLException {
        assumeThat(engine).isEqualTo(DatabaseEngine.POSTGRESQL);
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            take(connection, "b");
            swallow(connection);
            connection.commit();
        }

        assertThat(stored("b")).as("lost without a word").isEqualTo(10);
    }

    @Test
    void failureBehindTheGuardIsSeenByTheDriver() throws SQLException {
        assumeThat(engine).isEqualTo(DatabaseEngine.POSTGRESQL);

        assertThatThrownBy(() -> transactions().run(connection -> {
                    int rows = take(connection, "b");
                    swallow((Connection) connection.unwrap(PGConnection.class));
                    return rows;
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(stored("b")).isEqualTo(10);
    }

    @Test
    void failureThatWasRolledBackToASavepointIsNone() throws SQLException {
        transactions().run(connection -> {
            take(connection, "b");
            Savepoint savepoint = connection.setSavepoint();
            swallow(connection);
            connection.rollback(savepoint);
            return take(connection, "b");
        });
        transactions().run(connection -> {
            update(connection, "savepoint s");
            swallow(connection);
            update(connection, "rollback to savepoint s");
            return take(connection, "b");
        });

        assertThat(stored("b")).isEqualTo(7);
    }

    @Test
    void whatFollowsASwallowedFailureIsExplainedByIt() throws SQLException {
        assumeThat(engine).isEqualTo(DatabaseEngine.POSTGRESQL);

        assertThatThrownBy(() -> transactions().run(connection -> {
                    swallow(connection);
                    return take(connection, "b"); // 25P02: current transaction is aborted
                }))
                .isInstanceOf(SQLException.class)
                .satisfies(thrown -> assertThat(
                                SqlConflicts.classify(thrown).orElseThrow().kind())
                        .isEqualTo(SqlFailure.Kind.UNIQUE));
    }

    /** What the work concludes after its transaction was ended is void, whether it returns or throws. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void swallowedSerializationFailureIsRunAgain(boolean throwing) throws SQLException {
        AtomicInteger calls = new AtomicInteger();

        transactions().isolation(Connection.TRANSACTION_REPEATABLE_READ).run(connection -> {
            take(connection, "b");
            int amount = read(connection, "amount", "a");
            if (calls.incrementAndGet() == 1) {
                elsewhere("a");
                try {
                    update(connection, "update stock set amount = " + (amount - 1) + " where sku = 'a'");
                    throw new AssertionError("another writer was overwritten");
                } catch (SQLException swallowed) {
                    if (throwing) {
                        throw ConflictException.state("SOLD_OUT");
                    }
                    return 0;
                }
            }
            return update(connection, "update stock set amount = " + (amount - 1) + " where sku = 'a'");
        });

        assertThat(calls).hasValue(2);
        assertThat(stored("a")).isEqualTo(8);
        assertThat(stored("b")).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT",
                "\n\tRollback",
                "/* x */ COMMIT",
                "-- x\nCOMMIT",
                "rollback work",
                "begin",
                "start transaction",
                "update stock set amount = 1; commit",
                "ROLLBACK;",
                "end"
            })
    void workCannotEndTheTransactionByText(String sql) throws SQLException {
        assertThatThrownBy(() -> transactions().run(connection -> {
                    take(connection, "a");
                    return update(connection, sql);
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("when the work ends");

        assertThat(stored("a")).isEqualTo(10);
    }

    @Test
    void workCannotEndTheTransactionByCall() throws SQLException {
        List<SqlTransactions.Work<Object>> ends = List.of(
                connection -> {
                    connection.commit();
                    return 1;
                },
                connection -> {
                    connection.rollback();
                    return 1;
                },
                connection -> {
                    connection.setAutoCommit(true);
                    return 1;
                },
                connection -> {
                    connection.abort(Runnable::run);
                    return 1;
                },
                connection -> {
                    connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                    return 1;
                },
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.getConnection().commit();
                    }
                    return 1;
                },
                connection -> {
                    connection.getMetaData().getConnection().commit();
                    return 1;
                },
                connection -> {
                    try (Statement statement = connection.createStatement();
                            ResultSet rows = statement.executeQuery("select 1")) {
                        rows.getStatement().getConnection().commit();
                    }
                    return 1;
                },
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("select 1");
                        statement.getResultSet().getStatement().execute("commit");
                    }
                    return 1;
                },
                connection -> {
                    try (ResultSet tables = connection.getMetaData().getTables(null, null, "STOCK", null)) {
                        Statement maker = tables.getStatement(); // H2 has none
                        (maker == null ? connection : maker.getConnection()).commit();
                    }
                    return 1;
                },
                connection -> {
                    connection.prepareStatement("/* x */ commit").execute();
                    return 1;
                },
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.addBatch("rollback");
                        return statement.executeBatch();
                    }
                });
        for (SqlTransactions.Work<Object> end : ends) {
            assertThatThrownBy(() -> transactions().run(connection -> {
                        take(connection, "a");
                        return end.run(connection);
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("when the work ends");
        }

        assertThat(stored("a")).isEqualTo(10);
    }

    @Test
    void valueAndNameThatReadLikeAnEndAreNone() throws SQLException {
        transactions().run(connection -> {
            Savepoint commit = connection.setSavepoint("commit");
            try (PreparedStatement insert = connection.prepareStatement("insert into stock values (?, 1, 1)")) {
                insert.setString(1, "end");
                insert.addBatch();
                insert.setObject(1, "commit");
                insert.addBatch();
                insert.executeBatch();
            }
            connection.releaseSavepoint(commit);
            return take(connection, "end");
        });

        assertThat(stored("end")).isZero();
    }

    /** The first row is read, the second one fails, and with it on PostgreSQL the transaction. */
    @Test
    void failureWhileRowsAreReadIsRemembered() throws SQLException {
        SqlTransactions.Work<Integer> work = connection -> {
            int rows = take(connection, "b");
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(1);
                ResultSet quotients =
                        statement.executeQuery("select 1 / (2 - n) from (values (1), (2)) as numbers (n)");
                assertThat(quotients.next()).isTrue();
                quotients.next();
                throw new AssertionError("divided by zero");
            } catch (SQLException swallowed) {
                assertThat(swallowed.getSQLState()).isEqualTo("22012");
            }
            return rows;
        };

        if (engine == DatabaseEngine.H2) { // rolls back the statement only
            assertThat(transactions().run(work)).isEqualTo(1);
            assertThat(stored("b")).isEqualTo(9);
        } else {
            assertThatThrownBy(() -> transactions().run(work))
                    .isInstanceOf(IllegalStateException.class)
                    .hasRootCauseInstanceOf(PSQLException.class)
                    .rootCause()
                    .hasMessageContaining("division by zero");
            assertThat(stored("b")).isEqualTo(10);
        }
    }

    @Test
    void rowsAreThoseOfTheDriver() throws SQLException {
        transactions().run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select sku from stock order by sku");
                    ResultSet rows = select.executeQuery()) {
                assertThat(rows.getStatement()).isSameAs(select);
                assertThat(rows.unwrap(ResultSet.class)).isSameAs(rows);
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString("sku")).isEqualTo("a");
                assertThat(rows.getMetaData().getColumnCount()).isEqualTo(1);
                assertThat(Set.of(rows)).contains(rows);
                assertThatThrownBy(() -> rows.getString("nothing")).isInstanceOf(SQLException.class);
                assertThat(connection.getMetaData().getDatabaseProductName()).isEqualToIgnoringCase(engine.name());
                return 0;
            }
        });
    }

    @Test
    void frameworkMayCloseTheConnectionAndSetTheModeThatItHas() throws SQLException {
        transactions().run(connection -> {
            connection.setAutoCommit(false);
            try (connection) {
                take(connection, "a");
            }
            return take(connection, "a");
        });

        assertThat(stored("a")).isEqualTo(8);
    }

    @Test
    void connectionIsOfNoUseAfterwards() throws SQLException {
        Statement statement = transactions().run(Connection::createStatement);
        Connection kept = transactions().run(connection -> connection);

        assertThatThrownBy(() -> take(kept, "a")).hasMessageContaining("over");
        assertThatThrownBy(() -> statement.execute("select 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("over");
        assertThat(Set.of(kept, statement)).contains(kept, statement);
        assertThat(kept.toString()).startsWith("guarded ");
    }

    @Test
    void driverCanBeReachedThroughTheGuard() throws SQLException {
        transactions().run(connection -> {
            Class<?> driver;
            try (Connection raw = database.dataSource().getConnection()) {
                driver = raw.getClass();
            }
            assertThat(connection.isWrapperFor(driver)).isTrue();
            assertThat(connection.unwrap(driver)).isInstanceOf(driver);
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
            assertThat(connection.isWrapperFor(Connection.class)).isTrue();
            return 0;
        });
    }

    @Test
    void transactionInsideItsOwnConnectionIsRefused() throws SQLException {
        assertThatThrownBy(() -> transactions().run(connection -> {
                    take(connection, "a");
                    DataSource joining = mock(DataSource.class);
                    when(joining.getConnection()).thenReturn(connection);
                    return SqlTransactions.of(joining).run(inner -> take(inner, "b"));
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("runs already");

        assertThat(stored("a")).isEqualTo(10);
        assertThat(stored("b")).isEqualTo(10);
    }

    @Test
    void innerTransactionOnItsOwnConnectionIsIndependent() throws SQLException {
        assertThatThrownBy(() -> transactions().run(connection -> {
                    take(connection, "a");
                    transactions().run(inner -> take(inner, "b"));
                    throw new SQLException("outer fails");
                }))
                .hasMessage("outer fails");

        assertThat(stored("a")).isEqualTo(10);
        assertThat(stored("b")).isEqualTo(9);
    }
}
