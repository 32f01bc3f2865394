package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.harness.Database;
import dev.conflict.harness.DatabaseEngine;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConstraintCheckTest {
    private static final String[] TABLES = {
        "create table parent (id int constraint pk_parent primary key, name varchar(50), constraint uk_name unique (name))",
        "create table child (id int not null, parent_id int, amount int, unique (id),"
                + " constraint fk_parent foreign key (parent_id) references parent (id),"
                + " constraint ck_amount check (amount > 0))",
        "create unique index ux_amount on child (amount)"
    };

    @ParameterizedTest
    @EnumSource
    void declarationsAreHeldAgainstTheDatabase(DatabaseEngine engine) throws SQLException {
        try (Database database = engine.fresh()) {
            database.execute(TABLES);
            ConstraintReport report = ConstraintCatalog.builder()
                    .unique("uk_name", "name")
                    .unique("uk_nmae", "name")
                    .check("ux_amount", "amount", "rule")
                    .notNull("child.id", "id")
                    .notNull("child.amount", "amount")
                    .exclusion("ex_gone", "room", "ROOM_TAKEN")
                    .build()
                    .check(database.dataSource());

            assertThat(report.missing())
                    .containsExactly(
                            "\"uk_nmae\" (unique, field name)",
                            "\"ux_amount\" (check, field amount)",
                            "\"child.amount\" (not null, field amount)",
                            "\"ex_gone\" (exclusion, field room)");
            List<String> undeclared = report.undeclared().stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .toList();
            assertThat(undeclared).contains("child.ck_amount", "child.fk_parent", "child.ux_amount");
            assertThat(undeclared).doesNotContain("parent.uk_name", "parent.pk_parent");
            assertThat(report.unnamed()).hasSize(engine == DatabaseEngine.H2 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void catalogueThatFitsIsNoReasonToStop(DatabaseEngine engine) throws SQLException {
        try (Database database = engine.fresh()) {
            database.execute(TABLES);
            ConstraintCatalog catalog = ConstraintCatalog.builder()
                    .unique("uk_name", "name")
                    .unique("pk_parent", "id")
                    .foreignKey("child.fk_parent", "parent")
                    .check("ck_amount", "amount", "positive")
                    .unique("ux_amount", "amount")
                    .build();

            assertThat(catalog.check(database.dataSource()).requireNoneMissing().missing())
                    .isEmpty();
        }
    }

    @Test
    void reportSaysAllAtOnce() {
        ConstraintReport report = new ConstraintReport(List.of("a", "b"), List.of(), List.of("t.SYS_1"));

        assertThatThrownBy(report::requireNoneMissing)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("""
                        Constraints of the catalogue and of the database
                          declared, but not in the database: a, b
                          in the database, but not declared: none
                          without a name that could be declared: t.SYS_1""");
    }

    @ParameterizedTest
    @CsvSource({
        "CONSTRAINT_6, true",
        "CONSTRAINT_INDEX_6, true",
        "SYS_CT_10092, true",
        "SYS_IDX_10093, true",
        "SQL0000000006-d74f-xxx, false",
        "SQL0000000006-d74fb0e5-0190, true",
        "SQL240326060623220, true",
        "SYS_C0047638, true",
        "PK__Table_1__3214EC27204DF2A8, true",
        "UQ__users__AB6E6164A1B2C3D4, true",
        "sqlite_autoindex_t_1, true",
        "uk_name, false",
        "PK_Customers, false",
        "constraint_of_mine, false"
    })
    void namesThatAProductMadeUpAreRecognised(String name, boolean generated) {
        assertThat(new FoundConstraint(null, "t", name, FoundConstraint.Sort.UNIQUE).isGenerated())
                .isEqualTo(generated);
    }
}
