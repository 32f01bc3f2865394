package dev.conflict.databases;

import dev.conflict.Conflicts;
import org.springframework.jdbc.core.JdbcTemplate;

/** Spring JDBC. */
record SpringCustomers(JdbcTemplate jdbc) implements Shop.Customers {
    @Override
    public void changeEmail(long id, long version, String email) {
        Conflicts.requireUpdated(jdbc.update(
                "update customer set email = ?, version = version + 1 where id = ? and version = ?",
                email,
                id,
                version));
    }

    @Override
    public void remove(long id) {
        Conflicts.requireUpdated(jdbc.update("delete from customer where id = ?", id));
    }
}
