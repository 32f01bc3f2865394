package dev.conflict.benchmarks;

import dev.conflict.sql.SqlConflicts;
import java.sql.SQLException;
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
    /** The product and what it refused. Of the last four, one or both of Spring's make nothing. */
    @Param({
        "PostgreSQL unique",
        "PostgreSQL foreign key",
        "H2 unique",
        "H2 foreign key",
        "PostgreSQL lock timeout",
        "MariaDB lock timeout",
        "MySQL snapshot",
        "SQLite unique"
    })
    public String failure;

    private SQLException thrown;
    private SQLErrorCodeSQLExceptionTranslator byCode;
    private final SQLStateSQLExceptionTranslator byState = new SQLStateSQLExceptionTranslator();

    @Setup
    public void start() throws SQLException {
        thrown = Refusal.of(failure);
        byCode = new SQLErrorCodeSQLExceptionTranslator(failure.substring(0, failure.indexOf(' ')));
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
