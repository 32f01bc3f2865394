package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Phase;
import dev.conflict.sql.SqlFailure.Product;
import dev.conflict.sql.SqlFailure.Retry;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes that no test of a real database can provoke, and what they advise. */
class DialectKindTest {
    private static final Map<Product, String> MAKERS = Map.of(
            Product.POSTGRESQL, "org.postgresql.core.v3.QueryExecutorImpl",
            Product.H2, "org.h2.message.DbException",
            Product.MYSQL, Rebuilt.MYSQL,
            Product.MARIADB, Rebuilt.MARIADB,
            Product.HSQLDB, Rebuilt.HSQLDB,
            Product.DERBY, Rebuilt.DERBY,
            Product.SQLITE, Rebuilt.SQLITE,
            Product.ORACLE, Rebuilt.ORACLE,
            Product.SQL_SERVER, Rebuilt.SQL_SERVER,
            Product.DB2, Rebuilt.DB2);

    private static final Set<Kind> NO_CONFLICTS = EnumSet.of(
            Kind.QUERY_TIMEOUT,
            Kind.RAISED,
            Kind.DATA,
            Kind.TX_ABORTED,
            Kind.READ_ONLY,
            Kind.UNAVAILABLE,
            Kind.CONNECTION_LOST,
            Kind.OUTCOME_UNKNOWN,
            Kind.NO_CONFLICT,
            Kind.UNKNOWN);

