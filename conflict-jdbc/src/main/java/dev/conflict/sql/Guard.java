package dev.conflict.sql;

import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Wrapper;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The connection that the work sees: it cannot end the transaction, and remembers which statement did.
 *
 * <p>A failure that the work swallows may have rolled everything back, and what follows would then be committed without
 * what came before. PostgreSQL refuses all statements from the first failure on and answers a commit with a rollback that
 * its driver does not report; MySQL and others begin a new transaction after a deadlock without a word.
 */
final class Guard implements InvocationHandler {
    /** On the connection that the work sees, so that a transaction inside of it can be told. */
    interface Guarded {}

    private static final String NOT_YOURS =
            "The transaction is committed or rolled back when the work ends: it returns to"
                    + " commit, and throws to roll back. A part of it can be rolled back to a savepoint. The isolation is an option of"
                    + " SqlTransactions";

    /** Texts with which a statement ends a transaction; a rollback to a savepoint does not. */
    private static final Pattern ENDS = Pattern.compile(
            "\\s*(?:commit|end|abort|rollback(?!\\s+(?:work\\s+|transaction\\s+)?to\\b)|start\\s+transaction)\\b",
            Pattern.CASE_INSENSITIVE);

    private final Connection connection;
    private final Connection shown;
    private @Nullable SQLException failed;
    private @Nullable SQLException ended;
    private long blockedNanos;
    private volatile boolean over;

    Guard(Connection connection) {
        this.connection = connection;
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

    /** From now on the work, or a thread that it left behind, can do nothing on the connection. */
    void end() {
        over = true;
    }

    /** Returns for how long statements waited for a lock that they did not get. */
    Duration blocked() {
        return Duration.ofNanos(blockedNanos);
    }

    /** Returns the failure after which nothing that the work did would be stored; null if the transaction is alive. */
    @Nullable SQLException swallowed() throws SQLException {
        if (failed == null && ended == null) {
            return isFailedForTheDriver()
                    ? new SQLException("A failure that is not known ended the transaction", "25P02")
                    : null;
        }
        if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            return ended;
        }
        try (Statement probe = connection.createStatement()) {
            probe.execute("SELECT 1");
            return null;
        } catch (SQLException aborted) {
            return failed;
        }
    }

    /** Asks pgjdbc, which knows without asking the server: of rows that were fetched, and of statements that are not ours. */
    private boolean isFailedForTheDriver() {
        try {
            Connection driver = connection.unwrap(Connection.class);
            Object state = driver.getClass().getMethod("getTransactionState").invoke(driver);
            return String.valueOf(state).equals("FAILED");
        } catch (ReflectiveOperationException | SQLException | RuntimeException anotherDriver) {
            return false;
        }
    }

    /** Returns the failure that explains what the work threw, if it is not that itself. */
    @SuppressWarnings("ReferenceEquality") // this very exception, and no other
    @Nullable SQLException reasonFor(Exception thrown) {
        boolean consequence = SqlConflicts.classify(thrown)
                .filter(failure -> failure.kind() == Kind.TX_ABORTED
                        || failure.sqlState().orElse("").equals("25P02"))
                .isPresent();
        SQLException reason = consequence ? failed : ended;
        for (Throwable link = thrown; link != null; link = link.getCause()) {
            if (link == reason) {
                return null;
            }
        }
        return reason;
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
            rolledBackToSavepoint();
        }
        return result instanceof Statement statement ? guard(statement, method.getReturnType()) : result;
    }

    /** Only PostgreSQL has a transaction go on from a savepoint after what ended it; elsewhere what came before is gone. */
    private void rolledBackToSavepoint() {
        failed = null;
        SQLException before = ended;
        if (before != null
                && SqlConflicts.classify(before)
                        .filter(failure -> failure.product() == Product.POSTGRESQL)
                        .isPresent()) {
            ended = null;
        }
    }

    private Object guard(Statement statement, Class<?> type) {
        return Proxy.newProxyInstance(
                Guard.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) ->
                        method.getName().equals("getConnection") ? shown : call(statement, proxy, method, args));
    }

    private @Nullable Object call(Wrapper target, Object proxy, Method method, @Nullable Object @Nullable [] args)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return object(target, proxy, method, args);
        }
        if (over) {
            throw new SQLException("The transaction is over: " + method.getName(), "08003");
        }
        if (args != null && args[0] instanceof String sql && ENDS.matcher(sql).lookingAt()) {
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
                remember(failure, System.nanoTime() - begun);
            }
            throw thrown.getCause();
        }
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

    private void remember(SQLException failure, long nanos) {
        if (failed == null) {
            failed = failure;
        }
        SqlFailure read = SqlConflicts.classify(failure).orElseThrow();
        if (ended == null && endsTransaction(read)) {
            ended = failure;
        }
        if (read.kind() == Kind.DEADLOCK || read.kind() == Kind.LOCK_TIMEOUT) {
            blockedNanos += nanos;
        }
    }

    /** Which failures roll back more than their statement. MySQL's lock timeout does not, whatever its SQLState says. */
    private static boolean endsTransaction(SqlFailure failure) {
        return switch (failure.kind()) {
            case DEADLOCK, SERIALIZATION_FAILURE, CONNECTION_LOST, TX_ABORTED -> true;
            case LOCK_TIMEOUT ->
                failure.product() != Product.MYSQL && failure.product() != Product.MARIADB && isRollback(failure);
            default -> isRollback(failure);
        };
    }

    /** Class 40 is the standard's "transaction rollback". */
    private static boolean isRollback(SqlFailure failure) {
        return failure.sqlState().orElse("").toUpperCase(Locale.ROOT).startsWith("40");
    }
}
