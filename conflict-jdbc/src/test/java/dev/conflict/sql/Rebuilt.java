package dev.conflict.sql;

import java.sql.SQLException;

/** An exception as a driver makes it that does not run here: the JDK's class, made in one of the driver's. */
final class Rebuilt {
    static final String MYSQL = "com.mysql.cj.jdbc.exceptions.SQLError";
    static final String MARIADB = "org.mariadb.jdbc.export.ExceptionFactory";
    static final String ORACLE = "oracle.jdbc.driver.T4CTTIoer11";
    static final String SQL_SERVER = "com.microsoft.sqlserver.jdbc.SQLServerException";
    static final String DB2 = "com.ibm.db2.jcc.am.kd";
    static final String HSQLDB = "org.hsqldb.jdbc.JDBCUtil";
    static final String DERBY = "org.apache.derby.impl.jdbc.SQLExceptionFactory";
    static final String SQLITE = "org.sqlite.core.DB";

    private Rebuilt() {}

    static SQLException exception(String maker, String state, int code, String text) {
        return madeBy(maker, new SQLException(text, state, code));
    }

    static <T extends Throwable> T madeBy(String maker, T thrown) {
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.lang.reflect.Constructor", "newInstance", "Constructor.java", 1),
            new StackTraceElement(maker, "make", null, 1),
            new StackTraceElement("com.example.Application", "run", "Application.java", 1)
        });
        return thrown;
    }
}