    private static SqlFailure read(Product product, @Nullable String state, int code, String text) {
        String maker = MAKERS.getOrDefault(product, "com.example.Unknown");
        return SqlConflicts.classify(Rebuilt.madeBy(maker, new SQLException(text, state, code)))
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POSTGRESQL | 40003 | 0     | OUTCOME_UNKNOWN       | UNKNOWN_OUTCOME
                    POSTGRESQL | 08007 | 0     | OUTCOME_UNKNOWN       | UNKNOWN_OUTCOME
                    POSTGRESQL | 08006 | 0     | CONNECTION_LOST       | UNKNOWN_OUTCOME
                    POSTGRESQL | 57P02 | 0     | CONNECTION_LOST       | UNKNOWN_OUTCOME
                    POSTGRESQL | 08001 | 0     | UNAVAILABLE           | AFTER_DELAY
                    POSTGRESQL | 57P03 | 0     | UNAVAILABLE           | AFTER_DELAY
                    POSTGRESQL | 25P02 | 0     | TX_ABORTED            | NONE
                    POSTGRESQL | 25006 | 0     | READ_ONLY             | NONE
                    POSTGRESQL | 40001 | 0     | SERIALIZATION_FAILURE | FRESH_TRANSACTION
                    H2         | HYT00 | 50200 | LOCK_TIMEOUT          | AFTER_DELAY
                    H2         | 90131 | 90131 | SERIALIZATION_FAILURE | FRESH_TRANSACTION
                    H2         | 90044 | 90044 | RAISED                | NONE
                    H2         | 90097 | 90097 | READ_ONLY             | NONE
                    H2         | 90020 | 90020 | UNAVAILABLE           | AFTER_DELAY
                    H2         | 57014 | 57014 | QUERY_TIMEOUT         | NONE
                    MYSQL      | 40001 | 1205  | LOCK_TIMEOUT          | AFTER_DELAY
                    MYSQL      | HY000 | 3572  | LOCK_TIMEOUT          | AFTER_DELAY
                    MYSQL      | 40001 | 1213  | DEADLOCK              | FRESH_TRANSACTION
                    MYSQL      | HY000 | 1020  | SERIALIZATION_FAILURE | FRESH_TRANSACTION
                    MYSQL      | HY000 | 3024  | QUERY_TIMEOUT         | NONE
                    MYSQL      | 23000 | 1217  | FK_CHILD_EXISTS       | NONE
                    MYSQL      | 23000 | 1216  | FK_PARENT_MISSING     | NONE
                    MYSQL      | HY000 | 4025  | NO_CONFLICT           | NONE
                    MARIADB    | 23000 | 4025  | CHECK                 | NONE
                    MARIADB    | 45000 | 1644  | RAISED                | NONE
                    MARIADB    | 45001 | 1644  | RAISED                | NONE
                    MARIADB    | 08004 | 1040  | UNAVAILABLE           | AFTER_DELAY
                    MARIADB    | 08S01 | 0     | CONNECTION_LOST       | UNKNOWN_OUTCOME
                    MARIADB    | 42S02 | 1146  | NO_CONFLICT           | NONE
                    HSQLDB     | 40001 | -4861 | SERIALIZATION_FAILURE | FRESH_TRANSACTION
                    HSQLDB     | 40502 | -4872 | QUERY_TIMEOUT         | NONE
                    HSQLDB     | 08003 | -1303 | CONNECTION_LOST       | UNKNOWN_OUTCOME
                    DERBY      | 40001 | 30000 | DEADLOCK              | FRESH_TRANSACTION
                    DERBY      | 40XL1 | 30000 | LOCK_TIMEOUT          | AFTER_DELAY
                    DERBY      | 23506 | 30000 | UNIQUE                | NONE
                    DERBY      | 25502 | 20000 | READ_ONLY             | NONE
                    DERBY      | XJ040 | 40000 | UNAVAILABLE           | AFTER_DELAY
                    DERBY      | XJ015 | 50000 | CONNECTION_LOST       | UNKNOWN_OUTCOME
                    DERBY      | XCL52 | 30000 | QUERY_TIMEOUT         | NONE
                    ORACLE     | 61000 | 60    | DEADLOCK              | FRESH_TRANSACTION
                    ORACLE     | 72000 | 8177  | SERIALIZATION_FAILURE | FRESH_TRANSACTION
                    ORACLE     | 61000 | 54    | LOCK_TIMEOUT          | AFTER_DELAY
                    ORACLE     | 72000 | 1013  | QUERY_TIMEOUT         | NONE
                    ORACLE     | 72000 | 20001 | RAISED                | NONE
                    ORACLE     | 72000 | 12899 | DATA                  | NONE
                    ORACLE     | 25006 | 1456  | READ_ONLY             | NONE
                    ORACLE     | 66000 | 12514 | UNAVAILABLE           | AFTER_DELAY
                    ORACLE     | 08006 | 17002 | CONNECTION_LOST       | UNKNOWN_OUTCOME
                    ORACLE     | 72000 | 25408 | OUTCOME_UNKNOWN       | UNKNOWN_OUTCOME
                    ORACLE     | 72000 | 25405 | OUTCOME_UNKNOWN       | UNKNOWN_OUTCOME
                    ORACLE     | 72000 | 2050  | OUTCOME_UNKNOWN       | UNKNOWN_OUTCOME
                    ORACLE     | 72000 | 2051  | OUTCOME_UNKNOWN       | UNKNOWN_OUTCOME
                    ORACLE     | 40000 | 2053  | OUTCOME_UNKNOWN       | UNKNOWN_OUTCOME
                    ORACLE     | 40000 | 2054  | OUTCOME_UNKNOWN       | UNKNOWN_OUTCOME
                    ORACLE     | 72000 | 25402 | TX_ABORTED            | NONE
                    ORACLE     | 72000 | 2055  | TX_ABORTED            | NONE
                    ORACLE     | 23000 | 2290  | CHECK                 | NONE
                    ORACLE     | 42000 | 942   | NO_CONFLICT           | NONE
                    SQL_SERVER | 40001 | 1205  | DEADLOCK              | FRESH_TRANSACTION
                    SQL_SERVER | S0005 | 3960  | SERIALIZATION_FAILURE | FRESH_TRANSACTION
                    SQL_SERVER | S0051 | 1222  | LOCK_TIMEOUT          | AFTER_DELAY
                    SQL_SERVER | HY008 | 0     | QUERY_TIMEOUT         | NONE
                    SQL_SERVER | S0001 | 50000 | RAISED                | NONE
                    SQL_SERVER | S0001 | 3906  | READ_ONLY             | NONE
                    SQL_SERVER | S0001 | 3930  | TX_ABORTED            | NONE
                    SQL_SERVER | S0001 | 2628  | DATA                  | NONE
                    SQL_SERVER | S0001 | 4060  | UNAVAILABLE           | AFTER_DELAY
                    SQL_SERVER | 08S01 | 0     | CONNECTION_LOST       | UNKNOWN_OUTCOME
                    DB2        | 40001 | -911  | DEADLOCK              | FRESH_TRANSACTION
                    DB2        | 57014 | -952  | QUERY_TIMEOUT         | NONE
                    DB2        | 70001 | -438  | RAISED                | NONE
                    DB2        | 22001 | -433  | DATA                  | NONE
                    DB2        | 08001 | -30081 | CONNECTION_LOST      | UNKNOWN_OUTCOME
                    """)
    void codeTellsKindAndAdvice(Product product, String state, int code, Kind kind, Retry retry) {
        SqlFailure failure = read(product, state, code, "a text that nobody can read");

        assertThat(failure.product()).isEqualTo(product);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.retry()).isEqualTo(retry);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SQLITE     |       | 5     | [SQLITE_BUSY_SNAPSHOT] x                    | SERIALIZATION_FAILURE
                    SQLITE     |       | 5     | [SQLITE_BUSY] x                             | LOCK_TIMEOUT
                    SQLITE     |       | 6     | [SQLITE_LOCKED_SHAREDCACHE] x               | LOCK_TIMEOUT
                    SQLITE     |       | 8     | [SQLITE_READONLY_DBMOVED] x                 | READ_ONLY
                    SQLITE     |       | 14    | [SQLITE_CANTOPEN] x                         | UNAVAILABLE
                    SQLITE     |       | 9     | [SQLITE_INTERRUPT] x                        | QUERY_TIMEOUT
                    SQLITE     |       | 20    | [SQLITE_MISMATCH] x                         | DATA
                    SQLITE     |       | 4     | [SQLITE_ABORT_ROLLBACK] x                   | TX_ABORTED
                    SQLITE     |       | 0     | batch entry 1: [SQLITE_CONSTRAINT_TRIGGER] [SQLITE_CONSTRAINT_UNIQUE] | RAISED
                    SQLITE     |       | 1     | nothing in brackets                         | NO_CONFLICT
                    ORACLE     | 40000 | 2091  | ORA-02091: transaction rolled back          | NO_CONFLICT
                    DB2        | 40001 | -911  | DB2 SQL Error: SQLCODE=-911, SQLERRMC=68    | LOCK_TIMEOUT
                    DERBY      | 23503 | 20000 | DELETE on table 'P' caused a violation      | FK_CHILD_EXISTS
                    DERBY      | 23503 | 20000 | INSERT on table 'C' caused a violation      | FK_PARENT_MISSING
                    DERBY      | 23503 | 20000 | UPDATE on table 'C' caused a violation      | FOREIGN_KEY
                    """)
    void textTellsWhatTheCodeDoesNot(Product product, @Nullable String state, int code, String text, Kind kind) {
        assertThat(read(product, state, code, text).kind()).isEqualTo(kind);
    }

