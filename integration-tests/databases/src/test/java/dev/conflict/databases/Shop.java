package dev.conflict.databases;

import dev.conflict.Disclosure;
import dev.conflict.sql.ConstraintCatalog;

/** The tables that the examples of docs/sql.md write to. */
final class Shop {
    static final ConstraintCatalog CONSTRAINTS = ConstraintCatalog.builder()
            .unique("uk_customer_email", "email")
            .disclose(Disclosure.PUBLIC)
            .foreignKey("fk_order_customer", "customerId")
            .whenReferenced("CUSTOMER_HAS_ORDERS")
            .check("ck_order_amount", "amount", "positive")
            .notNull("orders.amount", "amount")
            .build();

    static final String[] TABLES = {
        "create table customer (id bigint not null, email varchar(100), version bigint not null,"
                + " constraint pk_customer primary key (id), constraint uk_customer_email unique (email))",
        "create table orders (id bigint not null, customer_id bigint, amount int not null,"
                + " constraint pk_order primary key (id),"
                + " constraint fk_order_customer foreign key (customer_id) references customer (id),"
                + " constraint ck_order_amount check (amount > 0))",
        "insert into customer (id, email, version) values (1, 'ann@example.org', 1)",
        "insert into customer (id, email, version) values (2, 'bob@example.org', 1)",
        "insert into orders (id, customer_id, amount) values (1, 1, 10)"
    };

    private Shop() {}

    /** What each way of talking to the database does. */
    interface Customers {
        void changeEmail(long id, long version, String email) throws Exception;

        void remove(long id) throws Exception;
    }
}
