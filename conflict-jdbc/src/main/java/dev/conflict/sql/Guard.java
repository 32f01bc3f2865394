package dev.conflict.sql;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connection that the work sees: it cannot end the transaction, and its {@link Failures} remember which statement did.
 *
 * <p>Statements, rows and metadata are guarded too: they lead back to the connection, and fetching rows may fail.
 */
final class Guard implements InvocationHandler {
    /** On the connection that the work sees, so that a transaction inside of it can be told. */
    interface Guarded {}

    private static final String NOT_YOURS =
            "The transaction is committed or rolled back when the work ends: it returns to"
                    + " commit, and throws to roll back. A part of it can be rolled back to a savepoint. The isolation is an option of"
                    + " SqlTransactions";

    /** Calls whose first argument is a statement, and not a name or a value. */
    private static final Set<String> TAKING_STATEMENTS = Set.of(
            "execute",
            "executeQuery",
            "executeUpdate",
            "executeLargeUpdate",
            "addBatch",
            "prepareStatement",
            "prepareCall");

    private final Connection connection;
    private final Connection shown;
    private final Failures failures;
    private volatile boolean over;

    Guard(Connection connection) {
        this.connection = connection;
        this.failures = new Failures(connection);
        this.shown = (Connection) Proxy.newProxyInstance(
                Guard.class.getClassLoader(), new Class<?>[] {Connection.class, Guarded.class}, this);
    }

    static boolean isGuarded(Connection connection) {
        try {
            return connection instanceof Guarded || connection.isWrapperFor(Guarded.class);
        } catch (SQLException | LinkageError noSuchQuestion) {
            return false;
        }
    }

    Connection shown() {
        return shown;
    }

    Failures failures() {
        return failures;
    }

    /** From now on the work, or a thread that it left behind, can do nothing on the connection. */
    void end() {
        over = true;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args) throws Throwable {
        switch (method.getName()) {
            case "commit", "abort", "setTransactionIsolation" -> throw new IllegalStateException(NOT_YOURS);
            case "rollback", "setAutoCommit" -> {
                if (args == null || Boolean.TRUE.equals(args[0])) {
                    throw new IllegalStateException(NOT_YOURS);
                }
                if (args[0] instanceof Boolean) {
                    return null;
                }
            }
            case "close" -> {
                return null; // frameworks close what they were given
            }
            default -> {}
        }
        Object result = call(connection, proxy, method, args);
        if (method.getName().equals("rollback")) {
            failures.rolledBackToSavepoint();
        }
        return guarded(result, method, null);
    }

    /** Guards whatever leads back to the driver's connection; {@code maker} is the guarded one that was called. */
    private @Nullable Object guarded(@Nullable Object result, Method method, @Nullable Object maker) {
        if (method.getName().equals("unwrap")) {
            return result;
        }
        if (result instanceof ResultSet rows) {
            return behind(rows, ResultSet.class, maker);
        }
        return result instanceof Wrapper leadsBack
                        && (leadsBack instanceof Statement || leadsBack instanceof DatabaseMetaData)
                ? behind(leadsBack, method.getReturnType(), maker)
                : result;
    }

    private Object behind(Wrapper target, Class<?> type, @Nullable Object maker) {
        return Proxy.newProxyInstance(
                Guard.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> switch (method.getName()) {
                    case "getConnection" -> shown;
                    case "getStatement" ->
                        maker instanceof Statement ? maker : guarded(call(target, proxy, method, args), method, null);
                    default -> guarded(call(target, proxy, method, args), method, proxy);
                });
    }

    private @Nullable Object call(Wrapper target, Object proxy, Method method, @Nullable Object @Nullable [] args)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return object(target, proxy, method, args);
        }
        if (over) {
            throw new SQLException("The transaction is over: " + method.getName(), "08003");
        }
        if (args != null && args[0] instanceof String sql && isEnd(method, sql)) {
            throw new IllegalStateException(NOT_YOURS);
        }
        if (args != null && args[0] instanceof Class<?> type && type.isInstance(proxy)) {
            return method.getName().equals("unwrap") ? proxy : (Object) true; // or isWrapperFor
        }
        long begun = System.nanoTime();
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof SQLException failure) {
                failures.remember(failure, System.nanoTime() - begun);
            }
            throw thrown.getCause();
        }
    }

    private static boolean isEnd(Method method, String sql) {
        return TAKING_STATEMENTS.contains(method.getName()) && TransactionText.endsTransaction(sql);
    }

    @SuppressWarnings("ReferenceEquality") // a connection is equal to itself
    private static @Nullable Object object(
            Object target, Object proxy, Method method, @Nullable Object @Nullable [] args) {
        return switch (method.getName()) {
            case "equals" -> args != null && proxy == args[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "guarded " + target;
        };
    }
}
