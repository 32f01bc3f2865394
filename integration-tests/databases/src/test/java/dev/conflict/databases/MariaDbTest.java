package dev.conflict.databases;

import dev.conflict.sql.SqlFailure.Product;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;

class MariaDbTest extends MariaDbContract {
    @Override
    Product product() {
        return Product.MARIADB;
    }

    @Override
    DataSource dataSource() {
        return source(address);
    }

    static DataSource source(String address) {
        try {
            MariaDbDataSource source = new MariaDbDataSource("jdbc:mariadb:" + address + "?sslMode=disable");
            source.setUser("root");
            source.setPassword("");
            return source;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
