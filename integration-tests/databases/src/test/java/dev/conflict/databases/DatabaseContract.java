package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.conflict.sql.SqlConflicts;
import dev.conflict.sql.SqlFailure;
import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import dev.conflict.sql.SqlTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the matrix on one database: in a statement, in a batch, and where it can be at the commit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class DatabaseContract extends Scenarios {
    /** How a statement is run. */
    enum Way {
        STATEMENT,
        BATCH,
        PREPARED_BATCH
    }

    private final Map<Row, TreeSet<String>> ran = new EnumMap<>(Row.class);

    @SuppressWarnings("NullAway.Init")
    private Map<Row, Expected> expected;

    abstract Product product();

    /** The table that {@link Expected} reads. */
    abstract String expectations();

    /** Whether a refusal is in the language that the server is to speak. */
    void assertLanguage(SQLException thrown) {}

    @BeforeAll
    void read() {
        expected = Expected.table(expectations());
    }

    @BeforeEach
    void create() throws SQLException {
        recreate();
    }

    @Test
    void tableHasEachRow() {
        assertThat(expected).containsOnlyKeys(Row.values());
    }

    record Case(Row row, Way way) {}

    Stream<Case> statements() {
        return Stream.of(Row.values())
                .filter(Row::isStatement)
                .filter(this::isPossible)
                .flatMap(row -> Stream.of(Way.values()).map(way -> new Case(row, way)));
    }

    Stream<Row> scenarios() {
        return Stream.of(Row.values()).filter(row -> !row.isStatement()).filter(this::isPossible);
    }

    private boolean isPossible(Row row) {
        return expected.get(row) != null && expected.get(row).impossible().isEmpty();
    }

    @ParameterizedTest
    @MethodSource("statements")
    void statementIsReadRight(Case each) throws SQLException {
        SQLException thrown = refused(connection -> run(connection, sql(each.row()), each.way()));

        assertReadRight(each.row(), each.way().name(), thrown);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void whatHappensBetweenTransactionsIsReadRight(Row row) throws Exception {
        boolean atCommit = row.name().startsWith("DEFERRED");

        assertReadRight(row, atCommit ? "COMMIT" : "TRANSACTION", scenario(row));
    }

    @Test
    void transactionOfASwallowedDeadlockIsRunAgain() throws Exception {
        assumeThat(isPossible(Row.DEADLOCK)).as("deadlocks").isTrue();

        assertThat(new Crossing(dataSource()).by(SqlTransactions.of(dataSource())::run))
                .containsExactly("1 left", "1 right", "2 left", "2 right", "1 8", "2 8");
    }

    /** The same without our guard: the driver commits, and says nothing of what is missing. */
    @Test
    void driverCommitsWhatADeadlockLeft() throws Exception {
        assumeThat(isPossible(Row.DEADLOCK)).as("deadlocks").isTrue();

        List<String> stored = new Crossing(dataSource()).by(work -> {
            try (Connection connection = dataSource().getConnection()) {
                connection.setAutoCommit(false);
                work.run(connection);
                connection.commit();
            }
        });

        assertThat(stored).hasSizeBetween(4, 5).contains("1 9", "2 9");
    }

    private void assertReadRight(Row row, String way, SQLException thrown) {
        Expected right = Objects.requireNonNull(expected.get(row));
        SqlFailure failure = SqlConflicts.classify(new IllegalStateException("wrapped", thrown))
                .orElseThrow();

        String said = thrown + " -> " + failure;
        assertLanguage(thrown);
        assertThat(failure.product()).as(said).isEqualTo(product());
        assertThat(failure.kind()).as(said).isEqualTo(right.kind());
        assertThat(failure.constraint().map(DatabaseContract::lower).orElse(null))
                .as(said)
                .isEqualTo(right.constraint());
        assertThat(failure.table().map(DatabaseContract::lower).orElse(null))
                .as(said)
                .isEqualTo(right.table());
        assertThat(failure.columns().stream().map(DatabaseContract::lower))
                .as(said)
                .isEqualTo(right.columns());
        assertThat(failure.evidence()).as(said).isEqualTo(right.evidence());
        ran.computeIfAbsent(row, key -> new TreeSet<>())
                .add(way + " " + failure.sqlState().orElse("-") + "/" + failure.vendorCode());
    }

    private static void run(Connection connection, String sql, Way way) throws SQLException {
        switch (way) {
            case STATEMENT -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                }
            }
            case BATCH -> {
                try (Statement statement = connection.createStatement()) {
                    statement.addBatch("update parent set name = 'z' where id = 77");
                    statement.addBatch(sql);
                    statement.executeBatch();
                }
            }
            case PREPARED_BATCH -> {
                try (var statement = connection.prepareStatement(sql)) {
                    statement.addBatch();
                    statement.addBatch();
                    statement.executeBatch();
                }
            }
        }
    }

    /** Ten thousand values in unique columns: a declared one and one that nobody declared. */
    @Test
    void hostileValuesNeitherChangeTheConstraintNorReachTheConflict() throws SQLException {
        new HostileValues(this).playOut();
    }

    @Test
    void catalogueIsHeldAgainstTheDatabase() throws SQLException {
        new CatalogCheck(this).playOut();
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @AfterAll
    void printMatrix() {
        List<String> lines = new ArrayList<>();
        for (Row row : Row.values()) {
            Expected right = Objects.requireNonNull(expected.get(row));
            Kind kind = right.kind();
            String what = kind == null
                    ? "impossible: " + right.impossible()
                    : ran.containsKey(row) ? kind + " " + ran.get(row) : "NOT RUN";
            lines.add(String.format(Locale.ROOT, "  %-24s %s", row, what));
        }
        System.out.println(
                "Matrix of " + getClass().getSimpleName() + " (" + product() + ")\n" + String.join("\n", lines));
        close();
    }
}
