package dev.conflict.benchmarks;

import dev.conflict.sql.SqlConflicts;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/** One exception of a driver read by each: ours tells the constraint too, Spring's make an exception of their own. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ClassifyBenchmark {
    @Param({"PostgreSQL", "H2"})
    public String product;

    @Param({"unique", "foreignKey"})
    public String failure;

    private SQLException thrown;
    private SQLErrorCodeSQLExceptionTranslator byCode;
    private final SQLStateSQLExceptionTranslator byState = new SQLStateSQLExceptionTranslator();

    @Setup
    public void start() throws SQLException {
        thrown = product.equals("H2") ? ofH2(failure) : ofPostgres(failure);
        byCode = new SQLErrorCodeSQLExceptionTranslator(product);
    }

    private static SQLException ofPostgres(String failure) {
        String text = failure.equals("unique")
                ? "SERROR\0VERROR\0C23505\0Mduplicate key value violates unique constraint \"uk_name\"\0"
                        + "DKey (name)=(a) already exists.\0spublic\0tparent\0nuk_name\0Fnbtinsert.c\0L666\0R_bt_check_unique\0"
                : "SERROR\0VERROR\0C23503\0Mupdate or delete on table \"parent\" violates foreign key constraint"
                        + " \"fk_parent\" on table \"child\"\0DKey (id)=(1) is still referenced from table \"child\".\0"
                        + "spublic\0tchild\0nfk_parent\0Fri_triggers.c\0L2621\0Rri_ReportViolation\0";
        return new PSQLException(new ServerErrorMessage(text));
    }

    private static SQLException ofH2(String failure) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:classify");
                Statement statement = connection.createStatement()) {
            statement.execute("create table parent (id int primary key, name varchar(50),"
                    + " constraint uk_name unique (name))");
            statement.execute("create table child (id int primary key, parent_id int,"
                    + " constraint fk_parent foreign key (parent_id) references parent (id))");
            statement.execute("insert into parent values (1, 'a')");
            statement.execute("insert into child values (1, 1)");
            statement.execute(
                    failure.equals("unique")
                            ? "insert into parent values (2, 'a')"
                            : "delete from parent where id = 1");
        } catch (SQLException refused) {
            return refused;
        }
        throw new IllegalStateException("nothing was refused");
    }

    @Benchmark
    public Object conflict() {
        return SqlConflicts.classify(thrown);
    }

    @Benchmark
    public Object springByCode() {
        return byCode.translate("task", "insert", thrown);
    }

    @Benchmark
    public Object springByState() {
        return byState.translate("task", "insert", thrown);
    }
}
