package dev.conflict.jpa.kit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** A network that delivers one commit to the database and loses the answer. */
final class LostAnswers {
    private final AtomicBoolean loses = new AtomicBoolean();

    /** Has the answer to the next commit lost. */
    void loseNext() {
        loses.set(true);
    }

    /** Returns the same source behind this network. */
    DataSource of(DataSource source) {
        return (DataSource) Proxy.newProxyInstance(
                LostAnswers.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(source, arguments);
                        return result instanceof Connection connection ? behindNetwork(connection) : result;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private Connection behindNetwork(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                LostAnswers.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(connection, arguments);
                        if (method.getName().equals("commit")) {
                            answer();
                        }
                        return result;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private void answer() throws SQLException {
        if (loses.getAndSet(false)) {
            throw new SQLNonTransientConnectionException("An I/O error occurred", "08006");
        }
    }
}
