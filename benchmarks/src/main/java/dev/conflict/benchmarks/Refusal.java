package dev.conflict.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a driver throws: of H2 and SQLite by the driver itself, of the others as their drivers build it. */
final class Refusal {
    private static final String[] SCHEMA = {
        "create table parent (id int primary key, name varchar(50), constraint uk_name unique (name))",
        "create table child (id int primary key, parent_id int,"
                + " constraint fk_parent foreign key (parent_id) references parent (id))",
        "insert into parent values (1, 'a')",
        "insert into child values (1, 1)"
    };

    private static final String UNIQUE = "insert into parent values (2, 'a')";

    private Refusal() {}

    static SQLException of(String failure) throws SQLException {
        return switch (failure) {
            case "PostgreSQL unique" ->
                postgres(
                        "C23505\0Mduplicate key value violates unique constraint \"uk_name\"\0"
                                + "DKey (name)=(a) already exists.\0spublic\0tparent\0nuk_name\0Fnbtinsert.c\0L666\0R_bt_check_unique\0");
            case "PostgreSQL foreign key" ->
                postgres("C23503\0Mupdate or delete on table \"parent\" violates foreign key constraint"
                        + " \"fk_parent\" on table \"child\"\0DKey (id)=(1) is still referenced from table \"child\".\0"
                        + "spublic\0tchild\0nfk_parent\0Fri_triggers.c\0L2621\0Rri_ReportViolation\0");
            case "PostgreSQL lock timeout" ->
                postgres("C55P03\0Mcanceling statement due to lock timeout\0"
                        + "Fpostgres.c\0L3400\0RProcessInterrupts\0");
            case "H2 unique" -> refused("jdbc:h2:mem:classify", UNIQUE);
            case "H2 foreign key" -> refused("jdbc:h2:mem:classify", "delete from parent where id = 1");
            case "SQLite unique" -> refused("jdbc:sqlite::memory:", UNIQUE);
            case "MariaDB lock timeout" ->
                made(
                        "org.mariadb.jdbc.export.ExceptionFactory",
                        new SQLException(
                                "(conn=7) Lock wait timeout exceeded; try restarting transaction", "HY000", 1205));
            case "MySQL snapshot" ->
                made(
                        "com.mysql.cj.jdbc.exceptions.SQLError",
                        new SQLException("Record has changed since last read in table 'stock'", "HY000", 1020));
            default -> throw new IllegalArgumentException(failure);
        };
    }

    private static SQLException postgres(String fields) {
        return new PSQLException(new ServerErrorMessage("SERROR\0VERROR\0" + fields));
    }

    private static SQLException refused(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String each : SCHEMA) {
                statement.execute(each);
            }
            try {
                statement.execute(sql);
            } catch (SQLException refused) {
                return refused;
            }
        }
        throw new IllegalStateException("nothing was refused");
    }

    /** The JDK's class, made in one of the driver's, as the top of the stack trace says. */
    private static SQLException made(String maker, SQLException thrown) {
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.lang.reflect.Constructor", "newInstance", "Constructor.java", 1),
            new StackTraceElement(maker, "make", null, 1),
            new StackTraceElement("com.example.Application", "run", "Application.java", 1)
        });
        return thrown;
    }
}