    /** What a commit says whose outcome is in doubt is no refusal, whatever class its SQLState is of. */
    @ParameterizedTest
    @ValueSource(ints = {2050, 2051, 2053, 2054, 25405, 25408})
    void commitOfOracleInDoubtIsNoRefusal(int code) {
        assertThat(read(Product.ORACLE, "40000", code, "x").isRefusedCommit()).isFalse();
    }

    @Test
    void timeoutOfTheDriverIsAQueryTimeout() {
        assertThat(SqlConflicts.classify(Rebuilt.madeBy(Rebuilt.MYSQL, new SQLTimeoutException("x"))))
                .map(SqlFailure::kind)
                .contains(Kind.QUERY_TIMEOUT);
    }

    /** Before the commit nothing was stored, so it can be done again; in a commit, or if nobody tells, it may have been. */
    @ParameterizedTest
    @EnumSource(Phase.class)
    void lostConnectionLeavesTheOutcomeUnknownUnlessItWasBeforeTheCommit(Phase phase) {
        SqlFailure lost = read(Product.POSTGRESQL, "08006", 0, "x");

        assertThat(lost.retry()).isEqualTo(Retry.UNKNOWN_OUTCOME);
        assertThat(lost.at(phase).retry()).isEqualTo(phase == Phase.COMMIT ? Retry.UNKNOWN_OUTCOME : Retry.AFTER_DELAY);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void kindIsAConflictOrSomethingElse(Kind kind) {
        assertThat(kind.isConflict()).isEqualTo(!NO_CONFLICTS.contains(kind));
    }
}
