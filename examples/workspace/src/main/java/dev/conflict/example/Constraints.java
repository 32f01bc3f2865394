package dev.conflict.example;

import static dev.conflict.Disclosure.PUBLIC;

import dev.conflict.Disclosure;
import dev.conflict.sql.ConstraintCatalog;

/** What the constraints of the database mean to a caller, where they refuse what a guard let pass. */
final class Constraints {
    private Constraints() {}

    /**
     * Declares them. Among colleagues it may be told that an e-mail address is taken; a site for the public leaves it hidden,
     * since who has an account there is nobody's business.
     */
    static ConstraintCatalog of(Disclosure emails) {
        return ConstraintCatalog.builder()
                .unique("uk_users_email", "email")
                .disclose(emails)
                .unique("uk_users_username", "username")
                .disclose(PUBLIC)
                .unique("uk_products_sku", "sku")
                .disclose(PUBLIC)
                .foreignKey("fk_orders_customer", "customer")
                .foreignKey("fk_orders_product", "product")
                .check("ck_orders_quantity", "quantity", "positive")
                .build();
    }
}
