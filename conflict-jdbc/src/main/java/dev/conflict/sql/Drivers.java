package dev.conflict.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Knows a product by its driver. Many drivers throw the classes of the JDK or of R2DBC's interfaces; then the cause is looked
 * at, and at last which class made the exception.
 */
final class Drivers {
    private static final Dialect POSTGRESQL = new PostgresDialect();
    private static final Dialect H2 = new H2Dialect();
    private static final Dialect MARIADB = new MySqlDialect(SqlFailure.Product.MARIADB);
    private static final Dialect MYSQL = new MySqlDialect(SqlFailure.Product.MYSQL);
    private static final Dialect HSQLDB = new HsqldbDialect();
    private static final Dialect DERBY = new DerbyDialect();
    private static final Dialect SQLITE = new SqliteDialect();
    private static final Dialect ORACLE = new OracleDialect();
    private static final Dialect SQL_SERVER = new SqlServerDialect();
    private static final Dialect DB2 = new Db2Dialect();

    private static final List<Driver> DRIVERS = List.of(
            new Driver("org.postgresql.", POSTGRESQL),
            new Driver("org.h2.", H2),
            new Driver("org.mariadb.", MARIADB),
            new Driver("com.mysql.", MYSQL),
            new Driver("oracle.", ORACLE),
            new Driver("com.microsoft.sqlserver.", SQL_SERVER),
            new Driver("com.ibm.db2.", DB2),
            new Driver("org.hsqldb.", HSQLDB),
            new Driver("org.apache.derby.", DERBY),
            new Driver("org.sqlite.", SQLITE),
            new Driver("com.yugabyte.", POSTGRESQL),
            new Driver("io.r2dbc.postgresql.", POSTGRESQL),
            new Driver("io.r2dbc.h2.", H2),
            new Driver("io.r2dbc.mssql.", SQL_SERVER),
            new Driver("io.asyncer.r2dbc.mysql.", MYSQL),
            new Driver("dev.miku.r2dbc.mysql.", MYSQL));

    /** Classes of nobody's in particular. */
    private static final List<String> COMMON = List.of("java.", "jdk.", "io.r2dbc.spi.");

    /** A driver's classes and whose they are. */
    private record Driver(String packages, Dialect dialect) {}

    private Drivers() {}

    /** The product that an exception came from; null if it is not known here. */
    static @Nullable Dialect dialect(Throwable thrown) {
        String name = thrown.getClass().getName();
        if (!isCommon(name)) {
            return byName(name);
        }
        Throwable cause = thrown.getCause();
        Dialect byCause = cause == null ? null : byName(cause.getClass().getName());
        return byCause == null ? byMaker(thrown) : byCause;
    }

    private static @Nullable Dialect byName(String name) {
        for (Driver driver : DRIVERS) {
            if (name.startsWith(driver.packages)) {
                return driver.dialect;
            }
        }
        return null;
    }

    private static @Nullable Dialect byMaker(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (!isCommon(frame.getClassName())) {
                return byName(frame.getClassName());
            }
        }
        return null;
    }

    private static boolean isCommon(String name) {
        for (String packages : COMMON) {
            if (name.startsWith(packages)) {
                return true;
            }
        }
        return false;
    }
}
