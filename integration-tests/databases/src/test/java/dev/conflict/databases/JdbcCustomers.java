package dev.conflict.databases;

import dev.conflict.Conflicts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Plain JDBC. */
record JdbcCustomers(DataSource dataSource) implements Shop.Customers {
    @Override
    public void changeEmail(long id, long version, String email) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update customer set email = ?, version = version + 1 where id = ? and version = ?")) {
            update.setString(1, email);
            update.setLong(2, id);
            update.setLong(3, version);
            Conflicts.requireUpdated(update.executeUpdate());
        }
    }

    @Override
    public void remove(long id) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement("delete from customer where id = ?")) {
            delete.setLong(1, id);
            Conflicts.requireUpdated(delete.executeUpdate());
        }
    }
}
