package dev.conflict.databases;

import com.mysql.cj.jdbc.MysqlDataSource;
import dev.conflict.sql.SqlFailure.Product;
import javax.sql.DataSource;

/** MySQL's driver, which words the errors of the server in other classes and other states. */
class MySqlDriverTest extends MariaDbContract {
    @Override
    Product product() {
        return Product.MYSQL;
    }

    @Override
    DataSource dataSource() {
        return source(address);
    }

    static DataSource source(String address) {
        MysqlDataSource source = new MysqlDataSource();
        source.setUrl("jdbc:mysql:" + address + "?sslMode=DISABLED&allowPublicKeyRetrieval=true");
        source.setUser("root");
        source.setPassword("");
        return source;
    }
}
