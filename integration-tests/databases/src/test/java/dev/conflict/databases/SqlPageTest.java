package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.example.tiny.TinyException;
import dev.conflict.Disclosure;
import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import dev.conflict.sql.ConstraintCatalog;
import dev.conflict.sql.SqlConflicts;
import dev.conflict.sql.SqlFailure;
import dev.conflict.sql.SqlFailure.Evidence;
import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import dev.conflict.sql.SqlFailure.Retry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What docs/sql.md shows beside the four ways to write. */
class SqlPageTest {
    private static final Logger LOG = System.getLogger(SqlPageTest.class.getName());

    static final ConstraintCatalog CONSTRAINTS = ConstraintCatalog.builder()
            .unique("uk_customer_email", "email")
            .disclose(Disclosure.PUBLIC)
            .foreignKey("fk_order_customer", "customerId")
            .whenReferenced("CUSTOMER_HAS_ORDERS")
            .check("ck_order_amount", "amount", "positive")
            .notNull("orders.amount", "amount")
            .build();

    @Test
    void catalogueOfThePageFitsItsTables() {
        try (Database database = DatabaseEngine.H2.fresh()) {
            database.execute(Shop.TABLES);
            DataSource dataSource = database.dataSource();

            assertThatCode(() -> start(dataSource)).doesNotThrowAnyException();
        }
    }

    private static void start(DataSource dataSource) throws SQLException {
        LOG.log(Level.INFO, CONSTRAINTS.check(dataSource).requireNoneMissing());
    }

    @Test
    void failureTellsWhetherToRunAgain() {
        Throwable thrown = new IllegalStateException(new TinyException(7));
        SqlFailure failure = SqlConflicts.classify(thrown).orElseThrow();

        if (failure.retry() == Retry.FRESH_TRANSACTION) {
            LOG.log(Level.INFO, "to be run again: {0}", failure);
        }

        assertThat(failure.retry()).isEqualTo(Retry.NONE);
    }

    @Test
    void productThatIsNotKnownIsReadByItsAnnouncedDialect() {
        SqlFailure failure = SqlConflicts.classify(new TinyException(7)).orElseThrow();

        assertThat(failure.kind()).isEqualTo(Kind.UNIQUE);
        assertThat(failure.product()).isEqualTo(Product.OTHER);
        assertThat(failure.sqlState()).contains("X0007");
        assertThat(failure.evidence()).isEqualTo(Evidence.CODE_ONLY);
        assertThat(SqlConflicts.classify(new TinyException(8)).map(SqlFailure::kind))
                .contains(Kind.NO_CONFLICT);
    }

    @Test
    void dialectCanTellNames() {
        SqlFailure failure = SqlFailure.of(Kind.UNIQUE, new TinyException(7))
                .table("users", Evidence.STRUCTURED, "email")
                .constraint("uk", Evidence.STRUCTURED);

        assertThat(failure.table()).contains("users");
        assertThat(failure.columns()).containsExactly("email");
        assertThat(failure.constraint()).contains("uk");
        assertThat(failure.evidence()).isEqualTo(Evidence.STRUCTURED);
    }
}
