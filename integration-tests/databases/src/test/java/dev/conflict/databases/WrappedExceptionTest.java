package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.conflict.Conflict;
import dev.conflict.ConflictReaders;
import dev.conflict.Disclosure;
import dev.conflict.databases.Shop.Customers;
import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.sql.SqlConflictReader;
import dev.conflict.sql.SqlConflicts;
import dev.conflict.sql.SqlFailure;
import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Phase;
import jakarta.ejb.EJBException;
import jakarta.ejb.EJBTransactionRolledbackException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionSystemException;

/** What libraries make of an SQL exception, thrown by the libraries themselves. */
class WrappedExceptionTest {
    private static final ConflictReaders READERS =
            ConflictReaders.load(List.of(SqlConflictReader.of(Shop.CONSTRAINTS)), Shop.class.getClassLoader());

    /** A library over an engine. */
    record Stack(String name, DatabaseEngine engine, Function<DataSource, Customers> customers) {
        @Override
        public String toString() {
            return name + " on " + engine;
        }
    }

    static Stream<Stack> stacks() {
        return Stream.of(DatabaseEngine.values())
                .flatMap(engine -> Stream.of(
                        new Stack("JDBC", engine, JdbcCustomers::new),
                        new Stack("Spring JDBC", engine, source -> new SpringCustomers(new JdbcTemplate(source))),
                        new Stack(
                                "jOOQ",
                                engine,
                                source -> new JooqCustomers(DSL.using(
                                        source, engine == DatabaseEngine.H2 ? SQLDialect.H2 : SQLDialect.POSTGRES))),
                        new Stack("MyBatis", engine, WrappedExceptionTest::myBatis)));
    }

    private static Customers myBatis(DataSource source) {
        Configuration configuration = new Configuration(new Environment("test", new JdbcTransactionFactory(), source));
        configuration.addMapper(MyBatisCustomers.CustomerMapper.class);
        return new MyBatisCustomers(new SqlSessionFactoryBuilder().build(configuration));
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void conflictIsReadOutOfWhatALibraryThrows(Stack stack) throws Exception {
        try (Database database = stack.engine().fresh()) {
            database.execute(Shop.TABLES);
            Customers customers = stack.customers().apply(database.dataSource());

            customers.changeEmail(2, 1, "carl@example.org");

            assertThat(read(() -> customers.changeEmail(2, 1, "dora@example.org")))
                    .isInstanceOf(Conflict.VersionMismatch.class);
            assertThat(read(() -> customers.changeEmail(2, 2, "ann@example.org")))
                    .isEqualTo(new Conflict.Uniqueness(null, "email", Disclosure.PUBLIC));
            assertThat(read(() -> customers.remove(1))).isEqualTo(new Conflict.Dependency("CUSTOMER_HAS_ORDERS"));
        }
    }

    private static Conflict read(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        Throwable thrown = Objects.requireNonNull(catchThrowable(work), "nothing was refused");
        return READERS.read(thrown)
                .orElseThrow(() -> new AssertionError(thrown))
                .conflict();
    }

    /** What containers and transaction managers wrap around the rest; all of it is unwrapped by cause. */
    static Stream<Function<SQLException, Exception>> wrappers() {
        return Stream.of(
                sql -> new DataIntegrityViolationException("x", sql),
                sql -> new DuplicateKeyException(
                        "x", new org.springframework.dao.InvalidDataAccessApiUsageException("y", sql)),
                sql -> new EJBException("x", sql),
                sql -> new EJBTransactionRolledbackException("x", new EJBException("y", sql)),
                sql -> new org.jooq.exception.DataAccessException("x", sql),
                sql -> new org.apache.ibatis.exceptions.PersistenceException("x", sql),
                sql -> new jakarta.persistence.PersistenceException("x", sql));
    }

    @ParameterizedTest
    @MethodSource("wrappers")
    void wrappersAreLookedThrough(Function<SQLException, Exception> wrapper) throws SQLException {
        assertThat(SqlConflicts.classify(wrapper.apply(duplicate()))).get().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.UNIQUE);
            assertThat(failure.constraint()).contains("UK_CUSTOMER_EMAIL");
            assertThat(failure.phase()).isEmpty();
        });
    }

    static Stream<Function<SQLException, Exception>> commits() {
        return Stream.of(
                sql -> new TransactionSystemException("x", sql),
                sql -> new jakarta.persistence.RollbackException("x", sql),
                sql -> new org.springframework.dao.DataIntegrityViolationException(
                        "x", new jakarta.persistence.RollbackException("y", sql)),
                sql -> {
                    jakarta.transaction.RollbackException rollback = new jakarta.transaction.RollbackException("x");
                    rollback.initCause(sql);
                    return rollback;
                },
                sql -> new org.hibernate.TransactionException("x", sql));
    }

    @ParameterizedTest
    @MethodSource("commits")
    void wrapperOfACommitTellsThePhase(Function<SQLException, Exception> wrapper) throws SQLException {
        assertThat(SqlConflicts.classify(wrapper.apply(duplicate())).flatMap(SqlFailure::phase))
                .contains(Phase.COMMIT);
    }

    @Test
    void phaseCanBeToldByWhoKnowsIt() throws SQLException {
        SqlFailure failure = SqlConflicts.classify(duplicate()).orElseThrow();

        assertThat(failure.phase()).isEmpty();
        assertThat(failure.at(Phase.FLUSH).phase()).contains(Phase.FLUSH);
        assertThat(failure.at(Phase.FLUSH).constraint()).isEqualTo(failure.constraint());
    }

    private static SQLException duplicate() throws SQLException {
        try (Database database = DatabaseEngine.H2.fresh()) {
            database.execute(Shop.TABLES);
            return Scenarios.thrownBy(
                    () -> new JdbcCustomers(database.dataSource()).changeEmail(2, 1, "ann@example.org"));
        }
    }
}
