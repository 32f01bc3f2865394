package dev.conflict.harness;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

final class H2Database extends Database {
    private final String url;

    H2Database(String name) {
        // The delay keeps the memory while no connection is open; close() ends it.
        url = "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1";
    }

    @Override
    public DatabaseEngine engine() {
        return DatabaseEngine.H2;
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public String user() {
        return "sa";
    }

    @Override
    public String password() {
        return "";
    }

    @Override
    public DataSource dataSource() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser(user());
        source.setPassword(password());
        return source;
    }

    @Override
    public void close() {
        execute("SHUTDOWN");
    }
}
