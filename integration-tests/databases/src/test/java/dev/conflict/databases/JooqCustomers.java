package dev.conflict.databases;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import dev.conflict.Conflicts;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** jOOQ. */
record JooqCustomers(DSLContext sql) implements Shop.Customers {
    private static final Table<Record> CUSTOMER = table("customer");
    private static final Field<Long> ID = field("id", Long.class);
    private static final Field<Long> VERSION = field("version", Long.class);
    private static final Field<String> EMAIL = field("email", String.class);

    @Override
    public void changeEmail(long id, long version, String email) {
        Conflicts.requireUpdated(sql.update(CUSTOMER)
                .set(EMAIL, email)
                .set(VERSION, VERSION.plus(1))
                .where(ID.eq(id), VERSION.eq(version))
                .execute());
    }

    @Override
    public void remove(long id) {
        Conflicts.requireUpdated(sql.deleteFrom(CUSTOMER).where(ID.eq(id)).execute());
    }
}
