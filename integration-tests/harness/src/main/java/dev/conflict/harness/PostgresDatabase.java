package dev.conflict.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

final class PostgresDatabase extends Database {
    private final EmbeddedPostgres server;
    private final String name;

    PostgresDatabase(EmbeddedPostgres server, String name) {
        this.server = server;
        this.name = name;
        onServer("CREATE DATABASE " + name);
    }

    @Override
    public DatabaseEngine engine() {
        return DatabaseEngine.POSTGRESQL;
    }

    @Override
    public String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + name;
    }

    @Override
    public String user() {
        return "postgres";
    }

    @Override
    public String password() {
        return "";
    }

    @Override
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser(user());
        return source;
    }

    @Override
    public void close() {
        onServer("DROP DATABASE " + name + " WITH (FORCE)");
    }

    private void onServer(String sql) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL refused: " + sql, e);
        }
    }
}
