package dev.conflict.jpa.kit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The statements that go to a database, in the order in which they are executed. */
final class Statements {
    private static final List<Class<?>> PARTS = List.of(Connection.class, PreparedStatement.class, Statement.class);

    private final List<String> executed = new CopyOnWriteArrayList<>();

    /** Returns the same source, whose statements are noted. */
    DataSource of(DataSource source) {
        return noted(DataSource.class, source, "");
    }

    /** Returns what was executed since the last time. */
    List<String> take() {
        List<String> taken = List.copyOf(executed);
        executed.clear();
        return taken;
    }

    private <T> T noted(Class<T> type, Object real, String prepared) {
        return type.cast(Proxy.newProxyInstance(
                Statements.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    String sql = text(arguments, prepared);
                    if (method.getName().startsWith("execute")) {
                        executed.add(sql);
                    }
                    try {
                        return wrapped(method.getReturnType(), method.invoke(real, arguments), sql);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }

    private @Nullable Object wrapped(Class<?> type, @Nullable Object result, String sql) {
        return result != null && PARTS.contains(type) ? noted(type, result, sql) : result;
    }

    private static String text(Object @Nullable [] arguments, String otherwise) {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof String sql ? sql : otherwise;
    }
}
