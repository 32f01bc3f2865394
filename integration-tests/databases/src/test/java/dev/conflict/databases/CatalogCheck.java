package dev.conflict.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conflict.sql.ConstraintCatalog;
import dev.conflict.sql.ConstraintReport;
import dev.conflict.sql.SqlFailure.Product;
import java.sql.SQLException;
import java.util.List;

/** A catalogue held against the tables of the matrix. */
record CatalogCheck(DatabaseContract database) {
    void playOut() throws SQLException {
        database.drop("table coded");
        database.execute("create table coded (id int not null, code varchar(10) not null, unique (code))");
        boolean names = database.product() != Product.SQLITE;

        ConstraintReport report = catalog()
                .unique("uk_gone", "gone")
                .notNull("child.parent_id", "parentId")
                .build()
                .check(database.dataSource());

        assertThat(report.missing())
                .containsExactly("\"uk_gone\" (unique, field gone)", "\"child.parent_id\" (not null, field parentId)");
        assertThat(lower(report.undeclared())).contains(names ? "parent.uk_place" : "parent.region,number");
        assertThat(lower(report.undeclared())).doesNotContain("parent.uk_name", "child.ck_amount", "parent.pk_parent");
        assertThat(report.undeclared().size() + report.unnamed().size()).isGreaterThan(1);
        if (List.of(Product.H2, Product.HSQLDB, Product.DERBY).contains(database.product())) {
            assertThat(lower(report.unnamed())).anyMatch(name -> name.startsWith("coded."));
        }
        assertThatThrownBy(report::requireNoneMissing)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("declared, but not in the database: \"uk_gone\"");
        assertThat(catalog()
                        .build()
                        .check(database.dataSource())
                        .requireNoneMissing()
                        .missing())
                .isEmpty();
    }

    private ConstraintCatalog.Builder catalog() {
        boolean names = database.product() != Product.SQLITE;
        boolean mySql = database.product() == Product.MARIADB || database.product() == Product.MYSQL;
        ConstraintCatalog.Builder builder = ConstraintCatalog.builder()
                .notNull("child.amount", "amount")
                .unique(names ? "uk_name" : "parent.name", "name")
                .unique(mySql ? "parent.primary" : names ? "parent.pk_parent" : "parent.id", "id");
        return names ? builder.foreignKey("fk_parent", "parentId").check("ck_amount", "amount", "positive") : builder;
    }

    private static List<String> lower(List<String> names) {
        return names.stream().map(DatabaseContract::lower).toList();
    }
}
