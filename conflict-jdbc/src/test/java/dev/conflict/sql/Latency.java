package dev.conflict.sql;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose every statement, commit and rollback takes a round trip longer, half there and half back, and counts. */
final class Latency {
    private final long half;
    private final LongAdder statements = new LongAdder();

    Latency(Duration roundTrip) {
        half = roundTrip.toNanos() / 2;
    }

    long statements() {
        return statements.sum();
    }

    DataSource before(DataSource source) {
        return slow(DataSource.class, source);
    }

    private <T> T slow(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                Latency.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                    String name = method.getName();
                    boolean travels = name.startsWith("execute") || name.equals("commit") || name.equals("rollback");
                    if (travels) {
                        statements.increment();
                        travel();
                    }
                    try {
                        return wrap(method.getReturnType(), method.invoke(target, args));
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    } finally {
                        if (travels) {
                            travel();
                        }
                    }
                }));
    }

    private @Nullable Object wrap(Class<?> type, @Nullable Object result) {
        return (result instanceof Connection || result instanceof Statement) && type.isInterface()
                ? wrapAs(type, result)
                : result;
    }

    private <T> T wrapAs(Class<T> type, Object result) {
        return slow(type, type.cast(result));
    }

    private void travel() {
        long arrives = System.nanoTime() + half;
        for (long left = half; left > 0; left = arrives - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
